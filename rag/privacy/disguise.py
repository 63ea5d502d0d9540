"""Digits that are not written in figures: kanji, circled, read aloud, or letters that a scan took for them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rag.privacy.digits import LENGTH
from rag.privacy.folding import Span
from rag.privacy.words import words

_KANJI = "〇零一二三四五六七八九壱弐参◯○"
_KANJI_AS = "00123456789123" + "00"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⓿❶❷❸❹❺❻❼❽❾"
_CIRCLED_AS = "01234567890123456789"
_FIGURES = str.maketrans(_KANJI + _CIRCLED, _KANJI_AS + _CIRCLED_AS)

#: Letters that look like a digit.
_ALIKE = "OoQDIl|!iZzSsBbgq"
_MISREAD = re.compile(rf"(?<![0-9A-Za-z])[0-9{_ALIKE}](?:[ \-.]?[0-9{_ALIKE}]){{{LENGTH - 1}}}(?![0-9A-Za-z])")
#: So many of the twelve must be figures.
_MIN_FIGURES = 4
#: So many of the twelve must be words.
_MIN_WORDS = 6


def as_figures(text: str) -> str:
    """The text with kanji and circled digits as figures; no place changes."""
    return text.translate(_FIGURES)


def misread(text: str) -> Iterator[Span]:
    """Twelve figures of which a few are letters alike: 1234 567B 9Ol8."""
    for match in _MISREAD.finditer(text):
        figures = sum(letter.isdigit() for letter in match[0])
        if _MIN_FIGURES <= figures < LENGTH:
            yield match.span()


def read_aloud(text: str) -> Iterator[tuple[Span, str]]:
    """Twelve digits read one by one (いち に さん …, one two three …), with the digits."""
    for match in _aloud().finditer(text):
        read = _word().findall(match[0])
        if len(read) == LENGTH and sum(not word.isdigit() for word in read) >= _MIN_WORDS:
            yield match.span(), "".join(map(_digit, read))


def _digit(word: str) -> str:
    return word if word.isdigit() else words().personal_number.read_aloud[word.lower()]


@functools.cache
def _word() -> re.Pattern[str]:
    said = sorted(words().personal_number.read_aloud, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, said)) + "|[0-9]", re.IGNORECASE)


@functools.cache
def _aloud() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_word().pattern})[\s\-、,・。.のーいぃうぅ]{{0,3}}){{{LENGTH},}}", re.IGNORECASE)

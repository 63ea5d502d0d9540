"""Telephone numbers and mail addresses of people; those of offices stay, they are needed to answer."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from rag.privacy.folding import Span
from rag.privacy.words import any_of, words

_MAIL = re.compile(
    r"(?<![\w.+\-])[A-Za-z0-9][\w.+\-]{0,63}\s?(?:@|\[at\]|\(at\)| at |アットマーク|アット)\s?"
    r"(?:[A-Za-z0-9-]{1,63}(?:\.|\s?(?:\[dot\]|\(dot\)| dot |ドット)\s?))+[A-Za-z]{2,}",
    re.IGNORECASE | re.ASCII,
)
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_SEPARATOR = r"[ \t]?[-./()のー]?[ \t]?[(]?"
_TELEPHONE = re.compile(
    rf"(?<![\d-])(?:\+\d{{1,3}}{_SEPARATOR})?\(?0?\d{{1,4}}\)?{_SEPARATOR}\d{{1,4}}\)?{_SEPARATOR}\d{{3,4}}(?![\d-])"
)
_SOLID = re.compile(r"(?<![\d-])0\d{9,10}(?![\d-])")
_LOCAL = re.compile(r"(?<![\d-])\d{2,4}-\d{4}(?![\d-])")
#: Of ten digits, or eleven for mobile and IP telephones; written with a country's number, up to fifteen.
_LENGTHS = frozenset({10, 11})
_MOBILE = re.compile(r"0[5-9]0")
#: Free of charge for the caller: nobody has one at home.
_FREE = re.compile(r"0120")
_LABEL_CHARS = 12
_OFFICE_CHARS = 24


def mail_addresses(text: str) -> Iterator[Span]:
    """Mail addresses in a folded text that are no office's."""
    for match in _MAIL.finditer(text):
        if not _office_mail().search(match[0]):
            yield match.span()


def telephones(text: str, offices: Sequence[Span] = ()) -> Iterator[Span]:
    """Telephone numbers in a folded text that are no office's. `offices`: where offices' addresses stand."""
    figures = text.translate(_KANJI_DIGITS)
    for match in (*_TELEPHONE.finditer(figures), *_SOLID.finditer(figures)):
        if _is_telephone(match[0]) and not _of_an_office(text, match.start(), match[0], offices):
            start = match.start() + len(match[0]) - len(match[0].lstrip(" \t"))
            yield start, match.end()
    for match in _LOCAL.finditer(figures):
        before = text[max(0, match.start() - _LABEL_CHARS) : match.start()]
        if _telephone_label().search(before) and not _of_an_office(text, match.start(), match[0], offices):
            yield match.span()


def _is_telephone(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if written.startswith("+"):
        return 9 <= len(digits) <= 15
    return digits.startswith("0") and len(digits) in _LENGTHS and (len(digits) == 10 or _has_gap(written, digits))


def _has_gap(written: str, digits: str) -> bool:
    return written != digits or bool(_MOBILE.match(digits))


def _of_an_office(text: str, start: int, written: str, offices: Sequence[Span]) -> bool:
    """Whether an office is named right before: its number is public. A mobile telephone is a person's."""
    if _FREE.match(re.sub(r"\D", "", written)):
        return True
    if _MOBILE.match(re.sub(r"\D", "", written)):
        return False
    if any(end <= start and _between().fullmatch(text, end, start) for _, end in offices):
        return True
    return bool(_office_before().search(text[max(0, start - _OFFICE_CHARS) : start].rpartition("\n")[2]))


@functools.cache
def _office_mail() -> re.Pattern[str]:
    return any_of(words().offices.mail)


@functools.cache
def _office_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words().offices.names).pattern}){_between().pattern}$", re.IGNORECASE)


@functools.cache
def _between() -> re.Pattern[str]:
    """What may stand between an office, or its address, and its telephone number."""
    return re.compile(rf"(?:[\s:()・,/、]|{any_of(words().offices.before_telephone).pattern}){{0,6}}", re.IGNORECASE)


@functools.cache
def _telephone_label() -> re.Pattern[str]:
    return any_of([rf"(?:{label})[\s:は番号(]*$" for label in words().telephone_labels])

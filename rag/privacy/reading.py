"""The words of a folded text with the dictionary's parts of speech: what the rules for names read."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from rag.privacy.folding import Span
from rag.tokens import MAX_CHARS, Word, Words

#: Kanji that the dictionary knows in their usual form, one for one.
_USUAL = str.maketrans("髙﨑嵜德濵濱邊邉槗桒栁𠮷齊齋斎廣澤瀧眞冨嶋", "高崎崎徳浜浜辺辺橋桑柳吉斉斉斉広沢滝真富島")


@dataclass(frozen=True, slots=True)
class Reading:
    """A folded text with its morphemes, places in it."""

    text: str
    morphemes: tuple[Word, ...]

    def within(self, span: Span) -> list[Word]:
        """The morphemes that stand in a span, whole or in part."""
        first = bisect_right(self.morphemes, span[0], key=lambda m: m.end)
        return list(takewhile(lambda m: m.start < span[1], self.morphemes[first:]))


def read(text: str) -> Reading:
    """The morphemes of a folded text."""
    usual, found = text.translate(_USUAL), []
    for offset, piece in _pieces(usual):
        for m in _dictionary().morphemes(piece):
            found.append(Word(m.surface, m.start + offset, m.end + offset, m.normal, m.dictionary, m.pos))
    return Reading(text, tuple(found))


def is_person(word: Word) -> bool:
    """Whether the dictionary takes a word for a person's name."""
    return word.pos[:3] == ("名詞", "固有名詞", "人名") and (not word.surface.isascii() or word.surface[0].isupper())


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their places; a line that is too long for the dictionary in pieces."""
    start = 0
    for line in text.splitlines(keepends=True):
        for at in range(0, len(line), MAX_CHARS):
            yield start + at, line[at : at + MAX_CHARS]
        start += len(line)


@functools.cache
def _dictionary() -> Words:
    return Words()

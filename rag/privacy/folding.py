"""A text in one spelling, each character with its place in the original: what every rule of this package reads."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: [start, end) in a text.
Span = tuple[int, int]

_HYPHENS = frozenset("‐‑‒–—―−⁃﹣˗⸺⸻")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Mn", "Me"})
#: Letters without a shape: fillers of Hangul, the blank of Braille.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_LINE_ENDS = frozenset("\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
#: Marks that belong to the character before them.
_VOICED = frozenset("\uff9e\uff9f")
#: A long vowel mark between digits is a hyphen; the replacement keeps the length.
_LONG_VOWEL = re.compile(r"(?<=\d)([^\S\n]*)[ー〜~]([^\S\n]*)(?=\d)")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text`: NFKC, hyphens alike, nothing invisible; `starts` and `ends`: its characters' places in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, span: Span) -> Span:
        """The place in the original of a place in `text`, which is not empty."""
        start, end = span
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Folds a text. Circled numbers stay as they are: they count items."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for letter in _folded(text[start:end]):
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    return Folded(_LONG_VOWEL.sub(r"\1-\2", "".join(letters)), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[Span]:
    """Each character with the marks that belong to it."""
    if text.isascii():
        yield from ((at, at + 1) for at in range(len(text)))
        return
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _is_mark(text[at]):
            yield start, at
            start = at


@functools.lru_cache(maxsize=8192)
def _is_mark(letter: str) -> bool:
    return letter in _VOICED or unicodedata.category(letter) in {"Mn", "Me"}


@functools.lru_cache(maxsize=16384)
def _folded(cluster: str) -> str:
    if cluster in _LINE_ENDS:
        return "\n"
    if unicodedata.decomposition(cluster[0]).startswith("<circle>"):
        return cluster[0]
    return "".join(_plain(letter) for letter in unicodedata.normalize("NFKC", cluster))


def _plain(letter: str) -> str:
    if letter in "\n\t":
        return letter
    if letter in _HYPHENS:
        return "-"
    if letter in _BLANK_LETTERS or (category := unicodedata.category(letter)) in _DROPPED:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    return " " if category in {"Zs", "Zl", "Zp"} else letter

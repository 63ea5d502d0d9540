"""Finding a quote in a text whatever its widths and spaces, and cutting the text there for the highlight."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, highlighted or not."""

    text: str
    quoted: bool = False


def folded(text: str) -> tuple[str, list[int]]:
    """The text under NFKC without white space, and for each of its characters the offset in `text`."""
    out: list[str] = []
    offsets: list[int] = []
    for start, cluster in clusters(text):
        for char in unicodedata.normalize("NFKC", cluster):
            if not char.isspace():
                out.append(char)
                offsets.append(start)
    return "".join(out), offsets


def clusters(text: str) -> Iterable[tuple[int, str]]:
    """Characters with the marks that combine with them (ｶﾞ is one), each with its offset."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not (unicodedata.combining(text[at]) or text[at] in "ﾞﾟ"):
            yield start, text[start:at]
            start = at


def highlight(text: str, quote: str) -> list[Piece]:
    """The text in pieces, those of the quote marked; an ellipsis in the quote leaves words out.

    A quote that holds the whole text (label and value of a cell) marks all of it.
    """
    ranges = find(text, quote)
    if not ranges:
        return [Piece(text)] if text else []
    pieces: list[Piece] = []
    at = 0
    for start, end in ranges:
        pieces += [Piece(text[at:start]), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:]))
    return [p for p in pieces if p.text]


def find(text: str, quote: str) -> list[tuple[int, int]]:
    """Where the quote stands in the text: ranges in order, none where it does not."""
    haystack, offsets = folded(text)
    needle = folded(quote)[0]
    if not needle or not haystack:
        return []
    offsets = [*offsets, len(text)]
    if haystack in needle:
        return [(0, len(text))]
    whole = locate(haystack, [needle])
    parts = [folded(p)[0] for p in quote.replace("...", "…").split("…")]
    spans = whole or locate(haystack, [p for p in parts if p])
    return [(offsets[a], end_of(text, offsets[b - 1])) for a, b in spans]


def locate(haystack: str, needles: list[str]) -> list[tuple[int, int]]:
    """Ranges of the needles, one after the other; empty where one is missing."""
    spans: list[tuple[int, int]] = []
    at = 0
    for needle in needles:
        found = haystack.find(needle, at)
        if found < 0:
            return []
        spans.append((found, found + len(needle)))
        at = found + len(needle)
    return spans


def end_of(text: str, start: int) -> int:
    """The end of the cluster that begins at `start`."""
    end = start + 1
    while end < len(text) and (unicodedata.combining(text[end]) or text[end] in "ﾞﾟ"):
        end += 1
    return end

"""Cuts an item's text into sentences: the smallest pieces that are quoted, compared and drafted from."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_BULLET = re.compile(
    r"(?:(?<=^)|(?<=\s)|(?<=。)|(?<=[>＞】]))"
    r"(?=[・•●○◆■※◎]\s{0,9}\S|[①-⑳]|[(（]\d{1,2}[)）]|[(（]?※\d?|\d{1,2}[.．]\s?(?=[^\d]))"
)
_HEADING = re.compile(r"[<＜【][^<>＜＞【】\n]{1,40}[>＞】]")
_STOPS = re.compile(r"[(（「『]|[)）」』]|。|\n")
_OPENING = frozenset("(（「『")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text: [start, end) in it, and the heading it stands under ("" where none)."""

    text: str
    start: int
    end: int
    heading: str = ""


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences in order. Headings in ＜＞ or 【】 are no sentences of their own but are carried by those below."""
    cuts = {0, len(text), *_stops(text), *(m.start() for m in _BULLET.finditer(text))}
    for match in _HEADING.finditer(text):
        if text[match.start()] in "<＜" or _begins_here(text, match.start()):
            cuts.update(match.span())
    return _collect(text, sorted(cuts))


def _stops(text: str) -> set[int]:
    """Ends of lines, and of sentences that end with 。 outside brackets; a bracket nobody closes holds nothing."""
    stops: set[int] = set()
    held: list[list[int]] = [[]]  # ends within each open bracket
    for match in _STOPS.finditer(text):
        sign = match[0]
        if sign in _OPENING:
            held.append([])
        elif sign == "。":
            held[-1].append(match.end())
        elif sign == "\n":
            stops.update(itertools.chain((match.start(),), *held))
            held = [[]]
        elif len(held) > 1:
            held.pop()
    return stops.union(*held)


def _begins_here(text: str, at: int) -> bool:
    """Whether a heading may begin here: at the start of a line or behind a sentence or a bullet."""
    while at > 0 and text[at - 1] == " ":
        at -= 1
    return at == 0 or text[at - 1] in "\n。・-"


def _collect(text: str, cuts: list[int]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    heading = ""
    for start, end in itertools.pairwise(cuts):
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        body = piece.strip()
        if not body:
            continue
        if _HEADING.fullmatch(body):
            heading = body.strip("<＜【>＞】")
            continue
        at = start + lead
        found.append(Sentence(body, at, at + len(body), heading))
    return tuple(found)

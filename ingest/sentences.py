"""Cuts an item's text into sentences: the smallest pieces that are quoted, compared and drafted from."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLET = re.compile(r"(?:(?<=^)|(?<=\s)|(?<=。)|(?<=[>＞】]))(?=[・•●○◆■※◎]\s*\S|[①-⑳]|[(（]\d{1,2}[)）]|[(（]?※\d?|\d{1,2}[.．]\s?(?=[^\d]))")
_HEADING = re.compile(r"[<＜【][^<>＜＞【】\n]{1,40}[>＞】]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text: [start, end) in it, and the heading it stands under ("" where none)."""

    text: str
    start: int
    end: int
    heading: str = ""


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences in order. Headings in ＜＞ or 【】 are not sentences of their own but are carried by those below."""
    cuts = {0, len(text)}
    depth = 0
    for i, char in enumerate(text):
        if char in "(（「『":
            depth += 1
        elif char in ")）」』":
            depth = max(0, depth - 1)
        elif char == "\n":
            cuts.add(i)
            depth = 0
        elif char == "。" and depth == 0:
            cuts.add(i + 1)
    cuts.update(m.start() for m in _BULLET.finditer(text))
    for match in _HEADING.finditer(text):
        before = text[: match.start()].rstrip(" ")
        if not before or before.endswith(("\n", "。", "・", "-")) or text[match.start()] in "<＜":
            cuts.update((match.start(), match.end()))
    return _collect(text, sorted(cuts))


def _collect(text: str, cuts: list[int]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    heading = ""
    for start, end in zip(cuts, cuts[1:], strict=False):
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

"""Words of a follow-up that point back: to a municipality (そこ), a row (2社目), a company, to what was said (それ)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.followup.phrases import phrases
from rag.naming import Span

_QUOTED = re.compile(r"[「『\"“][^「」『』\"”]*[」』\"”]")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that points back, by what it points to; `number` of a row, −1 the last."""

    kind: str
    span: Span
    number: int = 0


def pointers_in(text: str, start: int) -> tuple[Pointer, ...]:
    """The pointers in a normalised text (with what is quoted blanked), from `start` on, in order."""
    found: list[Pointer] = []
    for pattern in phrases().rows:
        for match in pattern.finditer(text, start):
            number = phrases().numbers.get(match["n"]) or int(match["n"])
            back = match.groupdict().get("back")
            _add(found, Pointer("row", match.span(), -number if back else number))
    for kind, pattern in phrases().pointers:
        for match in pattern.finditer(text, start):
            _add(found, Pointer(kind, match.span()))
    return tuple(sorted(found, key=lambda p: p.span))


def _add(found: list[Pointer], pointer: Pointer) -> None:
    a, b = pointer.span
    if all(b <= p.span[0] or p.span[1] <= a for p in found):
        found.append(pointer)


def literal(text: str) -> str:
    """The text with quoted phrases blanked: what is quoted points nowhere."""
    return _QUOTED.sub(lambda m: "\0" * len(m[0]), text)

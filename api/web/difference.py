"""What changed between two texts, character by character, for the columns of 変更履歴."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

#: Above this product of lengths a comparison takes too long to do while a page waits.
MAX_PRODUCT = 4_000_000

#: Below this likeness the texts have nothing in common worth pointing at.
MIN_RATIO = 0.3


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text; `changed` where the other side does not have it."""

    text: str
    changed: bool = False


def difference(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Runs of the text before and of the text after."""
    if not before or not after or len(before) * len(after) > MAX_PRODUCT:
        return plain(before), plain(after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.quick_ratio() < MIN_RATIO or matcher.ratio() < MIN_RATIO:
        return plain(before), plain(after)
    left: list[Run] = []
    right: list[Run] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        left.append(Run(before[a:b], tag != "equal"))
        right.append(Run(after[c:d], tag != "equal"))
    return [r for r in left if r.text], [r for r in right if r.text]


def plain(text: str) -> list[Run]:
    """The text as one unchanged run."""
    return [Run(text)] if text else []

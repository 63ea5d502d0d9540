"""What changed between two texts, character by character, for the columns of 変更履歴."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

#: Above this product of lengths a comparison takes too long to do while a page waits.
MAX_PRODUCT = 4_000_000

#: Shorter common runs are chance (の, 第) and only make the rest unreadable.
MIN_COMMON = 5

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
        same = tag == "equal" and (b - a >= MIN_COMMON or a == c == 0)
        left.append(Run(before[a:b], not same))
        right.append(Run(after[c:d], not same))
    return joined(left), joined(right)


def joined(runs: list[Run]) -> list[Run]:
    """Neighbours of one kind as one run."""
    return [Run("".join(r.text for r in same), changed) for changed, same in groupby(runs, lambda r: r.changed)]


def plain(text: str) -> list[Run]:
    """The text as one unchanged run."""
    return [Run(text)] if text else []

"""Looks items up by their place or label, and turns them into the cells of records."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.assessment import Item, Mark, Marking, State, Stated
from ingest.labels import bare


class Look:
    """The items of one assessment. 様式2 and 様式4 number differently, so that most places are reached by label."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._labelled: dict[tuple[str, str, int], Item] = {}
        self._near: dict[tuple[str, str, int], list[Item]] = {}
        for item in items:
            self._near.setdefault((item.part, item.number, item.file_index), []).append(item)
            for label in {bare(item.name), bare(item.path[-1])} - {""}:
                for part in (item.part, ""):
                    for index in (item.file_index, 0):
                        self._labelled.setdefault((label, part, index), item)

    def stated(self, label: str, *, part: str = "", file_index: int = 0) -> Stated:
        """What the first item of that label says.

        part        "" for any
        file_index  0 for any
        """
        item = self._labelled.get((bare(label), part, file_index))
        return of(item) if item else Stated()

    def near(self, item: Item) -> Sequence[Item]:
        """The items of the same number and file, in order."""
        return self._near[item.part, item.number, item.file_index]


def of(item: Item) -> Stated:
    """An item as a record's cell: boxes as their marked labels, a blank as such."""
    if item.marks:
        return Stated(marked(item.marks), item.key, item.state)
    return Stated(item.text if item.state is State.STATED else "", item.key, item.state)


def marked(marks: Sequence[Mark]) -> str:
    """The marked labels with their details: `紙、その他(戸籍システム)`."""
    hits = [m for m in marks if m.marking is Marking.MARKED]
    return "、".join(m.label + (f"({m.detail})" if m.detail else "") for m in hits)

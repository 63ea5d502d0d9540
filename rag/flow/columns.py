"""Boxes below a heading: in one column, or in rows of several."""

from __future__ import annotations

from dataclasses import dataclass

from rag.flow.chart import Group
from rag.flow.lettering import wrapped
from rag.flow.placed import LINE, TEXT, Label, Placed, Stroke, place

#: Between boxes; below a heading; between groups.
GAP, HEAD, GROUP_GAP = 10.0, 24.0, 20.0


@dataclass(frozen=True, slots=True)
class Part:
    """Something placed: where it ends below, and what it consists of."""

    bottom: float
    placed: tuple[Placed, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    labels: tuple[Label, ...] = ()


def stack(group: Group, x: float, y: float, width: float) -> Part:
    """A heading and boxes below one another."""
    labels = head(group.title, x, y, width)
    at, placed = y + HEAD * max(1, len(labels)), []
    for box in group.boxes:
        placed.append(place(box, x, at, width))
        at = placed[-1].bottom + GAP
    return Part(at - GAP, tuple(placed), labels=labels)


def head(title: str, x: float, y: float, width: float) -> tuple[Label, ...]:
    """A heading in one or two lines."""
    lines = wrapped(title, TEXT, width, 2)
    return tuple(Label(line, x, y + TEXT + n * TEXT * LINE, TEXT, bold=True) for n, line in enumerate(lines))


def grid(
    group: Group, x: float, y: float, width: float, columns: int, between: float
) -> tuple[list[list[Placed]], float]:
    """The boxes in rows, and where the last row ends."""
    rows = []
    for start in range(0, len(group.boxes), columns):
        row = [
            place(box, x + n * (width + between), y, width)
            for n, box in enumerate(group.boxes[start : start + columns])
        ]
        rows.append(row)
        y = max(p.bottom for p in row) + GAP
    return rows, y - GAP

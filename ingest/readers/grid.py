"""A sheet's grid → rows of cells as the form prints them: the step between a spreadsheet's cells and `Line`s.

The official Excel forms spread one answer over a mesh of narrow columns. Here merged cells count once, the columns that
only serve the layout disappear, and a box or choice drawn over several cells (`[` `○` `]` `紙`) becomes one cell again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

#: A row with as many cells is a row of a table: its empty cells mean something (変更前の記載 without text).
TABLE_MIN_CELLS = 4
_OPEN = re.compile(r"[\[［(（]$")
_CLOSE = {"[": "]］", "［": "]］", "(": ")）", "（": ")）"}
_MARK = re.compile(r"[\[［]\s*[○〇◯OoＯ0✓✔☑レ●■☐□?？]?\s*[\]］]$")
#: Cells that one pair of brackets may be drawn over.
_MAX_DRAWN = 6


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """One printed row. `cells` may begin with or hold empty texts where their place means something."""

    number: int
    cells: tuple[str, ...]
    blank_before: bool


def grid_rows(values: Mapping[tuple[int, int], str], merges: Sequence[Merge]) -> Iterator[GridRow]:
    """The rows of a sheet that hold text.

    values  text by (row, column), from 1; cells hidden under a merged range are absent
    merges  merged ranges, whose text stands in their upper left cell
    """
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in values.items():
        rows.setdefault(row, {})[column] = text
    covered = _covered_from_above(merges)
    table: tuple[int, ...] = ()
    last = 0
    for number in sorted(rows):
        cells = _join_drawn(sorted(rows[number].items()))
        starts = tuple(column for column, _ in cells)
        blank = number > last + 1 and not any(row in covered for row in range(last + 1, number))
        if blank or not set(starts) <= set(table):
            drawn = len(cells) < len(rows[number])
            table = starts if len(starts) >= TABLE_MIN_CELLS and not drawn else ()
        if table:
            texts = _in_columns(dict(cells), table)
        else:
            texts = [text for _, text in cells]
            if any(column < starts[0] for column in covered.get(number, ())):
                texts = ["", *texts]
        yield GridRow(number, tuple(texts), blank)
        last = number


def _covered_from_above(merges: Sequence[Merge]) -> dict[int, list[int]]:
    """Row → left columns of the merged ranges that reach into it from a row above: labels that still hold there."""
    covered: dict[int, list[int]] = {}
    for merge in merges:
        for row in range(merge.top + 1, merge.bottom + 1):
            covered.setdefault(row, []).append(merge.left)
    return covered


def _in_columns(cells: Mapping[int, str], table: Sequence[int]) -> list[str]:
    """The row's cells under the table's columns, without empty ones at the end."""
    texts = [cells.get(column, "") for column in table]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _join_drawn(cells: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """`[` `十分である` `]` → `[十分である]`; a mark takes the label behind it."""
    joined: list[tuple[int, str]] = []
    at = 0
    while at < len(cells):
        column = cells[at][0]
        end = _closing(cells, at)
        text = _drawn(cells, at, end)
        at = end + 1
        if _MARK.search(text) and at < len(cells) and not cells[at][1].startswith(("[", "［")):
            label_end = _closing(cells, at)
            text += " " + _drawn(cells, at, label_end)
            at = label_end + 1
            if at < len(cells) and cells[at][1] in {"(", "（"}:  # その他 | ( | 戸籍システム | )
                detail_end = _closing(cells, at)
                text += " " + _drawn(cells, at, detail_end)
                at = detail_end + 1
        joined.append((column, text))
    return joined


def _drawn(cells: Sequence[tuple[int, str]], start: int, end: int) -> str:
    """Cells `start` to `end` as one text: what is inside the brackets, with no blank at them."""
    texts = [text for _, text in cells[start : end + 1]]
    return texts[0] + " ".join(texts[1:-1]) + texts[-1] if len(texts) > 1 else texts[0]


def _closing(cells: Sequence[tuple[int, str]], at: int) -> int:
    """Index of the cell that closes the bracket left open at the end of cell `at`, or `at` itself."""
    left_open = _OPEN.search(cells[at][1])
    if not left_open:
        return at
    for end in range(at + 1, min(at + _MAX_DRAWN, len(cells))):
        if cells[end][1].startswith(tuple(_CLOSE[left_open[0]])):
            return end
    return at

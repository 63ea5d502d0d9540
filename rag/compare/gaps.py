"""Marks what others have and one's own city does not say. What is lost or does not apply is no gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.compare.holding import Holding, RowKind
from rag.compare.table import Cell, Column, Row

_LACKS = {
    Holding.NOT_STATED: "に記載なし",
    Holding.NATIONAL: "は国の共通文のみ",
    Holding.MENTIONED: "は言及のみ(否定・予定など)",
}


def with_gaps(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[Row, ...]:
    """The rows with the gaps of one's own columns marked; unchanged where no column is one's own."""
    return tuple(_marked(row, columns) if row.kind in {RowKind.MEASURE, RowKind.SHARED} else row for row in rows)


def _marked(row: Row, columns: Sequence[Column]) -> Row:
    having = [c for c, cell in zip(columns, row.cells, strict=True) if cell.holding is Holding.HAS]
    others = len({c.version.municipality for c in having if not c.own})
    if not others:
        return row
    whose = _whose(columns, having)
    cells = (_gap(cell, column, others, whose) for column, cell in zip(columns, row.cells, strict=True))
    return replace(row, cells=tuple(cells))


def _whose(columns: Sequence[Column], having: Sequence[Column]) -> str:
    """Of what it is said that the measure is not stated: of the body only where it has but one document here."""
    if any(c.own for c in having):
        return "と当団体の別の評価書にあり、この評価書"
    return "にあり、この評価書" if sum(c.own for c in columns) > 1 else "にあり、当団体"


def _gap(cell: Cell, column: Column, others: int, whose: str) -> Cell:
    lacks = _LACKS.get(cell.holding, "")
    if not column.own or not lacks or column.excused or cell.note:  # the note says why nothing is said
        return cell
    return replace(cell, gap=f"他の{others}団体{whose}{lacks}")

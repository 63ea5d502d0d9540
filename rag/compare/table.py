"""The comparison as a value: columns are documents, rows are choices and measures, each cell one of six things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rag.compare.holding import Holding, RowKind
from rag.types import Citation, Version


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document says of one row.

    value      the choice that stands there, "" for measures
    citations  the quotes that say so, verified
    note       what a reader must know besides (ファイル2のみ, 印なし)
    elsewhere  where another item of the document says it, for what this one does not
    gap        why this is a gap of one's own city, "" where it is none
    """

    holding: Holding
    value: str = ""
    citations: tuple[Citation, ...] = ()
    note: str = ""
    elsewhere: tuple[Citation, ...] = ()
    gap: str = ""

    @property
    def shown(self) -> str:
        """The cell in a few words."""
        said = self.value or self.holding.ja
        return f"{said}({self.note})" if self.note else said


@dataclass(frozen=True, slots=True)
class Row:
    """One row; cells in the order of the columns."""

    kind: RowKind
    name: str
    cells: tuple[Cell, ...]

    def count(self, holding: Holding) -> int:
        """How many documents are so."""
        return sum(cell.holding is holding for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Column:
    """One document. `section`: the item's number in its form; `own`: one's own city's; the others as in `ItemText`."""

    version: Version
    section: str
    lost: str
    excused: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One item over documents. `absent`: measures that were looked for and that no document has."""

    section: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    absent: tuple[str, ...]
    own: str = ""

    @property
    def unreadable(self) -> int:
        """Documents in which the item is lost, in whole or in part."""
        return sum(bool(column.lost) for column in self.columns)

    @property
    def gaps(self) -> tuple[tuple[Row, Column, Cell], ...]:
        """The gaps of one's own city."""
        return tuple(
            (row, column, cell)
            for row in self.rows
            for column, cell in zip(self.columns, row.cells, strict=True)
            if cell.gap
        )

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "item": self.section,
            "title": self.title,
            "own": self.own,
            "coverage": {"considered": len(self.columns), "unreadable": self.unreadable},
            "columns": [_column(column) for column in self.columns],
            "rows": [_row(row, self.columns) for row in self.rows],
            "absent": list(self.absent),
        }


def _column(column: Column) -> dict[str, Any]:
    v = column.version
    return {
        "document": v.document,
        "municipality": v.municipality,
        "duty": v.duty,
        "published": v.published,
        "form": v.form,
        "section": column.section,
        "abridged": bool(v.abridged_from),
        "lost": column.lost,
        "excused": list(column.excused),
        "own": column.own,
    }


def _row(row: Row, columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "name": row.name,
        "counts": {holding.value: row.count(holding) for holding in Holding},
        "cells": [
            {
                "document": column.version.document,
                "state": cell.holding.value,
                "value": cell.value,
                "note": cell.note,
                "gap": cell.gap,
                "citations": [_cited(c) for c in cell.citations],
                "elsewhere": [_cited(c) for c in cell.elsewhere],
            }
            for column, cell in zip(columns, row.cells, strict=True)
        ],
    }


def _cited(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.document,
        "section": citation.section,
        "label": citation.label,
        "published": citation.published,
        "quote": citation.quote,
        "item": citation.item,
        "version": citation.version,
    }

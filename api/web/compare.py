"""The page /compare: what is compared on the left, the table in the middle, a few documents side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.services import Catalogue
from api.web.overview import Overview
from api.web.templating import render
from rag.compare.comparer import compare
from rag.compare.holding import Holding, RowKind
from rag.compare.item import read_section, sections
from rag.compare.table import Cell, Column, Comparison, Row

#: Documents side by side; the others are on further pages, the counts are over all.
PER_PAGE = 8
#: More are compared on the page only where they are chosen: 100 take two seconds.
MAX_AT_ONCE = 200

TONES = {
    Holding.HAS: "has",
    Holding.NATIONAL: "national",
    Holding.MENTIONED: "mentioned",
    Holding.NOT_STATED: "none",
    Holding.UNREADABLE: "unreadable",
    Holding.NO_ITEM: "none",
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the table: the cells of the documents shown, and how many of all have it."""

    row: Row
    cells: tuple[tuple[Column, Cell], ...]
    has: int


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows of one kind."""

    kind: RowKind
    rows: tuple[ShownRow, ...]


def compare_page(
    request: Request,
    catalog: Catalogue,
    overview: Overview,
    item: str,
    bodies: Sequence[str],
    own: str,
    page: int,
) -> HTMLResponse:
    """The page; an invitation to load some where there are none, to choose where there are many.

    Raises BadQuestion, NotFound.
    """
    section = read_section(item)
    few = overview.documents <= MAX_AT_ONCE or bodies
    comparison = compare(catalog, section, bodies, own) if overview.documents and few else None
    columns = comparison.columns if comparison else ()
    pages = max(1, -(-len(columns) // PER_PAGE))
    shown = range((min(page, pages) - 1) * PER_PAGE, min(min(page, pages) * PER_PAGE, len(columns)))
    context = {
        "overview": overview,
        "sections": sections(),
        "section": section,
        "comparison": comparison,
        "columns": [columns[n] for n in shown],
        "groups": groups(comparison, shown) if comparison else [],
        "bodies": set(bodies),
        "own": own,
        "tones": TONES,
        "page": min(page, pages),
        "pages": pages,
        "query": urlencode([("item", section), *(("body", b) for b in bodies), *([("own", own)] if own else [])]),
    }
    return render(request, "compare.html", context)


def groups(comparison: Comparison, shown: Sequence[int]) -> list[RowGroup]:
    """The rows by kind, with the cells of the documents shown."""
    return [
        RowGroup(kind, tuple(_shown(comparison, row, shown) for row in rows))
        for kind, rows in groupby(comparison.rows, key=lambda r: r.kind)
    ]


def _shown(comparison: Comparison, row: Row, shown: Sequence[int]) -> ShownRow:
    cells = tuple((comparison.columns[n], row.cells[n]) for n in shown)
    return ShownRow(row, cells, row.count(Holding.HAS))

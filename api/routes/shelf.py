"""The page 評価書: what is collected, each assessment in its views, and one place as pane or page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.routes.findings import InspectionDep
from api.routes.overviews import OverviewDep
from api.routes.records import cells_of, columns_of
from api.routes.versions import pick_version
from api.services import CatalogDep, Catalogue
from api.web import links
from api.web.difference import Run, difference
from api.web.findings_place import FindingsView
from api.web.flow import flow_markup
from api.web.outline import chapters
from api.web.place import place
from api.web.templating import render
from ingest.assessment import RECORD_KINDS, Change, Record, Stated
from rag.types import Version

router = APIRouter(prefix="/assessments")

PER_PAGE = 50


class View(StrEnum):
    """The tabs of an assessment."""

    ITEMS = "items"
    RECORDS = "records"
    CHANGES = "changes"
    FLOW = "flow"
    FINDINGS = "findings"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Table:
    """Records of one kind with their headings."""

    kind: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Record, tuple[Stated, ...]], ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row of 変更箇所 with what differs."""

    change: Change
    before: list[Run]
    after: list[Run]
    anchor: str = ""


@router.get("")
def show_shelf(
    request: Request,
    overview: OverviewDep,
    inspection: InspectionDep,
    q: Annotated[str, Query(max_length=200)] = "",
    municipality: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """All current assessments, by body, a page at a time."""
    found = [
        v
        for v in overview.versions
        if (not municipality or v.municipality == municipality)
        and all(word in f"{v.document} {v.title} {v.duty} {v.body}" for word in q.split())
    ]
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    pages = max(1, -(-len(found) // PER_PAGE))
    context = {"overview": overview, "found": len(found), "shown": shown, "page": page, "pages": pages}
    asked = {"q": q, "municipality": municipality}
    return render(request, "shelf.html", {**context, **asked, "known": inspection.known(shown)})


@router.get("/{document}")
def show_assessment(
    request: Request,
    catalog: CatalogDep,
    overview: OverviewDep,
    inspection: InspectionDep,
    document: str,
    view: View = View.ITEMS,
    published: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """One assessment in one of its views."""
    version = pick_version(catalog, document, published)
    changes = [r for _, r in catalog.records("changes", [version.id]) if isinstance(r, Change)]
    context = {
        "version": version,
        "versions": catalog.versions(document, current_only=False),
        "view": view.value,
        "chapters": chapters(catalog.items(version.id)) if view is View.ITEMS else [],
        "tables": tables(catalog, version) if view is View.RECORDS else [],
        "changes": compared(changes) if view is View.CHANGES else [],
        "days": days(changes),
        "change_count": len(changes),
        "findings": FindingsView(inspection.of(version)),
        "source": catalog.source(version.id) if view is View.SOURCE else "",
        "flow": flow_markup(catalog, version) if view is View.FLOW else "",
    }
    return render(request, "assessment.html", context)


@router.get("/{document}/items/{key:path}")
def show_place(
    request: Request,
    catalog: CatalogDep,
    overview: OverviewDep,
    document: str,
    key: str,
    quote: Annotated[str, Query(max_length=20_000)] = "",
    published: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """One place of the form: the pane for htmx, a page otherwise."""
    version = pick_version(catalog, document, published)
    context = {
        "place": place(catalog, version, key, quote),
        "quote": quote,
        "change_count": len(catalog.records("changes", [version.id])),
    }
    if request.headers.get("hx-request") == "true":
        return render(request, "source_part.html", {**context, "pane": True})
    return render(request, "source.html", {**context, "pane": False})


def tables(catalog: Catalogue, version: Version) -> list[Table]:
    """All kinds of records the document has; changes have a view of their own."""
    out = []
    for kind in RECORD_KINDS:
        rows = [(r, tuple(c for _, _, c in cells_of(r))) for _, r in catalog.records(kind, [version.id])]
        if rows and kind != "changes":
            out.append(Table(kind, tuple(ja for _, ja in columns_of(kind)), tuple(rows)))
    return out


def compared(changes: list[Change]) -> list[ChangeRow]:
    """Changes with the differing runs of both sides; the first of each day carries an anchor."""
    rows = []
    seen: set[str] = set()
    for change in changes:
        day = change.date.value
        sides = difference(change.before.value, change.after.value)
        rows.append(ChangeRow(change, *sides, anchor="" if day in seen else day_anchor(day)))
        seen.add(day)
    return rows


def days(changes: list[Change]) -> list[tuple[str, int, str]]:
    """Each day of change with the number of its rows and its anchor."""
    counts = Counter(c.date.value for c in changes)
    return [(day or "読取不可", count, day_anchor(day)) for day, count in counts.items()]


def day_anchor(day: str) -> str:
    """Fragment id of a day."""
    return links.anchor("d", day or "none")

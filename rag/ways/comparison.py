"""Several documents side by side: each answered by itself, in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.finding import Finding, Statement, TableRow
from rag.question import Shape
from rag.shelf import Book
from rag.types import Status
from rag.ways.ask import Ask
from rag.ways.facts import facts
from rag.ways.incidents import incident
from rag.ways.quotes import quotes
from rag.ways.rows import records
from rag.wording import name

#: More documents are no comparison but a question over all.
MOST = 12
_HEAD = "自治体・事務"


def compared(ask: Ask) -> Finding | None:
    """The documents one after another; None where no comparison is asked for or none of them answers."""
    bodies = ask.plan.collected
    compares = Shape.COMPARE in ask.plan.shapes and ask.narrowed
    if not 2 <= len(ask.books) <= MOST or not (len(bodies) > 1 or compares):
        return None
    groups: list[tuple[Book, ...]] = [(b,) for b in ask.books]
    if len(bodies) > 1 and not ask.plan.duties:
        groups = [tuple(b for b in ask.books if b.version.municipality == m) for m in bodies]
    found = [(group, finding) for group in groups if (finding := _alone(ask, group)) is not None]
    answered = sum(f.status is Status.ANSWERED for _, f in found)
    if not answered:
        return None
    return Finding(
        Status.ANSWERED if answered == len(groups) else Status.PARTIAL,
        tuple(s for group, f in found for s in (_heading(group), *f.statements)),
        tuple(_named(row) for _, f in found for row in f.rows),
        tuple(w for _, f in found for w in f.warnings),
        matched=answered,
        unreadable=sum(f.unreadable for _, f in found),
        considered=len(ask.books),
        by=found[-1][1].by,
    )


def _alone(ask: Ask, books: Sequence[Book]) -> Finding | None:
    own = replace(ask, books=tuple(books))
    return next((f for way in (incident, records, facts, quotes) if (f := way(own)) is not None), None)


def _heading(group: Sequence[Book]) -> Statement:
    return Statement(f"**{'・'.join(name(b.version) for b in group)}**")


def _named(row: TableRow) -> TableRow:
    """The row with its document before it."""
    return row if row.cells[0][0] == _HEAD else replace(row, cells=((_HEAD, name(row.version)), *row.cells))

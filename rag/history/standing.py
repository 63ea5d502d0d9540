"""What stood at a place on a date, told from the record of changes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ingest.dates import parse_date
from rag.finding import Finding, Ref, Statement
from rag.history.cells import shown, targets
from rag.history.changes import ref
from rag.lookup.rows import Row
from rag.places import Naming
from rag.question import Plan
from rag.shelf import Book
from rag.terms import Term
from rag.types import Status
from rag.wording import name, say

#: Later changes that are told after what stood.
LATER = 3


def at_date(
    plan: Plan, books: Sequence[Book], terms: Sequence[Term], namings: Sequence[Naming], date: dt.date
) -> Finding | None:
    """What stood at the named places on a date; None where no recorded change bears on them."""
    statements = [s for b in books for s in _stood(plan, _rows_of_one_place(b, targets([b], terms, namings)), date)]
    if not statements:
        return None
    return Finding(Status.ANSWERED, tuple(statements), matched=1, considered=len(books))


def _rows_of_one_place(book: Book, targets: Sequence[tuple[str, float]]) -> list[Row]:
    """The changes of the surest place that is one field of the form, oldest first."""
    every = [Row(book, r) for r in book.records.get("changes", ())]
    for pattern in dict.fromkeys(p for p, _ in targets[:3]):
        rows = [r for r in every if re.match(pattern, _target(r)) and " " in _target(r)]
        if len({_target(r) for r in rows}) == 1:
            return sorted(rows, key=_date)
    return []


def _target(row: Row) -> str:
    return row.cell("target").value


def _date(row: Row) -> dt.date:
    return parse_date(row.cell("date").value) or dt.date.min


def _stood(plan: Plan, rows: Sequence[Row], date: dt.date) -> list[Statement]:
    if not rows:
        return []
    since = [r for r in rows if _date(r) <= date]
    row, column = (since[-1], "after") if since else (rows[0], "before")
    value = row.cell(column).value
    if not value:
        return []
    changed = row.cell("date").value
    ja = f"{changed}に変更後の記載" if since else f"{changed}の変更前の記載"
    en = f"as changed on {changed}" if since else f"before the change of {changed}"
    version = row.book.version
    when, place, read = date.isoformat(), _target(row), shown(value)
    text = say(
        plan.language,
        f"{name(version)}の変更箇所によると、{when}時点の{place}は「{read}」です({ja})。",
        f"By the record of changes of {name(version)}, {place} read 「{read}」 on {when} ({en}).",
    )
    stood = Statement(text, (Ref(version, row.book.by_key[row.cell("date").item], value),))
    return [stood, *(_later(plan, r) for r in [r for r in rows if date < _date(r)][:LATER])]


def _later(plan: Plan, row: Row) -> Statement:
    changed, after = row.cell("date").value, shown(row.cell("after").value)
    ja = f"その後 **{changed}** に「{after}」へ変わっています。"
    en = f"Later, on **{changed}**, it became 「{after}」."
    return Statement(say(plan.language, ja, en), (ref(row),), 1)

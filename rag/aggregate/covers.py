"""What is collected, in order of publication or size, and published since when: from the covers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ingest.dates import parse_date
from rag.aggregate.tally import Tally, document_cells
from rag.finding import Finding, Statement, TableRow
from rag.lookup.rows import Row
from rag.question import Plan, Shape
from rag.shelf import Book
from rag.types import Status
from rag.wording import say

_SINCE = re.compile(
    r"((?:平成|令和|昭和)\s*(?:元|\d+)\s*年(?:\s*\d+\s*月)?(?:\s*\d+\s*日)?|(?:19|20)\d\d\s*年?(?:\s*\d+\s*月)?)"
    r"\s*(?:度)?\s*(以降|以後|より後|から後|以前|より前|まで|中|に公表)"
)
_AFTER = {"以降", "以後", "より後", "から後"}
_BEFORE = {"以前", "より前", "まで"}
_ORDERED = re.compile(r"公表|新し|古|日付|対象人数|人数|規模|\bnew|\bold|publi")
_PEOPLE = re.compile(r"対象人数|人数|規模")
_OLDEST = re.compile(r"古い|\boldest|最初")
_EXTREME = re.compile(r"最も|一番|もっとも|いちばん|\bnewest|\boldest|\blatest|\bmost")
_SEQUENCE = re.compile(r"順に|順で|並べ")


def collected(plan: Plan, books: Sequence[Book]) -> Finding:
    """What is collected: every document with its date of publication."""
    rows = _covers(books)
    cities = len({b.version.municipality for b in books})
    whose = f"{'・'.join(plan.collected)}の評価書で収録しているのは" if plan.collected else "収録している評価書は"
    ja = f"{whose}{len(books)}件({cities}自治体)です。"
    of = f" ({', '.join(plan.collected)})" if plan.collected else ""
    en = f"{len(books)} assessments of {cities} municipalities{of} are collected."
    said = (Statement(say(plan.language, ja, en)),)
    return Finding(Status.ANSWERED, said, tuple(rows), matched=len(books), considered=len(books))


def _covers(books: Sequence[Book]) -> list[TableRow]:
    found = []
    for book in books:
        ref = next((Row(book, r).ref("published") for r in book.records.get("covers", ())), None)
        if ref is not None:
            version = book.version
            cells = (*document_cells(book.version), ("公表日", version.published), ("様式", version.form))
            found.append(TableRow(version, cells, ref))
    return found


def by_date(plan: Plan, books: Sequence[Book]) -> Finding | None:
    """Documents published since, before or in the year that the question names."""
    match = _SINCE.search(plan.text)
    date = parse_date(match[1]) if match else None
    if match is None or date is None or "公表" not in plan.text:
        return None
    first, last = _period(match[1], date)
    if match[2] in _AFTER:
        last = dt.date.max
    elif match[2] in _BEFORE:
        first = dt.date.min
    hits = [b for b in books if b.version.published_on and first <= b.version.published_on <= last]
    said = f"{plan.said(match.span())}公表の".replace("に公表公表", "に公表")
    return Tally(hits, (), books).found(plan, said, "were published in that time", _covers(hits))


def _period(said: str, first: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the year, month or day that is said; a month is taken as 31 days from its first."""
    if "月" not in said:
        return first, dt.date(first.year, 12, 31)
    return first, first + dt.timedelta(days=0 if "日" in said else 31)


def wants_order(plan: Plan) -> bool:
    """Whether documents are to be put in an order that records know."""
    return Shape.ORDER in plan.shapes and bool(_ORDERED.search(plan.text))


def ordered(plan: Plan, books: Sequence[Book]) -> Finding | None:
    """All documents in order of their date of publication, or of 対象人数 where that is asked for."""
    people = bool(_PEOPLE.search(plan.text))
    column, head = ("people", "対象人数") if people else ("published", "公表日")
    rows = [Row(b, covers[0]) for b in books if (covers := b.records.get("covers", ()))]
    if not rows:
        return None
    if people:
        rows.sort(key=lambda r: -_size(r.cell("people").value))
    else:
        oldest_first = bool(_OLDEST.search(plan.text))
        rows.sort(key=lambda r: r.book.version.published_on or dt.date.min, reverse=not oldest_first)
    if _EXTREME.search(plan.text) and not _SEQUENCE.search(plan.text):
        rows = [r for r in rows if r.cell(column).value == rows[0].cell(column).value]
    found = [
        TableRow(row.book.version, (*document_cells(row.book.version), (head, row.cell(column).value)), ref)
        for row in rows
        if (ref := row.ref(column))
    ]
    what = "対象人数の多い順" if people else "公表日の順"
    ja = f"収録{len(books)}件を{what}に並べると次のとおりです。"
    en = f"The {len(books)} collected assessments in order:"
    said = (Statement(say(plan.language, ja, en)),)
    return Finding(Status.ANSWERED, said, tuple(found), matched=len(found), considered=len(books))


def _size(people: str) -> int:
    """The lower bound of a range such as 1万人以上10万人未満."""
    match = re.search(r"([\d,]+)(万?)人", people.replace("，", ","))
    if not match or (people.endswith("未満") and "以上" not in people):
        return 0
    return int(match[1].replace(",", "")) * (10000 if match[2] else 1)

"""Contracts, recipients, systems of a document as sentences and entries: complete, or with the remainder stated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assessment import Kind, Marking, State
from rag.contradictions import among_rows
from rag.lookup.items import gap_at, items_at
from rag.lookup.rows import Row, first_ref, rows_of
from rag.places import normal, places
from rag.question import Plan
from rag.reply.page import Page
from rag.reply.topics import expression, words
from rag.reply.types import Line, Told
from rag.shelf import Book
from rag.types import Status

#: For each way of telling rows: the kinds of record, and the columns told beside the name.
_KINDS = {
    "contracts": ("contracts",),
    "subcontract": ("contracts",),
    "handlers": ("contracts",),
    "recipients": ("provisions", "transfers"),
    "systems": ("systems",),
}
_PARTS = {
    "contracts": ("content", "subcontract"),
    "subcontract": ("subcontract",),
    "handlers": ("handlers",),
    "recipients": ("purpose", "information"),
    "systems": (),
}
#: What the staff are told beside a contradiction, and a resident is told otherwise.
_ADVICE = re.compile(r"^記載の食い違い: |^Contradiction: |原本を確認してください。$| ?Please check the original\.?$")
_NOW = frozenset({Kind.PRESENT, Kind.BOILERPLATE})
_FLAG = {"contracts": "II.4 委託の有無", "provisions": "II.5 提供・移転の有無", "systems": "I.2"}


def tell_rows(page: Page, book: Book, way: str, asked: str, plan: Plan) -> Told:
    """The rows of a document in one of the ways of `_KINDS`; why there are none.

    asked   the ask's sentences as patterns read them
    plan    of a question for which contradictions among the rows are looked up
    """
    kinds = [(kind, rows_of([book], kind)) for kind in _KINDS[way]]
    lines = [line for kind, rows in kinds if rows for line in _kind(page, way, kind, rows)]
    every = [row for _, rows in kinds for row in rows]
    if not lines:
        return _none(page, book, _KINDS[way][0])
    if way == "recipients":
        lines += _stranger(page, book, asked, every)
    lines += _contradictions(page, book, way, plan)
    gone = _lost(page, book, _KINDS[way][0])
    return Told((*lines, *gone), Status.PARTIAL if gone else Status.ANSWERED)


def _kind(page: Page, way: str, kind: str, rows: Sequence[Row]) -> list[Line]:
    head = page.line(kind if way == "recipients" else way, count=len(rows))
    entries = [line for row in rows[: page.rows] if (line := _row(page, way, row))]
    left = len(rows) - len(entries)
    section = {"contracts": "II.4", "systems": "I.2"}.get(kind, "II.5")
    more = [page.line("more", count=left, section=section)] if left > 0 else []
    return [head, *entries, *more] if entries else []


def _row(page: Page, way: str, row: Row) -> Line | None:
    """One row as an entry; None where it cannot be cited."""
    keys = {"recipients": ("recipient",), "systems": ("name",)}.get(way, ("contractor", "title", "content"))
    ref = first_ref(row, keys)
    mark = page.mark(row.book, ref.item, ref.text) if ref else ""
    if not mark:
        return None
    if way == "recipients":
        text = page.line("recipient_row", recipient=row.cell("recipient").value).text
    elif way == "systems":
        return page.line("system_row", entry=True, mark=mark, name=row.cell("name").value)
    else:
        title = row.cell("title").value or row.cell("content").value
        text = page.line("contract_row", title=title, contractor=_value(row, "contractor")).text
    for column in _parts(page, way):
        cell = row.cell(column)
        if cell.state is State.STATED and cell.value and cell.value != row.cell(_first(way)).value:
            part_ref = row.ref(column)
            part_mark = page.mark(row.book, part_ref.item, part_ref.text) if part_ref else ""
            if part_mark:
                mark += part_mark if part_mark not in mark else ""
                text += page.line(f"{column}_part", text=cell.value).text
        elif column in {"subcontract", "handlers"} and way != "contracts":
            text += page.line(f"{column}_part", text="記載なし").text
    return Line(text + mark, entry=True)


def _parts(page: Page, way: str) -> Sequence[str]:
    """The columns told beside the name; in やさしい日本語 not the long ones."""
    long = {"content", "information"} if page.voice.name == "easy" else set()
    return [column for column in _PARTS[way] if column not in long]


def _first(way: str) -> str:
    return {"recipients": "recipient", "systems": "name"}.get(way, "title")


def _value(row: Row, column: str) -> str:
    return row.cell(column).value or "記載なし"


def _none(page: Page, book: Book, kind: str) -> Told:
    """Why there are no rows: none are made, the part is lost, or the form says nothing."""
    place = places()[_FLAG[kind]]
    lost = Told((page.line("lost", label=page.voice.label(place.id)),), Status.UNREADABLE)
    if gap_at(book, place):
        return lost
    for item in items_at(book, place):
        marked = [m for m in item.marks if m.marking is Marking.MARKED]
        text = marked[0].label if marked else "" if item.marks else item.text
        mark = page.mark(book, item, text) if text and item.state is State.STATED else ""
        if mark:
            sentence = "no_contracts" if kind == "contracts" else "no_recipients"
            return Told((page.line(sentence, text=text, mark=mark),), Status.ANSWERED)
        if item.state is State.UNREADABLE:
            return lost
    return Told((page.line("not_stated"),), Status.NOT_STATED)


def _lost(page: Page, book: Book, kind: str) -> list[Line]:
    """That some of the rows were lost (システム8)."""
    head = _FLAG[kind].split(" ")[0]
    gone = [section for section, _ in book.version.gaps if section.startswith(f"{head} ")]
    return [page.line("lost", label=section.split(" ", 1)[1]) for section in gone]


def _stranger(page: Page, book: Book, asked: str, rows: Sequence[Row]) -> list[Line]:
    """That a recipient who was asked about is not among them, and what is said of it elsewhere."""
    told = normal(" ".join(row.cell("recipient").value for row in rows))
    nobody = re.compile(rf"(.*の)?({words().nobody})")
    told_of = dict.fromkeys(str(m[1]) for m in expression("recipient").finditer(asked))
    names = [name for listed in told_of for name in re.split("や|、|とか|・|と|か", listed)]
    strangers = [n for n in names if len(n) > 1 and _stem(n) not in told and not nobody.fullmatch(n)]
    absent = [page.line("recipient_absent", text=n) for n in strangers[:3]]
    return absent + [line for name in strangers[:3] for line in _elsewhere(page, book, name)]


def _stem(name: str) -> str:
    """What a department is called without 課: 税務課 may be 税務部市民税課."""
    stem = re.sub(r"[課部局係]$", "", name)
    return stem if len(stem) > 1 else name


def _elsewhere(page: Page, book: Book, name: str) -> list[Line]:
    """What the document says at other places of somebody who is none of the recipients."""
    here = [p for p in book.passages if normal(name) in normal(p.text) and p.item.kind in _NOW and not p.item.marks]
    entries = [
        page.quoted("quoted_row", mark, label=page.voice.label_of(p.item), text=p.text)
        for p in here[:2]
        if (mark := page.mark(book, p.item, p.text))
    ]
    return [page.line("said_elsewhere", text=name), *entries] if entries else []


def _contradictions(page: Page, book: Book, way: str, plan: Plan) -> list[Line]:
    """What the document says otherwise elsewhere on these rows."""
    if way not in {"contracts", "subcontract"}:
        return []
    found = []
    for statement in among_rows(book, plan, "contracts"):
        marks = "".join(dict.fromkeys(page.mark(book, r.item, r.text) for r in statement.refs))
        text = _ADVICE.sub("", statement.text)
        if page.voice.name == "easy":
            text = "".join(dict.fromkeys(f"「{r.text}」" for r in statement.refs))
        if marks:
            found.append(page.line("contradiction", text=text, mark=marks))
            found.append(page.line("contradiction_ask"))
    return found

"""What no topic covers, and the past: answered as a question is, and told from that answer's rows and citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.assessment import Change, Kind
from rag.answer import Answerer
from rag.events import Done, Found
from rag.question import Plan
from rag.reply.inquiry import TOKEN
from rag.reply.page import Page
from rag.reply.types import Line, Told
from rag.shelf import Book
from rag.stop import Stop
from rag.terms import has, key
from rag.types import Answer, Citation, Filters, Past, Status

_ANSWERED = (Status.ANSWERED, Status.PARTIAL)
#: Where the form names a contractor; what follows a name in the record of changes.
_CONTRACTOR, _NOTE = re.compile(r"II\.4.*③"), re.compile(r"\n|※")
#: A quote that has fewer of the question's words says something else.
BEARING_SHARE = 0.5
#: Places that answer nothing by a sentence: contacts, tables of the law.
_ASIDE = re.compile(r"IV\.|別紙|表紙|別添1")
_CHANGED = ("変更日", "変更前", "変更後")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was told, and the turn for the follow-ups after it."""

    told: Told
    past: Past | None


def ask_elsewhere(
    page: Page, answerer: Answerer, book: Book, question: str, earlier: Sequence[Past], city: str
) -> Asked:
    """The answer to one question from one document, told. `earlier`: the letter's questions before it."""
    limit = answerer.max_question_chars
    cleaned = TOKEN.sub("", question).strip()[:limit] or city
    filters = Filters(documents=(book.version.document,))
    answer = _composed(answerer, cleaned, filters, earlier)
    return Asked(_told(page, answerer, book, answer, cleaned), Past(answer.interpreted or cleaned, answer))


def _composed(answerer: Answerer, question: str, filters: Filters, earlier: Sequence[Past]) -> Answer:
    """The answer as composed without a model; nothing of it is kept."""
    stop = Stop()
    stop.set()
    events = answerer.stream(question, filters, earlier=earlier, stop=stop)
    return next(event.answer for event in events if isinstance(event, Found | Done))


def _told(page: Page, answerer: Answerer, book: Book, answer: Answer, question: str) -> Told:
    if answer.status is Status.UNREADABLE:
        return Told((page.line("lost_matter"),), Status.UNREADABLE)
    if answer.status not in _ANSWERED:
        return Told((page.line("not_stated"),), Status.NOT_STATED)
    if answer.rows and all(dict(row.cells).keys() >= set(_CHANGED) for row in answer.rows):
        return tell_changes(page, book, answer)
    present = [c for c in answer.citations if _kind(book, c) is not Kind.HISTORY and not _ASIDE.match(c.section)]
    if answer.composed_by == "quotes":
        present = [c for c in present if _bears(answerer.plan(question), c)]
    lines = [line for c in present[: page.told] if (line := _row(page, book, c))]
    if not lines:
        return Told((page.line("not_stated"),), Status.NOT_STATED)
    left = len(present) - len(lines)
    more = [page.line("more", count=left, section=present[-1].section)] if left > 0 else []
    return Told((page.line("quoted"), *lines, *more, page.line("quoted_only")), answer.status)


def tell_changes(page: Page, book: Book, answer: Answer) -> Told:
    """Changes of the past as what they are, and who the contractors are at present."""
    by_marker = {c.marker: c for c in answer.citations}
    lines = []
    for row in answer.rows[: page.rows]:
        cells = dict(row.cells)
        citation = by_marker[row.marker]
        mark = page.mark(book, book.by_key[citation.item], citation.quote)
        date, before, after = (cells[name] for name in _CHANGED)
        if mark:
            lines.append(page.line("change_row", entry=True, mark=mark, date=date, before=before, after=after))
    if not lines:
        return Told((page.line("not_stated"),), Status.NOT_STATED)
    left = len(answer.rows) - len(lines)
    more = [page.line("more", count=left, section="別添2")] if left > 0 else []
    return Told((page.line("changes", count=len(answer.rows)), *lines, *more, *_now(page, book)), answer.status)


def _now(page: Page, book: Book) -> list[Line]:
    """The contractors at present."""
    here = [i for i in book.items if i.part == "II" and i.number == "4" and i.sub == "③" and i.text]
    names = list(dict.fromkeys(i.text for i in here))
    marks = "".join(dict.fromkeys(page.mark(book, i, i.text) for i in here))
    return [Line(page.voice.say("now_is", text="".join(f"「{n}」" for n in names)) + marks)] if names and marks else []


def _bears(plan: Plan, citation: Citation) -> bool:
    """Whether a quote has most of the words that the question is about."""
    words = [t for t in plan.terms if len(t.surface) > 1]
    said = key(citation.quote)
    return bool(words) and sum(has(t, said) for t in words) >= BEARING_SHARE * len(words)


def _row(page: Page, book: Book, citation: Citation) -> Line | None:
    item = book.by_key.get(citation.item)
    if item is None:
        return None
    mark = page.mark(book, item, citation.quote)
    label = page.voice.label_of(item)
    return page.quoted("quoted_row", mark, label=label, text=citation.quote) if mark else None


def _kind(book: Book, citation: Citation) -> Kind:
    item = book.by_key.get(citation.item)
    return item.kind if item else Kind.PRESENT


def former_names(book: Book) -> frozenset[str]:
    """Names of contractors that only the record of changes has."""
    present = {i.text for i in book.items if i.part == "II" and i.number == "4" and i.sub == "③"}
    changes = [r for r in book.records.get("changes", ()) if isinstance(r, Change)]
    told = [cell.value for r in changes if _CONTRACTOR.search(r.target.value) for cell in (r.before, r.after)]
    names = {_NOTE.split(text)[0].strip() for text in told}
    return frozenset(n for n in names if len(n) > 3 and not any(n in p or p in n for p in present))


def names_former(text: str, names: frozenset[str]) -> bool:
    """Whether a text names one of them, by its whole name or the telling part of it."""
    return any(n in text or _stem(n) in text for n in names)


def _stem(name: str) -> str:
    """A company's name without its form and branch: 株式会社エイ 東支店 → エイ."""
    stem = re.sub(r"株式会社|有限会社|合同会社|\(株\)|（株）|㈱", " ", name).split()
    return max(stem[:1] or [name], key=len)

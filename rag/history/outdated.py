"""A question that takes a past entry for the present: what it was, when it changed and what stands there now."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.assessment import Change, Kind
from ingest.sentences import sentences
from rag.finding import Finding, Ref, Statement
from rag.history.cells import shown
from rag.places import Naming
from rag.question import Plan
from rag.shelf import Book
from rag.terms import Term, key
from rag.types import Status
from rag.wording import name, say


def outdated(plan: Plan, books: Sequence[Book], terms: Sequence[Term], namings: Sequence[Naming]) -> Finding | None:
    """The newest change by which a word of the question went out, at the surest named place that has one.

    None where all words still stand or never stood.
    """
    for book in books:
        found = _gone(book, terms)
        for place in [*(n.place.id for n in namings), *(n.place.section for n in namings)]:
            here = [(r, t) for r, t in found if f"{r.target.value} ".startswith(f"{place} ")]
            if here:
                return _told(plan, book, *here[0])
        if found:
            return _told(plan, book, *found[0])
    return None


def _gone(book: Book, terms: Sequence[Term]) -> list[tuple[Change, Term]]:
    """The changes by which one of these words went out, newest first, each with the word."""
    present = [p.folded for p in book.passages if p.kind is not Kind.HISTORY]
    gone = [t for t in terms if len(key(t.surface)) >= 4 and not any(key(t.surface) in x for x in present)]
    found = []
    for record in reversed(book.records.get("changes", ())):
        assert isinstance(record, Change)
        before, after = key(record.before.value), key(record.after.value)
        told = [t for t in gone if key(t.surface) in before]
        if told and after and not any(key(t.surface) in after for t in told):
            found.append((record, told[0]))
    return found


def _told(plan: Plan, book: Book, record: Change, term: Term) -> Finding:
    item, said, version = book.by_key[record.date.item], plan.said(term.span), book.version
    before, after = shown(record.before.value, [term]), shown(record.after.value)
    date, place = record.date.value, record.target.value or record.item.value
    ja = (
        f"{name(version)}の現在の記載に「{said}」はありません。"
        f"**{date}**に「{before}」から「{after}」へ変更されています({place})。"
    )
    en = (
        f"{name(version)}: 「{said}」 does not stand there any more. "
        f"On **{date}** 「{before}」 became 「{after}」 ({place})."
    )
    refs = (Ref(version, item, record.before.value), Ref(version, item, record.after.value))
    statements = (Statement(say(plan.language, ja, en), refs), *_now(plan, book, record))
    return Finding(Status.ANSWERED, statements, matched=1, considered=1)


def _now(plan: Plan, book: Book, record: Change) -> list[Statement]:
    """What stands at the changed place today: the line of the change where it is still there, else the whole."""
    item = next((i for i in book.items if i.section == record.target.value and i.text), None)
    if item is None:
        return []
    start = key(record.after.value)[:12]
    line = next((s.text for s in sentences(item.text) if start in key(s.text)), item.text)
    ja = f"現在({book.version.published}公表)の{item.section}: 「{shown(line)}」"
    en = f"At present ({book.version.published}), {item.section}: 「{shown(line)}」"
    return [Statement(say(plan.language, ja, en), (Ref(book.version, item, line),))]

"""What the items at one place say, document by document: stated, blank (記載なし) or lost (読取不可), never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.assessment import Item, Kind, State
from ingest.sentences import sentences
from rag.evidence import lacks_kind
from rag.finding import Finding, Ref, Statement
from rag.lookup.boxes import changed_boxes, marked_boxes, named_boxes
from rag.lookup.items import gap_at, items_at, where
from rag.passages import choose, rank
from rag.places import Place
from rag.question import Plan, Shape
from rag.shelf import Book
from rag.terms import Term, key
from rag.types import Status
from rag.wording import flat, label_of, lost, name, say

#: Longest text of one item that is shown whole as a fact.
WHOLE_CHARS = 220
#: Most sentences of one item that are shown where it is asked for as a whole.
WHOLE_SENTENCES = 40
#: Most lines shown where a whole item of many fields is asked for.
WHOLE_LINES = 16


@dataclass(frozen=True, slots=True)
class _Told:
    """What one document says at a place, by kind."""

    stated: tuple[Statement, ...] = ()
    blank: tuple[Statement, ...] = ()
    lost: tuple[Statement, ...] = ()


def fact(plan: Plan, books: Sequence[Book], place: Place, terms: Sequence[Term]) -> Finding:
    """What the items at one place say, document by document.

    terms  of a long text only the sentences with these words are shown
    """
    told = [_told(plan, book, place, terms, many=len(books) > 1) for book in books]
    stated = [s for t in told for s in t.stated]
    blank = [s for t in told for s in t.blank]
    gone = [s for t in told for s in t.lost]
    unread, considered = len(gone), len(books)
    if stated and gone and all(s.refs and s.refs[0].item.kind is Kind.HISTORY for s in stated):
        return Finding(Status.PARTIAL, (*gone, *stated), unreadable=unread, considered=considered)
    if stated:
        matched = considered - len(blank) - unread
        statements = (*stated, *blank, *gone)
        return Finding(Status.ANSWERED, statements, matched=matched, unreadable=unread, considered=considered)
    if gone:
        return Finding(Status.UNREADABLE, tuple(gone), unreadable=unread, considered=considered)
    return Finding(Status.NOT_STATED, tuple(blank), considered=considered)


def _told(plan: Plan, book: Book, place: Place, terms: Sequence[Term], many: bool) -> _Told:
    items = items_at(book, place, key(plan.text))
    boxes = [b for i in items if i.marks for b in (named_boxes(plan, book, i),) if b]
    if boxes:
        read = [s for s, unread in boxes if not unread]
        return _Told(
            stated=tuple(read or changed_boxes(plan, book, items)), lost=tuple(s for s, unread in boxes if unread)
        )
    stated = [i for i in items if i.state is State.STATED]
    if stated:
        return _Told(stated=tuple(_stated(plan, book, place, stated, terms, many)))
    return _nothing(plan, book, place, items)


def _nothing(plan: Plan, book: Book, place: Place, items: Sequence[Item]) -> _Told:
    """Which kind of no: marks that cannot be read, a part that was lost, or a field that is there and blank."""
    unreadable = next((i for i in items if i.state is State.UNREADABLE), None)
    if unreadable is not None:
        ja = f"{name(book.version)}の{where(place)}は、印が読み取れません(読取不可)。原本を確認してください。"
        en = f"{name(book.version)}: the marks at {where(place)} cannot be read (読取不可). Please check the original."
        return _Told(lost=(Statement(say(plan.language, ja, en), (_whole(book, unreadable),)),))
    reason = gap_at(book, place)
    if reason or not items:
        why = reason or f"{place.section} は本文にありません。"
        return _Told(lost=(Statement(lost(plan.language, book.version, place.section, why)),))
    ja = f"{name(book.version)}の{where(place)}は、欄はありますが記載がありません(記載なし)。"
    en = f"{name(book.version)}: {where(place)} is there but blank (記載なし)."
    return _Told(blank=(Statement(say(plan.language, ja, en), (_whole(book, items[0]),)),))


def _whole(book: Book, item: Item) -> Ref:
    return Ref(book.version, item, item.text or item.label)


def _stated(
    plan: Plan, book: Book, place: Place, items: Sequence[Item], terms: Sequence[Term], many: bool
) -> list[Statement]:
    found: list[Statement] = []
    files = len({i.file for i in items if i.file}) > 1
    whole = bool(place.number) and not (place.sub or place.name or place.block)
    for item in items:
        if item.name == "リスク" or (whole and len(found) >= WHOLE_LINES):
            continue
        whose = name(book.version) + (f"(ファイル: {item.file})" if files and item.file else "")
        if item.marks:
            found.append(marked_boxes(plan, book, whose, item))
        elif item.choice or (len(item.text) <= WHOLE_CHARS and "\n" not in item.text):
            ja = f"{whose}の{label_of(item)}は「{flat(item.text)}」です。"
            en = f"{whose}: {label_of(item)} is 「{flat(item.text)}」."
            bullet = 1 if many or len(items) > 1 else 0
            found.append(Statement(say(plan.language, ja, en), (Ref(book.version, item, item.text),), bullet))
            found.extend(_details(book, item))
        else:
            found.extend(_long(plan, book, whose, item, terms))
    return found


def _details(book: Book, item: Item) -> list[Statement]:
    """What belongs to a choice that says yes: the content of an incident (III.7 ② 発生あり → その内容)."""
    if not item.choice or not item.text.endswith("あり"):
        return []
    here = (item.part, item.number, item.file_index, item.sub)
    near = [i for i in book.items if (i.part, i.number, i.file_index, i.sub) == here and i.name == "その内容"]
    return [
        Statement(f"{label_of(i)}: 「{flat(i.text)[:WHOLE_CHARS]}」", (Ref(book.version, i, i.text[:WHOLE_CHARS]),), 1)
        for i in near
        if i.state is State.STATED
    ]


def _long(plan: Plan, book: Book, whose: str, item: Item, terms: Sequence[Term]) -> list[Statement]:
    """Of a long text the sentences that the question is about; all (up to a screen) where it is about the whole."""
    every = sentences(item.text)
    ranking = rank(plan, [book], terms, (), lambda p: p.item is item)
    chosen = [r.passage for r in choose(ranking, 5)] if ranking.weights and Shape.LIST not in plan.shapes else []
    told = [s for s in every if any(p.start == s.start for p in chosen)] if chosen else every[:WHOLE_SENTENCES]
    intro = say(plan.language, f"{whose}の{label_of(item)}:", f"{whose}: {label_of(item)}:")
    quoted = (Statement(f"「{flat(s.text)}」", (Ref(book.version, item, s.text),), 1) for s in told)
    return [Statement(intro, (), 2), *quoted]


def kind_lacks(plan: Plan, finding: Finding) -> bool:
    """Whether the question wants a kind of thing that the finding's texts do not hold."""
    texts = [r.text for s in finding.statements for r in s.refs] + [v for row in finding.rows for _, v in row.cells]
    return bool(texts) and lacks_kind(plan, [key(t) for t in texts])

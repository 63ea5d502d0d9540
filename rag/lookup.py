"""Plan → complete rows from records, and facts from items: whatever the form itself answers."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.assessment import Item, Kind, Mark, Marking, Record, State, Stated
from ingest.sentences import sentences
from rag.finding import Finding, Ref, Statement, TableRow
from rag.passages import choose, lacks_kind, rank
from rag.places import Naming, Place
from rag.question import Plan, Shape
from rag.shelf import Book
from rag.terms import Term, has, key
from rag.types import Status
from rag.wording import BLANK, name, say, value_of

KIND_OF_BLOCK = {"委託事項": "contracts", "提供先": "provisions", "移転先": "transfers", "システム": "systems"}
#: Columns of the table, and for each sub-item of a block the column that it is.
COLUMNS: dict[str, tuple[str, ...]] = {
    "contracts": ("title", "content", "contractor", "handlers", "subcontract"),
    "provisions": ("recipient", "purpose", "information", "means", "timing"),
    "transfers": ("recipient", "purpose", "information", "means", "timing"),
    "systems": ("name", "connections"),
}
KEY_COLUMN = {"contracts": "contractor", "provisions": "recipient", "transfers": "recipient", "systems": "name"}
SUB_COLUMN: dict[str, dict[str, str]] = {
    "contracts": {"": "title", "①": "content", "②": "handlers", "③": "contractor", "④": "subcontract", "⑤": "permission", "⑥": "subcontracted"},
    "provisions": {"": "recipient", "①": "basis", "②": "purpose", "③": "information", "④": "people", "⑤": "scope", "⑥": "means", "⑦": "timing"},
    "systems": {"": "name", "①": "name", "②": "functions", "③": "connections"},
}
SUB_COLUMN["transfers"] = SUB_COLUMN["provisions"]
#: A row is meant by its words when it has this share of the weight of the question's remaining words that rows have at all.
ROW_SHARE = 0.6
#: Longest text of one item that is shown whole as a fact.
WHOLE_CHARS = 220
#: Most sentences of one item that are shown where it is asked for as a whole.
WHOLE_SENTENCES = 40
#: Most lines shown where a whole item of many fields is asked for.
WHOLE_LINES = 16


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A record of a book. `folded`: all its cells, for matching words."""

    book: Book
    record: Record
    folded: str = ""

    def cell(self, column: str) -> Stated:
        value: Stated = getattr(self.record, column)
        return value

    def ref(self, column: str) -> Ref | None:
        cell = self.cell(column)
        item = self.book.by_key.get(cell.item)
        if item is None or not item.text:
            return None
        return Ref(self.book.version, item, item.text if item.marks else cell.value or item.text)


def rows_of(books: Sequence[Book], kind: str) -> list[Row]:
    """The records of a kind, rows equal in every cell (one a file) once."""
    return [row for book in books for row in _rows(book, kind)]


@functools.lru_cache(maxsize=2048)
def _rows(book: Book, kind: str) -> tuple[Row, ...]:
    found: dict[tuple[str, int], Row] = {}
    for record in book.records.get(kind, ()):
        folded = key(" ".join(getattr(record, f.name).value for f in dataclasses.fields(record) if "ja" in f.metadata))
        found.setdefault((folded, record.number), Row(book, record, folded))
    return tuple(found.values())


def narrow(rows: Sequence[Row], terms: Sequence[Term]) -> list[Row]:
    """The rows that the remaining words of the question mean; all where the words tell none apart."""
    columns = ("title", "content", "recipient", "name", "contractor", "purpose", "information", "functions", "timing", "means", "scope", "connections", "subcontracted")
    texts = {id(r): key(" ".join(r.cell(c).value for c in columns if hasattr(r.record, c))) for r in rows}
    heads = {id(r): key(" ".join(r.cell(c).value for c in columns[:4] if hasattr(r.record, c))) for r in rows}
    telling = [t for t in terms if len(key(t.surface)) > 1]
    useful = [t for t in telling if 0 < sum(has(t, texts[id(r)]) for r in rows) < len(rows)]
    if not useful:
        return list(rows)
    scores = {id(r): sum(t.weight * (1.5 if has(t, heads[id(r)]) else 1.0) for t in useful if has(t, texts[id(r)])) for r in rows}
    best = max(scores.values())
    total = sum(t.weight for t in useful)
    if best < ROW_SHARE * total and best < 2.5:
        return list(rows)
    return [r for r in rows if scores[id(r)] >= 0.75 * best]


def asked_columns(kind: str, namings: Sequence[Naming]) -> list[str]:
    """The columns that the question names, surest first."""
    block = next(b for b, k in KIND_OF_BLOCK.items() if k == kind)
    found = [SUB_COLUMN[kind].get(n.place.sub, "") for n in namings if n.place.block == block and n.place.sub and n.weight >= 2.0]
    # the name of the contractor or recipient is in every question about its rows
    return sorted((c for c in dict.fromkeys(found) if c), key=lambda c: c == KEY_COLUMN[kind])


def heading(record: Record, column: str) -> str:
    """A column's heading in tables."""
    return next(f.metadata["ja"] for f in dataclasses.fields(record) if f.name == column)


def table(rows: Sequence[Row], kind: str, asked: Sequence[str], several: bool) -> list[TableRow]:
    """The rows as shown, each with the place it is read from."""
    found = []
    for row in rows:
        columns = [*COLUMNS[kind], *[c for c in asked if c not in COLUMNS[kind]]]
        shown = [(heading(row.record, c), value_of(row.cell(c).value, row.cell(c).state)) for c in columns]
        if kind == "contracts" and shown[0][1] == BLANK:
            shown = shown[1:]
        if kind in {"provisions", "transfers"}:
            shown[0] = ("提供先" if kind == "provisions" else "移転先", shown[0][1])
        if several:
            shown.insert(0, ("自治体・事務", name(row.book.version)))
        ref = next((r for c in [*asked[:1], KEY_COLUMN[kind], "title", "content"] if hasattr(row.record, c) and (r := row.ref(c))), None)
        if ref is not None:
            found.append(TableRow(row.book.version, tuple(shown), ref))
    return found


# -- facts ----------------------------------------------------------------------------------------------------


def items_at(book: Book, place: Place, text: str = "") -> list[Item]:
    """The items of a book at a place; equal texts of several files once. Where `text` (a question, as `key`) names
    a file, only that file's."""
    found: list[Item] = []
    seen: set[tuple[str, str]] = set()
    files = {i.file for i in book.items if i.file}
    named = {f for f in files if key(f) in text} if text else set()
    for item in book.items:
        if place.holds(item, book.version.form) and not (named and item.file and item.file not in named):
            mark = (item.section, key(item.text) + item.state.value)
            if mark not in seen:
                seen.add(mark)
                found.append(item)
    return found


def gap_at(book: Book, place: Place) -> str:
    """Why a place is missing from the source, "" where it is not known to be."""
    for section, reason in book.version.gaps:
        if section == place.part or section == place.section or (section.startswith(place.section + " ") and (place.name or place.sub) and section.endswith(place.sub + place.name)):
            return reason
    return ""


def fact(plan: Plan, books: Sequence[Book], place: Place, terms: Sequence[Term]) -> Finding:
    """What the items at one place say, document by document."""
    statements: list[Statement] = []
    blanks: list[Statement] = []
    lost: list[Statement] = []
    for book in books:
        items = items_at(book, place, key(plan.text))
        stated = [i for i in items if i.state is State.STATED]
        boxes = [b for i in items if i.marks for b in (_named_boxes(plan, book, place, i),) if b]
        if boxes:
            statements.extend(s for s, unread in boxes if not unread)
            lost.extend(s for s, unread in boxes if unread)
            if all(unread for _, unread in boxes):
                statements.extend(_added(plan, book, items))
            continue
        if stated:
            statements.extend(_state(plan, book, place, stated, terms, many=len(books) > 1))
            continue
        unreadable = next((i for i in items if i.state is State.UNREADABLE), None)
        reason = gap_at(book, place) if not items or not unreadable else ""
        if unreadable is not None:
            lost.append(Statement(_unreadable(plan, book, place, unreadable), (Ref(book.version, unreadable, unreadable.text or unreadable.label),)))
        elif reason or not items:
            lost.append(Statement(_missing(plan, book, place, reason)))
        else:
            blanks.append(Statement(say(plan.language, f"{name(book.version)}の{_where(place)}は、欄はありますが記載がありません(記載なし)。", f"{name(book.version)}: {_where(place)} is there but blank (記載なし)."), (Ref(book.version, items[0], items[0].text or items[0].label),)))
    if statements and lost and all(s.refs and s.refs[0].item.kind is Kind.HISTORY for s in statements):
        return Finding(Status.PARTIAL, (*lost, *statements), unreadable=len(lost), considered=len(books))
    if statements:
        return Finding(Status.ANSWERED, (*statements, *blanks, *lost), matched=len(books) - len(blanks) - len(lost), unreadable=len(lost), considered=len(books))
    if lost:
        return Finding(Status.UNREADABLE, tuple(lost), unreadable=len(lost), considered=len(books))
    return Finding(Status.NOT_STATED, tuple(blanks), considered=len(books))


def _where(place: Place) -> str:
    """`II.2 ⑤ 保有開始日`."""
    return place.id if place.name or not place.label else f"{place.id} {place.label}"


def _missing(plan: Plan, book: Book, place: Place, reason: str) -> str:
    why = reason or f"{place.section} は本文にありません。"
    return say(plan.language, f"{name(book.version)}: {why}変換で失われた部分のため答えられません(読取不可)。原本を確認してください。", f"{name(book.version)}: {place.section} was lost from the source text (読取不可). Please check the original.")


def _unreadable(plan: Plan, book: Book, place: Place, item: Item) -> str:
    return say(plan.language, f"{name(book.version)}の{_where(place)}は、印が読み取れません(読取不可)。原本を確認してください。", f"{name(book.version)}: the marks at {_where(place)} cannot be read (読取不可). Please check the original.")


def _state(plan: Plan, book: Book, place: Place, items: Sequence[Item], terms: Sequence[Term], many: bool) -> list[Statement]:
    found = []
    head = name(book.version)
    files = len({i.file for i in items if i.file}) > 1
    for item in items:
        whole = bool(place.number) and not (place.sub or place.name or place.block)
        if item.name == "リスク" or (whole and len(found) >= WHOLE_LINES):
            continue
        whose = head + (f"(ファイル: {item.file})" if files and item.file else "")
        if item.marks:
            found.append(_marks(plan, whose, place, item, book))
        elif item.choice or len(item.text) <= WHOLE_CHARS and "\n" not in item.text:
            value = " ".join(item.text.split())
            text = say(plan.language, f"{whose}の{label_of(item)}は「{value}」です。", f"{whose}: {label_of(item)} is 「{value}」.")
            found.append(Statement(text, (Ref(book.version, item, item.text),), 1 if many or len(items) > 1 else 0))
            found.extend(_details(plan, book, item))
        else:
            found.extend(_long(plan, book, whose, item, terms))
    return found


def _details(plan: Plan, book: Book, item: Item) -> list[Statement]:
    """What belongs to a choice that says yes: the content of an incident (III.7 ② 発生あり → その内容)."""
    if not item.choice or not item.text.endswith("あり"):
        return []
    near = [i for i in book.items if (i.part, i.number, i.file_index, i.sub) == (item.part, item.number, item.file_index, item.sub) and i.name == "その内容"]
    return [
        Statement(f"{label_of(i)}: 「{' '.join(i.text.split())[:WHOLE_CHARS]}」", (Ref(book.version, i, i.text[:WHOLE_CHARS]),), 1)
        for i in near if i.state is State.STATED
    ]  # fmt: skip


def label_of(item: Item) -> str:
    """The item's place with its label: `II.2 ⑤ 保有開始日`."""
    if item.kind is Kind.APPENDIX:
        return f"{item.part} {item.label}" if item.block else item.label
    label = item.path[-1] if item.path else item.label
    section = item.section
    return section if item.name and item.name in section else f"{section} {label}"


def _marks(plan: Plan, whose: str, place: Place, item: Item, book: Book) -> Statement:
    marked = [m for m in item.marks if m.marking is Marking.MARKED]
    unread = [m for m in item.marks if m.marking is Marking.UNREADABLE]
    shown = "、".join(_mark(m) for m in marked)
    text = say(plan.language, f"{whose}の{label_of(item)}で印があるのは「{shown}」です。", f"{whose}: marked at {label_of(item)}: 「{shown}」.")
    if unread:
        text += say(plan.language, f"ほかの{len(unread)}項目の印は読み取れないため、原本を確認してください。", f" {len(unread)} other boxes cannot be read; please check the original.")
    refs = tuple(Ref(book.version, item, m.label) for m in marked[:1])
    return Statement(text, refs, 1)


def _added(plan: Plan, book: Book, items: Sequence[Item]) -> list[Statement]:
    """Rows of the record of changes that name a box whose mark cannot be read: the nearest thing to evidence."""
    found = []
    for item in items:
        labels = [key(m.label) for m in named_marks(plan, item)]
        for row in rows_of([book], "changes"):
            told = key(row.cell("before").value + row.cell("after").value)
            place = row.cell("target").value
            if place.startswith(f"{item.part}.{item.number}") and any(x in told for x in labels):
                ref = row.ref("after") or row.ref("date")
                text = say(plan.language, f"変更箇所には、{row.cell('date').value}に「{' '.join(row.cell('after').value.split())}」との記載があります。", f"The record of changes says on {row.cell('date').value}: 「{' '.join(row.cell('after').value.split())}」.")
                found.append(Statement(text, (ref,) if ref else (), 1))
    return found[-2:]


def _named_boxes(plan: Plan, book: Book, place: Place, item: Item) -> tuple[Statement, bool] | None:
    """What the boxes say that the question names itself (外部監査は？), and whether they cannot be read."""
    named = named_marks(plan, item)
    if not named or len(named) == len(item.marks) or Shape.COMPARE in plan.shapes:
        return None
    said = {Marking.MARKED: say(plan.language, "印があります", "is marked"), Marking.UNMARKED: say(plan.language, "印はありません", "is not marked"), Marking.UNREADABLE: say(plan.language, "印が読み取れません(読取不可)", "cannot be read (読取不可)")}
    parts = say(plan.language, "、", "; ").join(f"「{_mark(m)}」{' ' if plan.language == 'en' else 'は'}{said[m.marking]}" for m in named)
    unread = all(m.marking is Marking.UNREADABLE for m in named)
    others = [m for m in item.marks if m.marking is Marking.MARKED and m not in named]
    text_ja = f"{name(book.version)}の{label_of(item)}では、{parts}。" + (f"ほかに印があるのは「{'、'.join(_mark(m) for m in others)}」です。" if others else "") + ("原本を確認してください。" if any(m.marking is Marking.UNREADABLE for m in named) else "")
    text_en = f"{name(book.version)}: at {label_of(item)}, {parts}." + (f" Also marked: 「{'、'.join(_mark(m) for m in others)}」." if others else "") + (" Please check the original." if unread else "")
    ref = Ref(book.version, item, (named[0] if not unread or not others else others[0]).label)
    return Statement(say(plan.language, text_ja, text_en), (ref,), 1), unread


def named_marks(plan: Plan, item: Item) -> list[Mark]:
    """The boxes of a group whose labels stand in the question; the longest where one is part of another."""
    text = key(plan.text)
    named = [m for m in item.marks if m.label != "その他" and re.search(_box_name(m), text)]
    return [m for m in named if not any(m is not o and key(m.label) in key(o.label) for o in named)]


def _box_name(mark: Mark) -> str:
    """The box's label without its note: 電子記録媒体(フラッシュメモリを除く。) → 電子記録媒体."""
    label = re.escape(key(re.sub(r"[(（].*", "", mark.label)))
    return label if len(mark.label) > 1 else f"(?<![一-龥]){label}(?=で|の|に|を|は|媒体|による)"


def _mark(mark: Mark) -> str:
    return mark.label + (f"({mark.detail})" if mark.detail else "")


def _long(plan: Plan, book: Book, whose: str, item: Item, terms: Sequence[Term]) -> list[Statement]:
    """Of a long text the sentences that the question is about; all (up to a screen) where it is about the whole."""
    every = sentences(item.text)
    ranking = rank(plan, [book], terms, (), lambda p: p.item is item)
    chosen = [r.passage for r in choose(ranking, 5)] if ranking.weights and Shape.LIST not in plan.shapes else []
    told = [s for s in every if any(p.start == s.start for p in chosen)] if chosen else list(every[:WHOLE_SENTENCES])
    intro = say(plan.language, f"{whose}の{label_of(item)}:", f"{whose}: {label_of(item)}:")
    return [Statement(intro, (), 2)] + [Statement(f"「{' '.join(s.text.split())}」", (Ref(book.version, item, s.text),), 1) for s in told]


def kind_lacks(plan: Plan, finding: Finding) -> bool:
    """Whether the question wants a kind of thing that the finding's texts do not hold."""
    texts = [r.text for s in finding.statements for r in s.refs] + [v for row in finding.rows for _, v in row.cells]
    return bool(texts) and lacks_kind(plan, [key(t) for t in texts])


def is_list(plan: Plan) -> bool:
    """Whether all rows are wanted."""
    return bool({Shape.LIST, Shape.COUNT} & plan.shapes)

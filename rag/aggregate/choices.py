"""Documents in which a choice of the form has the value that the question names (再委託する, 十分である …)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assessment import Item, State
from rag.aggregate.denial import denies
from rag.aggregate.tally import Tally, document_cells
from rag.finding import Finding, Ref, TableRow
from rag.lookup.columns import KEY_COLUMN, KIND_OF_BLOCK
from rag.lookup.items import gap_at, items_at
from rag.lookup.rows import Row
from rag.places import Naming, Place
from rag.question import Plan
from rag.shelf import Book
from rag.terms import key

HEADS = {"contracts": "委託先名", "provisions": "提供先", "transfers": "移転先", "systems": "システム"}
_EVERY = re.compile(
    r"(すべて|全て|全部|いずれ|どれ)(の|も)?(委託事項|委託先|委託|システム|ファイル|移転先|提供先|業者)?(で|が|も|について|を)"
)
#: An option that denies by itself: 再委託しない, 発生なし.
_NEGATIVE = re.compile(r"ない|なし|不")


def by_choice(plan: Plan, books: Sequence[Book], namings: Sequence[Naming]) -> Finding | None:
    """Documents that choose the named option at the named place; at any place where none is named."""
    chosen = _choice(plan, namings)
    if chosen is None:
        return _anywhere(plan, books)
    place, option = chosen
    denied = denies(plan) and not _NEGATIVE.search(option)
    rows: list[TableRow] = []
    matched, lost = [], []
    for book in books:
        items = stated_at(book, place) if place.block else items_at(book, place)
        chosen_by = [i for i in items if i.state is State.STATED and key(i.text).startswith(key(option))]
        hits = chosen_by if not denied else [] if chosen_by else [i for i in items if i.state is State.STATED]
        if hits and not (_wants_every(plan, place) and len(hits) < len(stated_at(book, place))):
            matched.append(book)
            rows.extend(_rows(book, place, hits))
        elif any(i.state is State.UNREADABLE for i in items) or (not items and gap_at(book, place)):
            lost.append(book)
    where = place_said(place)
    tally = Tally(matched, lost, books)
    if denied:
        return tally.found(plan, f"{where}が「{option}」でない", f"do not have 「{option}」 at {where}", rows)
    return tally.found(plan, f"{where}が「{option}」", f"have 「{option}」 at {where}", rows)


def stated_at(book: Book, place: Place) -> list[Item]:
    """All items at a place that say something, equal ones too."""
    return [i for i in book.items if place.holds(i, book.version.form) and i.state is State.STATED]


def place_said(place: Place) -> str:
    """`II.4 委託事項 ④ 再委託の有無`."""
    return place.id if place.name else f"{place.id} {place.label}"


def _wants_every(plan: Plan, place: Place) -> bool:
    """Whether every block of a document has to choose it (すべての委託で再委託しない)."""
    return bool(place.block) and bool(_EVERY.search(plan.text))


def _anywhere(plan: Plan, books: Sequence[Book]) -> Finding | None:
    """Every choice of the form that has the option, where the question names the option but no place."""
    options = {key(o) for _, o in plan.options}
    if not options:
        return None
    hits = [(b, i) for b in books for i in b.items if i.choice and i.state is State.STATED and key(i.text) in options]
    rows = [
        TableRow(
            b.version, (*document_cells(b.version), ("箇所", i.section), ("選択", i.text)), Ref(b.version, i, i.text)
        )
        for b, i in hits
    ]
    matched = [b for b in books if any(b is hit for hit, _ in hits)]
    words = "・".join(dict.fromkeys(o for _, o in plan.options))
    ja, en = f"「{words}」を選んでいる項目がある", f"choose 「{words}」 somewhere"
    return Tally(matched, (), books).found(plan, ja, en, rows)


def _choice(plan: Plan, namings: Sequence[Naming]) -> tuple[Place, str] | None:
    """The place and option meant: at a place the question names if it names one with that option."""
    ranked = {n.place.id: n.weight for n in namings}
    sections = {n.place.section: n.weight for n in reversed(namings)}
    blocks = {f"{n.place.section} {n.place.block}": n.weight for n in reversed(namings) if n.place.block}

    def weight(place: Place) -> float:
        near = 0.5 * sections.get(place.section, 0.0) + 0.2 * blocks.get(f"{place.section} {place.block}", 0.0)
        return ranked.get(place.id, 0.0) + near

    found = sorted(plan.options, key=lambda po: (-weight(po[0]), -len(po[1])))
    if not found or (weight(found[0][0]) < 1.5 and len({p.id for p, _ in found}) > 2):
        return None
    return found[0]


def _rows(book: Book, place: Place, hits: Sequence[Item]) -> list[TableRow]:
    found = []
    for item in hits:
        block = _block_cells(book, item) if item.block else []
        cells = (*document_cells(book.version), *file_cells(item), *block, (place.label, item.text))
        found.append(TableRow(book.version, cells, Ref(book.version, item, item.text)))
    return found


def file_cells(item: Item) -> list[tuple[str, str]]:
    """Which file an item of part II speaks of."""
    return [("ファイル", item.file)] if item.file and item.part == "II" else []


def _block_cells(book: Book, item: Item) -> list[tuple[str, str]]:
    """The block an item belongs to, by its title and by whom it is done."""
    head, number = re.sub(r"\d", "", item.block), re.sub(r"\D", "", item.block)
    kind = next((k for b, k in KIND_OF_BLOCK.items() if item.block.startswith(b)), "")
    for record in book.records.get(kind, ()):
        if str(record.number) == number and record.file_index == item.file_index:
            row = Row(book, record)
            title = row.cell("title").value or row.cell("content").value if kind == "contracts" else ""
            return [(head, title or item.block), (HEADS[kind], row.cell(KEY_COLUMN[kind]).value)]
    return [(head, item.block)]

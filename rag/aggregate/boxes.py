"""Documents in which a box that the question names is marked (内部監査を行っている自治体)."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.assessment import Item, Mark, Marking
from rag.aggregate.choices import place_said, stated_at
from rag.aggregate.denial import denies
from rag.aggregate.tally import Tally, document_cells
from rag.finding import Finding, Ref, TableRow
from rag.lookup.boxes import named_marks
from rag.lookup.items import gap_at, items_at
from rag.places import Naming
from rag.question import Plan
from rag.shelf import Book


def by_box(plan: Plan, books: Sequence[Book], namings: Sequence[Naming]) -> Finding | None:
    """Documents with the named box marked; None where the question names no box of the places it names."""
    groups = [n for n in namings if n.place.type == "boxes" and n.weight >= 3.0][:2]
    return next((found for n in groups if (found := _at(plan, books, n)) is not None), None)


def _at(plan: Plan, books: Sequence[Book], naming: Naming) -> Finding | None:
    wanted = Marking.UNMARKED if denies(plan) else Marking.MARKED
    rows: list[TableRow] = []
    matched, lost = [], []
    named: dict[str, None] = {}
    for book in books:
        items = stated_at(book, naming.place) or items_at(book, naming.place)
        marks = [(i, m) for i in items for m in named_marks(plan, i)]
        named.update((m.label, None) for _, m in marks)
        hits = [(i, m) for i, m in marks if m.marking is wanted]
        if wanted is Marking.UNMARKED and len(hits) < len(marks):
            hits = []  # marked for one of its files, or unreadable
        if hits:
            matched.append(book)
            several = len({i.file_index for i, _ in hits}) > 1
            rows += [_row(book, i, m, several) for i, m in hits]
        elif any(m.marking is Marking.UNREADABLE for _, m in marks) or (not items and gap_at(book, naming.place)):
            lost.append(book)
    if not named:
        return None
    where, boxes = place_said(naming.place), "・".join(named)
    ja, en = f"{where}で「{boxes}」に印がある", f"have 「{boxes}」 marked at {where}"
    if wanted is Marking.UNMARKED:
        ja, en = f"{where}で「{boxes}」に印がない", f"have 「{boxes}」 unmarked at {where}"
    return Tally(matched, lost, books).found(plan, ja, en, rows)


def _row(book: Book, item: Item, mark: Mark, several: bool) -> TableRow:
    """One marked box; `several`: with the file it speaks of, where the form repeats the boxes for each."""
    file = [("ファイル", item.file)] if several else []
    cells = (
        *document_cells(book.version),
        *file,
        ("箇所", item.section),
        ("印" if mark.marking is Marking.MARKED else "印なし", mark.label),
    )
    return TableRow(book.version, cells, Ref(book.version, item, mark.label))

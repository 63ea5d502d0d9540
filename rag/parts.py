"""A question narrowed to parts of the form (I … V, 別添2): what is looked at, what is said of the others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace

from ingest.assessment import Record, Stated
from rag import ways
from rag.shelf import Book
from rag.types import Answer, Filters, Status


def narrowed(ask: ways.Ask, filters: Filters) -> ways.Ask:
    """Only places, items and records of the parts that the person ticked."""
    if not filters.parts:
        return ask
    namings = tuple(n for n in ask.namings if n.place.part in filters.parts)
    return replace(ask, namings=namings, books=tuple(_part_of(book, filters.parts) for book in ask.books))


def noted(answer: Answer, filters: Filters) -> Answer:
    """What is not found in the parts that were ticked may stand in the others: the answer says so."""
    if not filters.parts or answer.status not in {Status.NOT_STATED, Status.OUT_OF_SCOPE}:
        return answer
    note = f"選んだ章({'、'.join(filters.parts)})だけを調べました。ほかの章に記載があるかもしれません。"
    return replace(answer, answer=f"{answer.answer}\n\n{note}")


def _sources(record: Record) -> set[str]:
    """Keys of the items that a record is read from."""
    cells = (getattr(record, f.name) for f in fields(record))
    return {cell.item for cell in cells if isinstance(cell, Stated) and cell.item}


def _part_of(book: Book, parts: Collection[str]) -> Book:
    """A book with the items, passages and records of some parts only; it can be cited as before."""
    items = tuple(item for item in book.items if item.part in parts)
    keys = {item.key for item in items}
    records = {kind: tuple(r for r in rows if keys.issuperset(_sources(r))) for kind, rows in book.records.items()}
    passages = tuple(p for p in book.passages if p.item.key in keys)
    return replace(book, items=items, by_key={i.key: i for i in items}, passages=passages, records=records)

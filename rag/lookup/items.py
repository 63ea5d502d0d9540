"""The items that stand at a place of the form, and why none do."""

from __future__ import annotations

from ingest.assessment import Item
from rag.places import Place
from rag.shelf import Book
from rag.terms import key


def items_at(book: Book, place: Place, text: str = "") -> list[Item]:
    """The items of a book at a place; equal texts of several files once.

    text  a question, as `key`: where it names a file, only that file's items
    """
    found: dict[tuple[str, str], Item] = {}
    named = {f for f in {i.file for i in book.items if i.file} if key(f) in text} if text else set()
    for item in book.items:
        if place.holds(item, book.version.form) and not (named and item.file and item.file not in named):
            found.setdefault((item.section, key(item.text) + item.state.value), item)
    return list(found.values())


def gap_at(book: Book, place: Place) -> str:
    """Why a place is missing from the source, "" where it is not known to be."""
    field = place.sub + place.name
    for section, reason in book.version.gaps:
        inside = bool(field) and section.startswith(place.section + " ") and section.endswith(field)
        if section in {place.part, place.section} or inside:
            return reason
    return ""


def where(place: Place) -> str:
    """`II.2 ⑤ 保有開始日`."""
    return place.id if place.name or not place.label else f"{place.id} {place.label}"

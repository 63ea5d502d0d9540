"""What a finding cites, each place with what belongs to it, so that words can be looked for side by side."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.assessment import Item, Kind
from rag.finding import Finding, Ref
from rag.shelf import Book
from rag.terms import key

#: Version and key of an item.
At = tuple[int, str]


def cited(found: Finding) -> list[Ref]:
    """All places of a finding: of its statements, then of its rows."""
    return [r for s in found.statements for r in s.refs] + [row.ref for row in found.rows]


def contexts(books: Sequence[Book], found: Finding) -> dict[At, str]:
    """Each cited item with what is told of it and around it, as `key`: a row with its block, a case as a whole."""
    told: dict[At, list[str]] = {}
    for statement in found.statements:
        for ref in statement.refs:
            words = told.setdefault((ref.version.id, ref.item.key), [])
            words += [statement.text, ref.text, " ".join(ref.item.path)]
    for row in found.rows:
        words = told.setdefault((row.version.id, row.ref.item.key), [" ".join(row.ref.item.path)])
        words += [cell for pair in row.cells for cell in pair]
    by_id = {b.version.id: b for b in books}
    return {at: key(" ".join((*words, *_around(by_id[at[0]], at[1])))) for at, words in told.items() if at[0] in by_id}


def _around(book: Book, item_key: str) -> list[str]:
    item = book.by_key.get(item_key)
    if item is None:
        return []
    if item.kind in {Kind.APPENDIX, Kind.HISTORY}:
        return [item.text, item.label, item.block]
    if not item.block:
        return [item.label]
    return [f"{i.path[-1] if i.path else ''} {i.text}" for i in book.items if _block(i) == _block(item)]


def _block(item: Item) -> tuple[str, str, str, int]:
    return item.part, item.number, item.block, item.file_index

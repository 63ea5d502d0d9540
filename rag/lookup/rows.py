"""Records of the opened documents as rows: which of them a question means, and how they stand in a table."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.assessment import Record, Stated
from rag.finding import Ref, TableRow
from rag.places import Naming, Place
from rag.shelf import Book
from rag.terms import Term, has, key
from rag.wording import BLANK, name, value_of

KIND_OF_BLOCK = {"委託事項": "contracts", "提供先": "provisions", "移転先": "transfers", "システム": "systems"}
BLOCK_OF_KIND = {kind: block for block, kind in KIND_OF_BLOCK.items()}
SECTION_OF_KIND = {"contracts": "II.4", "provisions": "II.5", "transfers": "II.5", "systems": "I.2"}
#: Columns of the table, and for each sub-item of a block the column that it is.
COLUMNS: dict[str, tuple[str, ...]] = {
    "contracts": ("title", "content", "contractor", "handlers", "subcontract"),
    "provisions": ("recipient", "purpose", "information", "means", "timing"),
    "transfers": ("recipient", "purpose", "information", "means", "timing"),
    "systems": ("name", "connections"),
}
KEY_COLUMN = {"contracts": "contractor", "provisions": "recipient", "transfers": "recipient", "systems": "name"}
_RECIPIENT = {
    "": "recipient",
    "①": "basis",
    "②": "purpose",
    "③": "information",
    "④": "people",
    "⑤": "scope",
    "⑥": "means",
    "⑦": "timing",
}
SUB_COLUMN: dict[str, dict[str, str]] = {
    "contracts": {
        "": "title",
        "①": "content",
        "②": "handlers",
        "③": "contractor",
        "④": "subcontract",
        "⑤": "permission",
        "⑥": "subcontracted",
    },
    "provisions": _RECIPIENT,
    "transfers": _RECIPIENT,
    "systems": {"": "name", "①": "name", "②": "functions", "③": "connections"},
}
#: Columns whose words tell rows apart; words in the first four weigh more, they name the row.
_TELLING = (
    *("title", "content", "recipient", "name"),
    *("contractor", "purpose", "information", "functions", "timing", "means", "scope", "connections", "subcontracted"),
)
#: A row is meant by its words when it has this share of the weight of the question's remaining words that rows have.
ROW_SHARE = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A record of a book. `folded`: all its cells, for matching words."""

    book: Book
    record: Record
    folded: str = ""

    def cell(self, column: str) -> Stated:
        """The cell of a column by its English name."""
        value: Stated = getattr(self.record, column)
        return value

    def ref(self, column: str) -> Ref | None:
        """The place that a cell is read from; None where the form has no text there."""
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
        cells = (getattr(record, f.name).value for f in dataclasses.fields(record) if "ja" in f.metadata)
        folded = key(" ".join(cells))
        found.setdefault((folded, record.number), Row(book, record, folded))
    return tuple(found.values())


def lost_rows(book: Book, kind: str) -> bool:
    """Whether the part of the form that holds these records is known to be lost, whole or in part."""
    return any(section.startswith(SECTION_OF_KIND[kind]) for section, _ in book.version.gaps)


def narrow(rows: Sequence[Row], terms: Sequence[Term]) -> list[Row]:
    """The rows that the remaining words of the question mean; all where the words tell none apart."""
    texts = {id(r): _words(r, _TELLING) for r in rows}
    heads = {id(r): _words(r, _TELLING[:4]) for r in rows}
    telling = [t for t in terms if len(key(t.surface)) > 1]
    useful = [t for t in telling if 0 < sum(has(t, texts[id(r)]) for r in rows) < len(rows)]
    if not useful:
        return list(rows)

    def score(row: Row) -> float:
        return sum(t.weight * (1.5 if has(t, heads[id(row)]) else 1.0) for t in useful if has(t, texts[id(row)]))

    scores = {id(r): score(r) for r in rows}
    best = max(scores.values())
    if best < ROW_SHARE * sum(t.weight for t in useful) and best < 2.5:
        return list(rows)
    return [r for r in rows if scores[id(r)] >= 0.75 * best]


def _words(row: Row, columns: Sequence[str]) -> str:
    return key(" ".join(row.cell(c).value for c in columns if hasattr(row.record, c)))


def asked_columns(kind: str, namings: Sequence[Naming]) -> list[str]:
    """The columns that the question names, surest first."""
    block = BLOCK_OF_KIND[kind]
    named = (n.place.sub for n in namings if n.place.block == block and n.place.sub and n.weight >= 2.0)
    found = dict.fromkeys(SUB_COLUMN[kind].get(sub, "") for sub in named)
    # the name of the contractor or recipient is in every question about its rows
    return sorted((c for c in found if c), key=lambda c: c == KEY_COLUMN[kind])


def column_of(place: Place) -> str:
    """The column of a record that a place is, or ""."""
    kind = KIND_OF_BLOCK.get(place.block)
    return SUB_COLUMN[kind].get(place.sub, "") if kind else ""


def heading(record: Record, column: str) -> str:
    """A column's heading in tables."""
    return next(str(f.metadata["ja"]) for f in dataclasses.fields(record) if f.name == column)


def table(rows: Sequence[Row], kind: str, asked: Sequence[str], several: bool) -> list[TableRow]:
    """The rows as shown, each with the place it is read from; `several`: with the document before them."""
    columns = [*COLUMNS[kind], *(c for c in asked if c not in COLUMNS[kind])]
    found = []
    for row in rows:
        shown = [(heading(row.record, c), value_of(row.cell(c).value, row.cell(c).state)) for c in columns]
        if kind == "contracts" and shown[0][1] == BLANK:
            shown = shown[1:]
        if kind in {"provisions", "transfers"}:
            shown[0] = (BLOCK_OF_KIND[kind], shown[0][1])
        if several:
            shown.insert(0, ("自治体・事務", name(row.book.version)))
        ref = first_ref(row, [*asked[:1], KEY_COLUMN[kind], "title", "content"])
        if ref is not None:
            found.append(TableRow(row.book.version, tuple(shown), ref))
    return found


def first_ref(row: Row, columns: Sequence[str]) -> Ref | None:
    """The place of the first of these columns that has one."""
    return next((r for c in columns if hasattr(row.record, c) and (r := row.ref(c))), None)

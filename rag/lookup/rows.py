"""Records of the opened documents as rows: which of them a question means, and how they stand in a table."""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.assessment import Record, Stated
from rag.finding import Ref, TableRow
from rag.lookup.columns import BLOCK_OF_KIND, COLUMNS, KEY_COLUMN, SECTION_OF_KIND, heading
from rag.shelf import Book
from rag.terms import Term, has, key
from rag.wording import BLANK, name, value_of

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
    """The records of a kind; rows of two files that are equal in every cell stand once, whatever their numbers."""
    return [row for book in books for row in _distinct(book, kind)]


def numbered_rows(books: Sequence[Book], kind: str, numbers: Sequence[int]) -> list[Row]:
    """The records of these numbers (委託事項2), of every file that has such a number; equal ones once."""
    found: dict[tuple[int, str, int], Row] = {}
    for row in (row for book in books for row in _rows(book, kind) if row.record.number in numbers):
        found.setdefault((row.book.version.id, row.folded, row.record.number), row)
    return list(found.values())


@functools.lru_cache(maxsize=2048)
def _rows(book: Book, kind: str) -> tuple[Row, ...]:
    return tuple(Row(book, record, _folded(record)) for record in book.records.get(kind, ()))


def _folded(record: Record) -> str:
    return key(" ".join(getattr(record, f.name).value for f in dataclasses.fields(record) if "ja" in f.metadata))


@functools.lru_cache(maxsize=2048)
def _distinct(book: Book, kind: str) -> tuple[Row, ...]:
    found: dict[tuple[str, int], Row] = {}
    times: Counter[tuple[str, int]] = Counter()
    for row in _rows(book, kind):
        times[row.folded, row.record.file_index] += 1  # equal rows of one file are two
        found.setdefault((row.folded, times[row.folded, row.record.file_index]), row)
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

"""What the ways of answering find, before it is worded: statements, rows and the places that say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.assessment import Item
from rag.types import Status, Version


@dataclass(frozen=True, slots=True)
class Ref:
    """A place that says something: `text` is the part of the item to be quoted."""

    version: Version
    item: Item
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an answer in Markdown, and the places that back it.

    bullet  0 a sentence, 1 an entry of a list, 2 a heading that is shown only with what follows it
    """

    text: str
    refs: tuple[Ref, ...] = ()
    bullet: int = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the document, (heading, value) cells and the place it is read from."""

    version: Version
    cells: tuple[tuple[str, str], ...]
    ref: Ref


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one way of answering.

    warnings               statements that are shown apart from the answer too
    matched … considered   documents that answer, whose place is lost, that were looked at
    by                     records or quotes: what the answer is made of
    """

    status: Status
    statements: tuple[Statement, ...] = ()
    rows: tuple[TableRow, ...] = ()
    warnings: tuple[Statement, ...] = ()
    matched: int = 0
    unreadable: int = 0
    considered: int = 0
    by: str = "records"
    suggestions: tuple[str, ...] = field(default=())

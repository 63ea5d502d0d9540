"""Compares one item over the documents of the catalog: what the command, the API and the page call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ingest.assessment import Item
from rag.compare.choices import choice_rows
from rag.compare.gaps import with_gaps
from rag.compare.holding import Holding
from rag.compare.item import ItemText, item_text, read_section, sections
from rag.compare.measured import measure_row, names
from rag.compare.measures import measures_of
from rag.compare.shared import national_rows, shared_rows
from rag.compare.table import Column, Comparison, Row
from rag.errors import BadQuestion, NotFound
from rag.places import FORM, normal
from rag.shelf import make_book
from rag.types import Version


class Reading(Protocol):
    """What is needed of the catalog."""

    def versions(self, document: str | None = None, current_only: bool = True) -> list[Version]:
        """Current versions, one a document."""

    def items(self, version_id: int) -> list[Item]:
        """Items in the order of the document."""

    def source(self, version_id: int) -> str:
        """The decoded text of the file."""


def compare(catalog: Reading, item: str, bodies: Sequence[str] = (), own: str = "") -> Comparison:
    """The comparison of an item over the current documents of the bodies, of all where none is named.

    bodies  municipalities or documents
    own     one's own municipality or document, whose gaps are marked; it comes first, even where it is not named

    Raises BadQuestion for an item that is not compared, NotFound for a body that is not collected.
    """
    section = read_section(item)
    versions = catalog.versions()
    if not versions:
        raise NotFound("評価書がまだ1件も収録されていません。hyoka load で読み込んでください。")
    ours = _of(versions, own) if own.strip() else []
    wanted = [v for name in bodies for v in _of(versions, name)] if bodies else versions
    chosen = list({v.id: v for v in (*ours, *wanted)}.values())
    texts = [_text(catalog, version, section) for version in chosen]
    owned = {v.id for v in ours}
    columns = tuple(Column(t.book.version, t.section, t.lost, t.excused, t.book.version.id in owned) for t in texts)
    rows, absent = _rows(section, texts)
    return Comparison(section, sections()[section], columns, with_gaps(rows, columns), absent, own.strip())


def _of(versions: Sequence[Version], name: str) -> list[Version]:
    """The documents of a body, by its name or their own."""
    wanted = normal(name).strip()
    if not wanted:
        raise BadQuestion("自治体の名前が空です。自治体の名前か、評価書のID(名前-番号)で指定してください。")
    found = [v for v in versions if wanted in {normal(v.document), normal(v.municipality), normal(v.body)}]
    if not found:
        raise NotFound(f"「{name}」の評価書は収録していません。hyoka list で収録しているものを確かめてください。")
    return found


def _text(catalog: Reading, version: Version, section: str) -> ItemText:
    items = tuple(catalog.items(version.id))
    return item_text(make_book(version, items, {}, catalog.source(version.id)), section)


def _rows(section: str, texts: Sequence[ItemText]) -> tuple[list[Row], tuple[str, ...]]:
    """All rows in order, and the names of the measures that no document speaks of."""
    every = measures_of(section)
    named = [measure_row(measure, texts) for measure in every]
    shown = [row for measure, row in zip(every, named, strict=True) if _spoken(row, measure.at[0] == section)]
    known = {id(s) for text in texts for s in text.sentences if any(names(m, s) for m in every)}
    rows = [*choice_rows(section, FORM, texts), *shown, *shared_rows(texts, known), *national_rows(texts)]
    return rows, tuple(row.name for row in named if row not in shown)


def _spoken(row: Row, own_place: bool) -> bool:
    """Whether any document speaks of a measure, at its own place also where only another item does."""
    spoken = {Holding.HAS, Holding.MENTIONED, Holding.NATIONAL}
    return any(cell.holding in spoken or (own_place and cell.elsewhere) for cell in row.cells)

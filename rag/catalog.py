"""The catalog: which versions of which assessments there are, and everything read from them. It is the truth.

Chroma and the lexical index are derived from it and carry its generation. `intake` writes, `serial` knows the shapes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingest.assessment import RECORD_KINDS, Chunk, Item, Kind, Record
from rag import database, intake, serial
from rag.errors import NotFound
from rag.kept_items import KeptItems
from rag.tables import chunks, items, records, state, versions
from rag.types import Version

#: SQLite takes some 32,000 values in a statement, PostgreSQL 65,535; long lists go in pieces of this size.
MAX_VALUES = 10_000
_VERSION_COLUMNS = [versions.c[name] for name in serial.VERSION_FIELDS]


class Catalog:
    """Reads and writes the catalog's database; safe to share between threads.

    Every method raises StoreError where the database cannot be read or written.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._kept_items = KeptItems()

    @classmethod
    def open(cls, url: str, home: Path) -> Catalog:
        """The catalog at the SQLAlchemy `url`, or in `home` where it is empty. See `database.open_engine`."""
        return cls(database.open_engine(url, home))

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()

    @property
    def engine(self) -> sa.Engine:
        """The database, for what is kept beside the catalog."""
        return self._engine

    @contextmanager
    def exclusive(self, timeout_s: float) -> Iterator[bool]:
        """Keeps writers on other machines out; yields False where that could not be had in time."""
        with database.exclusive(self._engine, timeout_s) as held:
            yield held

    def generation(self) -> int:
        """A number that grows by one with every document put or removed."""
        return int(self._scalar(sa.select(state.c.generation)))

    def encoder(self) -> str:
        """Name of the encoder that made the vectors of the index; "" before the first."""
        return str(self._scalar(sa.select(state.c.encoder)))

    def library(self) -> str:
        """A random name of this catalog, to keep its vectors apart on a shared Chroma server."""
        return str(self._scalar(sa.select(state.c.library)))

    def versions(self, document: str | None = None, current_only: bool = True) -> list[Version]:
        """Versions by document, newest 公表日 first."""
        query = sa.select(*_VERSION_COLUMNS)
        if document is not None:
            query = query.where(versions.c.document == document)
        if current_only:
            query = query.where(versions.c.current)
        found = [serial.version_from(row) for row in self._rows(query)]
        found.sort(key=lambda v: (v.published_on or dt.date.min, v.id), reverse=True)
        return sorted(found, key=lambda v: v.document)

    def version(self, document: str, as_of: dt.date | None = None) -> Version:
        """The current version of a document, or the one that was in force on the day `as_of`.

        Raises NotFound where the document is not collected or had not been published by then.
        """
        if as_of is None:
            found = self.versions(document)
        else:
            past = self.versions(document, current_only=False)
            found = [v for v in past if v.published_on and v.published_on <= as_of]
        if not found:
            day = f"の{as_of.year}年{as_of.month}月{as_of.day}日時点の版" if as_of else ""
            raise NotFound(f"評価書「{document}」{day}は収録していません。")
        return found[0]

    def version_by_id(self, version_id: int) -> Version:
        """The version with this id; raises NotFound."""
        rows = self._rows(sa.select(*_VERSION_COLUMNS).where(versions.c.id == version_id))
        if not rows:
            raise NotFound("その版は収録していません。置き換えられたか、削除された可能性があります。")
        return serial.version_from(rows[0])

    def current_ids(self) -> set[int]:
        """The ids of all current versions."""
        return {row["id"] for row in self._rows(sa.select(versions.c.id).where(versions.c.current))}

    def items(self, version_id: int, part: str | None = None, number: str | None = None) -> list[Item]:
        """The items of a version in the order of the form, of one part and number where they are given."""
        query = sa.select(items).where(items.c.version_id == version_id).order_by(items.c.position)
        if part is None and number is None:
            return self._kept_items.of(self.generation(), version_id, lambda: self._items(query))
        if part is not None:
            query = query.where(items.c.part == part)
        if number is not None:
            query = query.where(items.c.number == number)
        return self._items(query)

    def item(self, version_id: int, key: str) -> Item:
        """One item; raises NotFound."""
        rows = self._rows(sa.select(items).where(items.c.version_id == version_id, items.c.key == key))
        if not rows:
            raise NotFound(f"項目「{key}」はこの版にありません。")
        return serial.item_from(rows[0])

    def source(self, version_id: int) -> str:
        """The decoded text the version was read from; raises NotFound."""
        rows = self._rows(sa.select(versions.c.source).where(versions.c.id == version_id))
        if not rows:
            raise NotFound("その版は収録していません。置き換えられたか、削除された可能性があります。")
        return str(rows[0]["source"])

    def records(self, kind: str, version_ids: Sequence[int] | None = None) -> list[tuple[Version, Record]]:
        """All records of a kind with their versions, by document and in order; None = of current versions.

        Raises NotFound for a kind that is not in RECORD_KINDS.
        """
        if kind not in RECORD_KINDS:
            raise NotFound(f"「{kind}」という記録はありません。使えるもの: {', '.join(RECORD_KINDS)}")
        owners = {v.id: v for v in self.versions(current_only=version_ids is None)}
        wanted = list(owners) if version_ids is None else list(dict.fromkeys(version_ids))
        query = sa.select(records.c.version_id, records.c.body).where(records.c.kind == kind)
        rows = self._among(query, records.c.version_id, wanted, records.c.position)
        found: dict[int, list[Record]] = {}
        for row in rows:
            found.setdefault(row["version_id"], []).append(serial.record_from(kind, row["body"]))
        return [(owner, record) for owner in owners.values() for record in found.get(owner.id, [])]

    def chunks(self, keys: Sequence[str]) -> list[Chunk]:
        """The chunks with these keys in the order given; unknown keys are left out."""
        rows = self._among(sa.select(chunks.c.key, chunks.c.body), chunks.c.key, list(dict.fromkeys(keys)))
        found = {row["key"]: serial.chunk_from(row["body"]) for row in rows}
        return [found[key] for key in keys if key in found]

    def current_chunks(self) -> list[Chunk]:
        """The chunks of all current versions, by document and in order."""
        query = sa.select(chunks.c.body).join_from(chunks, versions).where(versions.c.current)
        rows = self._rows(query.order_by(versions.c.document, chunks.c.position))
        return [serial.chunk_from(row["body"]) for row in rows]

    def chunk_keys(
        self,
        version_ids: Sequence[int] | None = None,
        parts: Sequence[str] | None = None,
        kinds: Sequence[Kind] | None = None,
    ) -> list[str]:
        """Keys of the chunks of these versions (None = current ones), parts and kinds, in a stable order."""
        query = sa.select(chunks.c.key)
        if version_ids is None:
            query = query.join_from(chunks, versions).where(versions.c.current)
        if parts is not None:
            query = query.where(chunks.c.part.in_(parts))
        if kinds is not None:
            query = query.where(chunks.c.kind.in_([str(kind) for kind in kinds]))
        order = (chunks.c.version_id, chunks.c.position)
        if version_ids is None:
            return [row["key"] for row in self._rows(query.order_by(*order))]
        return [row["key"] for row in self._among(query, chunks.c.version_id, list(version_ids), *order)]

    def chunk_items(self, version_id: int) -> list[tuple[str, str]]:
        """Key and item key of each chunk of a version, in order."""
        query = sa.select(chunks.c.key, chunks.c.body["item"].as_string().label("item"))
        rows = self._rows(query.where(chunks.c.version_id == version_id).order_by(chunks.c.position))
        return [(row["key"], row["item"]) for row in rows]

    def chunk_owners(self, keys: Sequence[str]) -> dict[str, int]:
        """The id of the version that each of these chunks belongs to; unknown keys are left out."""
        rows = self._among(sa.select(chunks.c.key, chunks.c.version_id), chunks.c.key, keys)
        return {row["key"]: row["version_id"] for row in rows}

    def current_among(self, keys: Sequence[str]) -> set[str]:
        """Those of these chunk keys that belong to current versions."""
        query = sa.select(chunks.c.key).join_from(chunks, versions).where(versions.c.current)
        return {row["key"] for row in self._among(query, chunks.c.key, keys)}

    def chunk_digests(self) -> dict[str, str]:
        """Key and digest of every chunk of every version, in a stable order: what the derived indexes must hold."""
        query = sa.select(chunks.c.key, chunks.c.digest).order_by(chunks.c.version_id, chunks.c.position)
        return {row["key"]: row["digest"] for row in self._rows(query)}

    def decide(self, entry: intake.Entry) -> intake.Decision:
        """What `put` would do with the entry now."""
        with database.reading(self._engine) as connection:
            return intake.decide(connection, entry)

    def put(self, entry: intake.Entry) -> intake.Decision:
        """Takes the entry in, in one transaction, and says what became of it."""
        with database.writing(self._engine) as connection:
            decision = intake.decide(connection, entry)
            if decision.writes:
                intake.put(connection, entry, decision)
            return decision

    def remove(self, document: str, published: str | None = None) -> list[Version]:
        """Deletes a document, or one version of it, in one transaction; returns what was deleted.

        `published` is the 公表日 as printed or in ISO form. Raises NotFound where there is no such version.
        """
        gone = [v for v in self.versions(document, current_only=False) if published is None or _is_of(v, published)]
        if not gone:
            which = f"(公表日 {published})" if published else ""
            raise NotFound(f"評価書「{document}」{which}は収録していません。")
        with database.writing(self._engine) as connection:
            intake.withdraw(connection, document, [v.id for v in gone])
        return gone

    def set_encoder(self, name: str) -> None:
        """Notes which encoder made the vectors."""
        with database.writing(self._engine) as connection:
            connection.execute(sa.update(state).values(encoder=name))

    def _among(
        self, query: sa.Select[Any], column: sa.ColumnElement[Any], values: Sequence[Any], *order: sa.ColumnElement[Any]
    ) -> list[sa.RowMapping]:
        """Rows of `query` whose `column` is among `values`, which may be many."""
        pieces = (values[start : start + MAX_VALUES] for start in range(0, len(values), MAX_VALUES))
        return [row for piece in pieces for row in self._rows(query.where(column.in_(piece)).order_by(*order))]

    def _items(self, query: sa.Select[Any]) -> list[Item]:
        return [serial.item_from(row) for row in self._rows(query)]

    def _rows(self, query: sa.Select[Any]) -> list[sa.RowMapping]:
        with database.reading(self._engine) as connection:
            return list(connection.execute(query).mappings())

    def _scalar(self, query: sa.Select[Any]) -> Any:
        with database.reading(self._engine) as connection:
            return connection.execute(query).scalar_one()


def _is_of(version: Version, published: str) -> bool:
    iso = version.published_on.isoformat() if version.published_on else ""
    return published in (version.published, iso)

"""Writes one assessment into the catalog: prepares its rows, decides what becomes of it, puts or withdraws it.

It runs inside one transaction that `catalog` opens: after a kill a document is wholly there or wholly absent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ingest.assessment import Assessment, Chunk
from rag import serial
from rag.tables import chunks, items, records, state, versions

#: A copy with fewer items than this share of the registered ones, and more of the form missing, is a truncated one.
WHOLE = 0.8


@dataclass(frozen=True, slots=True)
class Entry:
    """An assessment as rows, ready to be written."""

    assessment: Assessment
    chunks: tuple[Chunk, ...]
    version: dict[str, Any]
    items: list[dict[str, Any]]
    records: list[dict[str, Any]]
    chunk_rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an entry: the outcome of `LoadedFile`, the versions it replaces, a Japanese remark."""

    outcome: str
    replaces: tuple[int, ...] = ()
    message: str = ""

    @property
    def writes(self) -> bool:
        """True where the catalog changes."""
        return self.outcome in ("added", "replaced", "older")


def prepare(assessment: Assessment, pieces: Sequence[Chunk], source_name: str) -> Entry:
    """The rows of an assessment and its chunks; ValueError where two chunks share a key."""
    version = serial.version_row(assessment, source_name, dt.datetime.now(dt.UTC))
    item_rows = [serial.item_row(item) for item in assessment.items]
    record_rows = [
        {"kind": serial.KIND_OF[type(record)], "position": position, "body": serial.record_body(record)}
        for position, record in enumerate(assessment.records)
    ]
    chunk_rows = [serial.chunk_row(chunk) for chunk in pieces]
    if len({row["key"] for row in chunk_rows}) < len(chunk_rows):
        raise ValueError("two chunks share a key")
    identity = {name: version[name] for name in version if name not in ("source", "source_name", "loaded_at")}
    version["reading"] = serial.reading_digest([identity, item_rows, record_rows, chunk_rows])
    return Entry(assessment, tuple(pieces), version, item_rows, record_rows, chunk_rows)


def decide(connection: sa.Connection, entry: Entry) -> Decision:
    """What `put` will do with the entry, given what the catalog holds.

    A version is identified by document and 公表日. An abridged sample gives way to the full document of that version,
    and so does a truncated copy.
    """
    rivals = _rivals(connection, entry)
    if not rivals:
        return _new_version(connection, entry)
    replaces = tuple(rival.id for rival in rivals)
    if any(rival.content_hash == entry.version["content_hash"] for rival in rivals):
        if any(rival.reading == entry.version["reading"] for rival in rivals):
            return Decision("unchanged", message="同じ内容が登録済みです。")
        return Decision("replaced", replaces, "内容は同じですが、読み取り方が新しくなったため置き換えました。")
    if entry.assessment.abridged_from and not all(rival.abridged_from for rival in rivals):
        return Decision("superseded", message="同じ版の全文が登録済みのため、抄録は使いません。")
    if not entry.assessment.abridged_from and all(rival.abridged_from for rival in rivals):
        return Decision("replaced", replaces, "抄録を全文に置き換えました。")
    fuller = next((rival for rival in rivals if _truncated(entry, rival)), None)
    if fuller:
        return Decision("superseded", message=_kept(entry, fuller))
    return Decision("replaced", replaces, "同じ公表日の版を、新しい内容に置き換えました。")


def _truncated(entry: Entry, rival: sa.Row[Any]) -> bool:
    """Whether the entry holds only a part of what is registered: cut off, damaged, or most of the form missing."""
    own, whole = entry.version, rival.abridged_from == ""
    if not whole or own["items"] >= rival.items:
        return False
    damaged = _damaged(own["gaps"]) and not _damaged(rival.gaps)
    # the last character may have been cut in two
    cut_off = rival.source.startswith(own["source"].rstrip()[:-1])
    return damaged or cut_off or (own["items"] < WHOLE * rival.items and len(own["gaps"]) > len(rival.gaps))


def _damaged(gaps: Sequence[Sequence[str]]) -> bool:
    """Whether the file as a whole lost something."""
    return any(gap[0] == "全体" for gap in gaps)


def _kept(entry: Entry, rival: sa.Row[Any]) -> str:
    document, published = entry.version["document"], entry.version["published"]
    return (
        f"途中で切れたファイルのようです(項目 {entry.version['items']}件、登録済みの同じ公表日の版は {rival.items}件)。"
        f"登録済みの版を残しました。原本と照らし、このファイルが正しければ、登録済みの版({document}、{published}公表)を"
        "hyoka remove で削除してから読み込み直してください。"
    )


def _rivals(connection: sa.Connection, entry: Entry) -> Sequence[sa.Row[Any]]:
    """The same version, and the same text read as another version by an older reader."""
    same_version = sa.and_(
        versions.c.document == entry.version["document"], versions.c.edition == entry.version["edition"]
    )
    same_text = versions.c.content_hash == entry.version["content_hash"]
    names = ("id", "content_hash", "reading", "abridged_from", "items", "gaps", "source")
    columns = [versions.c[name] for name in names]
    return connection.execute(sa.select(*columns).where(sa.or_(same_version, same_text))).all()


def _new_version(connection: sa.Connection, entry: Entry) -> Decision:
    rival = connection.execute(
        sa.select(versions.c.published, versions.c.published_on).where(
            versions.c.document == entry.version["document"], versions.c.current
        )
    ).first()
    if rival is None:
        return Decision("added")
    if _rank(rival.published_on) > _rank(entry.version["published_on"]):
        return Decision("older", message=f"より新しい版({rival.published}公表)があるため、過去の版として残しました。")
    return Decision("added", message=f"新しい版です。前の版({rival.published}公表)も残してあります。")


def put(connection: sa.Connection, entry: Entry, decision: Decision) -> None:
    """Writes the entry as decided, and moves the generation."""
    documents = {entry.version["document"]}
    if decision.replaces:
        gone = sa.select(versions.c.document).where(versions.c.id.in_(decision.replaces))
        documents.update(connection.execute(gone).scalars())
        _delete(connection, decision.replaces)
    inserted = connection.execute(sa.insert(versions).values(**entry.version, current=False))
    version_id = inserted.inserted_primary_key[0] if inserted.inserted_primary_key else 0
    for table, rows in ((items, entry.items), (records, entry.records), (chunks, entry.chunk_rows)):
        if rows:
            connection.execute(sa.insert(table), [{**row, "version_id": version_id} for row in rows])
    for document in documents:
        _choose_current(connection, document)
    _step(connection)


def withdraw(connection: sa.Connection, document: str, version_ids: Sequence[int]) -> None:
    """Deletes versions of one document; the newest that is left becomes current."""
    _delete(connection, version_ids)
    _choose_current(connection, document)
    _step(connection)


def _delete(connection: sa.Connection, version_ids: Sequence[int]) -> None:
    # Spelt out rather than left to the cascade, so that it holds where a database does not enforce foreign keys.
    for table in (items, records, chunks):
        connection.execute(sa.delete(table).where(table.c.version_id.in_(version_ids)))
    connection.execute(sa.delete(versions).where(versions.c.id.in_(version_ids)))


def _choose_current(connection: sa.Connection, document: str) -> None:
    """Marks the version with the newest 公表日 as current; of versions without a date, the one loaded last."""
    rows = connection.execute(
        sa.select(versions.c.id, versions.c.published_on).where(versions.c.document == document)
    ).all()
    if rows:
        newest = max(rows, key=lambda row: (_rank(row.published_on), row.id)).id
        connection.execute(
            sa.update(versions).where(versions.c.document == document).values(current=versions.c.id == newest)
        )


def _rank(published_on: dt.date | None) -> dt.date:
    return published_on or dt.date.min


def _step(connection: sa.Connection) -> None:
    connection.execute(sa.update(state).values(generation=state.c.generation + 1))

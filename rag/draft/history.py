"""Rows of drafts, their versions and changes, to value types and back. Used by `store`."""

from __future__ import annotations

import dataclasses
import datetime as dt
import zlib
from typing import Any

import sqlalchemy as sa

from rag.accounts.who import Who
from rag.draft import serial
from rag.draft.changes import Change, What
from rag.draft.kept import DraftEntry, DraftVersion, KeptChange, KeptDraft
from rag.draft.types import Draft
from rag.errors import NotFound, StoreError
from rag.ownership import visible
from rag.serial import Row, moment
from rag.tables import draft_changes, draft_versions, drafts


def no_draft() -> NotFound:
    """The fault of a draft that is not there."""
    return NotFound("その起案はありません。削除された可能性があります。起案の一覧から選び直してください。")


def must_be_seen(connection: sa.Connection, id: str, who: Who | None) -> None:
    """Raises NotFound for a draft that is not there, or not for this person."""
    if connection.execute(sa.select(drafts.c.id).where(drafts.c.id == id, visible(drafts, who))).scalar() is None:
        raise no_draft()


def current(connection: sa.Connection, id: str, who: Who | None, lock: bool = False) -> KeptDraft:
    """A draft as it stands; `lock` keeps other writers from it. Raises NotFound."""
    query = sa.select(drafts).where(drafts.c.id == id, visible(drafts, who))
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise no_draft()
    entry = entry_from(row)
    names = (f.name for f in dataclasses.fields(DraftEntry))
    return KeptDraft(draft=body(connection, id, entry.version), **{name: getattr(entry, name) for name in names})


def body(connection: sa.Connection, id: str, number: int) -> Draft:
    """The draft as it was in a version. Raises NotFound, StoreError."""
    own = (draft_versions.c.draft_id == id, draft_versions.c.number == number)
    stored = connection.execute(sa.select(draft_versions.c.body).where(*own)).scalar()
    if stored is None:
        raise NotFound(f"この起案に版 {number} はありません。版の一覧から選んでください。")
    try:
        return serial.from_json(zlib.decompress(stored))
    except zlib.error as error:
        raise StoreError(f"起案の版 {number} を読めません。版の一覧から、前の版に戻してください。") from error


def deflated(draft: Draft) -> bytes:
    """The body of a version."""
    return zlib.compress(serial.as_json(draft))


def touched_since(connection: sa.Connection, id: str, base: int) -> set[tuple[str, str]]:
    """Section and sentence of what was changed after a save."""
    columns = (draft_changes.c.section, draft_changes.c.sentence)
    query = sa.select(*columns).where(draft_changes.c.draft_id == id, draft_changes.c.save > base)
    return {(row.section, row.sentence) for row in connection.execute(query.distinct())}


def in_sitting(connection: sa.Connection, kept: KeptDraft, author: str, since: dt.datetime) -> bool:
    """Whether the newest version was begun by this author after `since`, by edits and nothing else."""
    if kept.author != author:
        return False
    own = (draft_versions.c.draft_id == kept.id, draft_versions.c.number == kept.version)
    row = connection.execute(sa.select(draft_versions.c.begun_at, draft_versions.c.origin).where(*own)).one()
    return not row.origin and moment(row.begun_at) >= since


def versions(connection: sa.Connection, id: str) -> list[DraftVersion]:
    """Newest first. Raises NotFound for a draft that is not there."""
    counted = (
        sa.select(sa.func.count())
        .select_from(draft_changes)
        .where(
            draft_changes.c.draft_id == draft_versions.c.draft_id, draft_changes.c.version == draft_versions.c.number
        )
        .correlate(draft_versions)
        .scalar_subquery()
    )
    columns = [c for c in draft_versions.c if c.name not in ("draft_id", "body")]
    query = sa.select(*columns, counted.label("changes")).where(draft_versions.c.draft_id == id)
    rows = connection.execute(query.order_by(draft_versions.c.number.desc())).mappings().all()
    if not rows:
        raise no_draft()
    return [
        DraftVersion(**{**row, "begun_at": moment(row["begun_at"]), "saved_at": moment(row["saved_at"])})
        for row in rows
    ]


def log(connection: sa.Connection, id: str, version: int | None, limit: int) -> list[KeptChange]:
    """Changes, newest first."""
    query = sa.select(draft_changes).where(draft_changes.c.draft_id == id)
    if version is not None:
        query = query.where(draft_changes.c.version == version)
    order = (draft_changes.c.save.desc(), draft_changes.c.position)
    return [_change_from(row) for row in connection.execute(query.order_by(*order).limit(limit)).mappings()]


def _change_from(row: Row) -> KeptChange:
    change = Change(row["section"], row["sentence"], What(row["what"]), row["before"], row["after"])
    return KeptChange(row["version"], row["author"], moment(row["changed_at"]), change)


def entry_from(row: Row) -> DraftEntry:
    """The entry of a row of `drafts`."""
    return DraftEntry(
        row["id"],
        row["title"],
        row["version"],
        row["saves"],
        row["author"],
        moment(row["created_at"]),
        moment(row["updated_at"]),
        row["owner"],
        row["shared"],
    )


def draft_row(kept: KeptDraft) -> dict[str, Any]:
    """A row of `drafts`."""
    names = ("id", "title", "version", "saves", "author", "created_at", "updated_at", "owner", "shared")
    return {name: getattr(kept, name) for name in names}


def version_row(kept: KeptDraft, at: dt.datetime, origin: str) -> dict[str, Any]:
    """A row of `draft_versions` for the draft as it stands."""
    return {
        "draft_id": kept.id,
        "number": kept.version,
        "author": kept.author,
        "begun_at": at,
        "saved_at": at,
        "origin": origin,
        "body": deflated(kept.draft),
    }


def change_row(kept: KeptDraft, position: int, change: Change) -> dict[str, Any]:
    """A row of `draft_changes` for a change that the newest save made."""
    return {
        "draft_id": kept.id,
        "save": kept.saves,
        "position": position,
        "version": kept.version,
        "author": kept.author,
        "changed_at": kept.updated_at,
        "section": change.section,
        "sentence": change.sentence,
        "what": change.what.value,
        "before": change.before,
        "after": change.after,
    }

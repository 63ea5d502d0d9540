"""Drafts as they are kept: beside the catalog, every version readable, every change with who made it.

An edit is a function of the draft. It is applied to the draft as it stands now, so that two people can work on
different sentences; where both changed the same one, the later is told and nothing is overwritten.
"""

from __future__ import annotations

import builtins
import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa

from rag import database
from rag.accounts.who import Who
from rag.draft import history
from rag.draft.changes import Change, changes
from rag.draft.entries import MAX_TITLE_CHARS, author_name, draft_title
from rag.draft.kept import DraftConflict, DraftEntry, DraftVersion, KeptChange, KeptDraft
from rag.draft.types import Draft
from rag.errors import NotFound
from rag.ownership import must_be_own, owner_id, visible
from rag.tables import draft_changes, draft_versions, drafts

#: Saves of one author within so long of the version's beginning share a version.
SITTING = dt.timedelta(minutes=5)

Edit = Callable[[Draft], Draft]


class Drafts:
    """Keeps drafts in the catalog's database; safe between threads. Methods raise StoreError where it fails.

    who   who reads and writes: their own and what is shared, which only its owner renames, shares and deletes;
          None: the terminal, all
    """

    def __init__(self, engine: sa.Engine, who: Who | None = None) -> None:
        self._engine = engine
        self._who = who

    def of(self, who: Who | None) -> Drafts:
        """The same as one person sees it."""
        return Drafts(self._engine, who)

    def start(self, draft: Draft, author: str = "", title: str = "") -> KeptDraft:
        """Keeps a new draft as its version 1. Raises BadEntry for a title or author that cannot be kept."""
        who, now = author_name(author), dt.datetime.now(dt.UTC)
        profile = draft.profile
        default = f"{profile.city or profile.body} {profile.duty}".strip()[:MAX_TITLE_CHARS]
        named = draft_title(title or default or "名前のない起案")
        kept = KeptDraft(secrets.token_hex(8), named, draft, 1, 1, who, now, now, owner_id(self._who))
        with database.writing(self._engine) as connection:
            connection.execute(sa.insert(drafts).values(**history.draft_row(kept)))
            connection.execute(sa.insert(draft_versions).values(**history.version_row(kept, now, "作成")))
        return kept

    def list(self, limit: int = 50, offset: int = 0) -> builtins.list[DraftEntry]:
        """Drafts without their texts, last saved first."""
        order = (drafts.c.updated_at.desc(), drafts.c.id)
        query = sa.select(drafts).where(visible(drafts, self._who)).order_by(*order).limit(limit).offset(offset)
        with database.reading(self._engine) as connection:
            return [history.entry_from(row) for row in connection.execute(query).mappings()]

    def get(self, id: str) -> KeptDraft:
        """One draft as it stands; raises NotFound."""
        with database.reading(self._engine) as connection:
            return history.current(connection, id, self._who)

    def edit(self, id: str, base: int, author: str, edit: Edit, origin: str = "") -> KeptDraft:
        """Applies an edit and keeps what becomes of it; an edit that changes nothing saves nothing.

        base    `saves` of the draft that the person saw
        origin  why a version of its own begins (版 3 に戻す); "" joins the author's sitting
        Raises DraftConflict where somebody changed the same sentence since; NotFound; whatever the edit raises.
        """
        who = author_name(author)
        with database.writing(self._engine) as connection:
            kept = history.current(connection, id, self._who, lock=True)
            touched = history.touched_since(connection, id, base)
            try:
                made = edit(kept.draft)
            except NotFound as gone:
                if touched:
                    raise DraftConflict(kept, None, ()) from gone
                raise
            done = changes(kept.draft, made)
            if made == kept.draft:
                return kept
            both = tuple(sorted({c.section for c in done if (c.section, c.sentence) in touched}))
            if both:
                raise DraftConflict(kept, made, both)
            return self._save(connection, kept, made, who, done, origin)

    def restore(self, id: str, number: int, base: int, author: str) -> KeptDraft:
        """Makes an earlier version the newest one; those between stay. Raises NotFound, DraftConflict."""
        old = self.version(id, number)
        return self.edit(id, base, author, lambda _: old, f"版 {number} に戻す")

    def rename(self, id: str, title: str) -> None:
        """Gives a draft another title. Raises NotFound, Forbidden, BadEntry."""
        self._change(id, title=draft_title(title))

    def share(self, id: str, shared: bool) -> None:
        """Lets everybody who drafts work on it, or its owner only. Raises NotFound, Forbidden."""
        self._change(id, shared=shared)

    def delete(self, id: str) -> None:
        """Deletes a draft with its versions and changes, from the file too; raises NotFound, Forbidden."""
        with database.writing(self._engine) as connection:
            self._own(connection, id)
            for table in (draft_changes, draft_versions):
                connection.execute(sa.delete(table).where(table.c.draft_id == id))
            connection.execute(sa.delete(drafts).where(drafts.c.id == id))
        database.wipe_log(self._engine)

    def versions(self, id: str) -> builtins.list[DraftVersion]:
        """The versions of a draft, newest first; raises NotFound."""
        with database.reading(self._engine) as connection:
            history.must_be_seen(connection, id, self._who)
            return history.versions(connection, id)

    def version(self, id: str, number: int) -> Draft:
        """A draft as it was in one of its versions; raises NotFound."""
        with database.reading(self._engine) as connection:
            history.must_be_seen(connection, id, self._who)
            return history.body(connection, id, number)

    def changes(self, id: str, version: int | None = None, limit: int = 500) -> builtins.list[KeptChange]:
        """Who changed what, newest first; those of one version where it is named. Raises NotFound."""
        with database.reading(self._engine) as connection:
            history.must_be_seen(connection, id, self._who)
            return history.log(connection, id, version, limit)

    def _own(self, connection: sa.Connection, id: str) -> None:
        history.must_be_seen(connection, id, self._who)
        must_be_own(connection, drafts, id, self._who)

    def _change(self, id: str, **values: object) -> None:
        with database.writing(self._engine) as connection:
            self._own(connection, id)
            connection.execute(sa.update(drafts).where(drafts.c.id == id).values(**values))

    def _save(
        self, connection: sa.Connection, old: KeptDraft, made: Draft, who: str, done: tuple[Change, ...], origin: str
    ) -> KeptDraft:
        now = dt.datetime.now(dt.UTC)
        sitting = not origin and history.in_sitting(connection, old, who, now - SITTING)
        kept = replace(
            old,
            draft=made,
            version=old.version if sitting else old.version + 1,
            saves=old.saves + 1,
            author=who,
            updated_at=now,
        )
        if sitting:
            own = (draft_versions.c.draft_id == kept.id, draft_versions.c.number == kept.version)
            values = {"saved_at": now, "body": history.deflated(made)}
            connection.execute(sa.update(draft_versions).where(*own).values(**values))
        else:
            connection.execute(sa.insert(draft_versions).values(**history.version_row(kept, now, origin)))
        connection.execute(sa.update(drafts).where(drafts.c.id == kept.id).values(**history.draft_row(kept)))
        rows = [history.change_row(kept, at, change) for at, change in enumerate(done)]
        if rows:
            connection.execute(sa.insert(draft_changes), rows)
        return kept

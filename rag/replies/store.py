"""Replies in the catalog's database, as one person sees and changes them.

Whatever is done names the text that was read; where another stands by now, nothing is done. Each method is one
transaction, with its line in the log of deeds (`rag.accounts.audit`), which holds ids only.
"""

from __future__ import annotations

import builtins
import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa

from rag import database
from rag.accounts import audit
from rag.accounts.who import Who
from rag.errors import BadEntry, Forbidden
from rag.guard import has_personal_number
from rag.replies import entries, rows
from rag.replies.moves import MOVES, RECORDED, may_delete, must_be_allowed
from rag.replies.similar import Likeness, alike, words_of
from rag.replies.types import Deed, Event, KeptReply, Person, ReplyEntry, Shelf, State, TextVersion
from rag.reply.types import Reply
from rag.tables import replies, reply_events, reply_texts

Clock = Callable[[], dt.datetime]
#: Earlier replies that are compared with one, the newest.
MAX_COMPARED = 2000


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Replies:
    """Replies as `who` sees them; safe between threads. Methods raise StoreError where the database fails."""

    def __init__(self, engine: sa.Engine, who: Who, clock: Clock = _now) -> None:
        self._engine = engine
        self._who = who
        self._clock = clock

    @property
    def _me(self) -> Person:
        return Person(self._who.id, self._who.name)

    def start(self, reply: Reply) -> KeptReply:
        """Keeps what was composed of a masked inquiry as a new draft. Raises BadEntry where it holds a 個人番号."""
        _refuse_numbers(reply)
        id, now = secrets.token_hex(8), self._clock()
        text = rows.text_of(reply, 1, now, self._me, Deed.START)
        event = Event(now, self._me, Deed.START, 1, State.DRAFT)
        entry = ReplyEntry(id, State.DRAFT, 1, self._me, now, now, reply.questions, reply.documents)
        with database.writing(self._engine) as connection:
            row = {"inquiry": reply.masked, "found": [list(f) for f in reply.found], "words": words_of(reply.questions)}
            connection.execute(sa.insert(replies).values(**row, **rows.entry_row(entry)))
            connection.execute(sa.insert(reply_texts).values(**rows.text_row(id, text)))
            connection.execute(sa.insert(reply_events).values(**rows.event_row(id, 1, event)))
            self._log(connection, Deed.START.value, id)
        return KeptReply(entry, reply.masked, reply.found, text, (text,), (event,))

    def list(self, shelf: Shelf | None = None, limit: int = 50, offset: int = 0) -> list[ReplyEntry]:
        """Replies without their texts, last touched first."""
        query = sa.select(replies).where(rows.visible(self._who))
        if shelf is not None:
            query = query.where(rows.on_shelf(shelf, self._who))
        query = query.order_by(replies.c.updated_at.desc(), replies.c.id).limit(limit).offset(offset)
        with database.reading(self._engine) as connection:
            return [rows.entry_from(row) for row in connection.execute(query).mappings()]

    def counts(self) -> dict[Shelf, int]:
        """How many replies stand on each shelf."""
        seen = sa.select(sa.func.count()).select_from(replies).where(rows.visible(self._who))
        with database.reading(self._engine) as connection:
            return {s: connection.execute(seen.where(rows.on_shelf(s, self._who))).scalar_one() for s in Shelf}

    def get(self, id: str) -> KeptReply:
        """One reply as it stands; raises NotFound."""
        with database.reading(self._engine) as connection:
            return rows.read(connection, id, self._who)

    def edit(self, id: str, read: int, letter: str) -> KeptReply:
        """Another text of the letter; a proposal or an approval falls with it. Raises as `do`."""

        def made(kept: KeptReply) -> TextVersion:
            published = "\n".join([*(v.letter for v in kept.versions), *(c.quote for c in kept.text.citations)])
            said = entries.letter(letter, kept.inquiry, published)
            return replace(kept.text, letter=said) if said != kept.text.letter.strip() else kept.text

        return self._retext(id, read, Deed.EDIT, made, letter)

    def compose(self, id: str, read: int, reply: Reply) -> KeptReply:
        """A text composed anew for the same inquiry. Raises as `do`."""
        _refuse_numbers(reply)
        return self._retext(
            id, read, Deed.COMPOSE, lambda kept: rows.text_of(reply, 0, kept.text.at, self._me, Deed.COMPOSE)
        )

    def do(self, id: str, deed: Deed, read: int, comment: str = "") -> KeptReply:
        """Proposes, takes back, returns, approves or sends the text that was `read`.

        comment   why it is returned
        Raises NotFound, Forbidden, ReplyConflict, BadEntry.
        """
        with database.writing(self._engine) as connection:
            kept = rows.read(connection, id, self._who, lock=True)
            must_be_allowed(self._who, kept, deed, read)
            said = ""
            if deed is Deed.RETURN:
                said = entries.comment(comment, kept.inquiry, kept.text.letter)
            return self._move(connection, kept, deed, said)

    def delete(self, id: str) -> None:
        """Deletes a reply with all its texts and events, from the file too. Raises NotFound, Forbidden."""
        with database.writing(self._engine) as connection:
            kept = rows.read(connection, id, self._who, lock=True)
            if not may_delete(self._who, kept.entry, kept.last(Deed.APPROVE) is not None):
                raise Forbidden(RECORDED)
            for table in (reply_events, reply_texts):
                connection.execute(sa.delete(table).where(table.c.reply_id == id))
            connection.execute(sa.delete(replies).where(replies.c.id == id))
            self._log(connection, "delete", id)
        database.wipe_log(self._engine)

    def alike(self, kept: KeptReply, limit: int = 3) -> builtins.list[tuple[Likeness, KeptReply]]:
        """Earlier replies whose questions and documents are like these, of those that may be seen; best first."""
        query = sa.select(replies).where(rows.visible(self._who), replies.c.id != kept.id)
        query = query.where(replies.c.created_at <= kept.created_at).order_by(replies.c.updated_at.desc())
        with database.reading(self._engine) as connection:
            found = connection.execute(query.limit(MAX_COMPARED)).mappings().all()
            best = alike(
                words_of(kept.entry.questions),
                kept.entry.documents,
                [(row["id"], row["words"], row["documents"]) for row in found],
                limit,
            )
            return [(likeness, rows.read(connection, likeness.reply, self._who)) for likeness in best]

    def _retext(
        self, id: str, read: int, deed: Deed, make: Callable[[KeptReply], TextVersion], mine: str = ""
    ) -> KeptReply:
        with database.writing(self._engine) as connection:
            kept = rows.read(connection, id, self._who, lock=True)
            must_be_allowed(self._who, kept, deed, read, mine)
            made = make(kept)
            if made is kept.text:
                return kept
            text = replace(made, number=kept.text.number + 1, at=self._clock(), by=self._me, deed=deed)
            connection.execute(sa.insert(reply_texts).values(**rows.text_row(id, text)))
            return self._move(connection, replace(kept, text=text, versions=(*kept.versions, text)), deed)

    def _move(self, connection: sa.Connection, kept: KeptReply, deed: Deed, comment: str = "") -> KeptReply:
        now, state = self._clock(), MOVES[deed].to
        event = Event(now, self._me, deed, kept.text.number, state, comment)
        entry = replace(kept.entry, state=state, version=kept.text.number, updated_at=now)
        values = {"state": state.value, "version": entry.version, "updated_at": now}
        connection.execute(sa.update(replies).where(replies.c.id == kept.id).values(**values))
        connection.execute(sa.insert(reply_events).values(**rows.event_row(kept.id, len(kept.events) + 1, event)))
        self._log(connection, deed.value, kept.id)
        return replace(kept, entry=entry, events=(*kept.events, event))

    def _log(self, connection: sa.Connection, what: str, id: str) -> None:
        audit.add(connection, self._clock(), self._who.id, f"reply.{what}", id)


def _refuse_numbers(reply: Reply) -> None:
    """The last door: a reply that still holds a 個人番号 is kept nowhere."""
    if any(map(has_personal_number, (reply.masked, reply.letter, *reply.questions))):
        raise BadEntry(entries.NUMBER.format(what="回答"))

"""Conversations: turns in their order, kept beside the catalog, with what was said of each answer.

`Answerer` hands each trace to `keep`. Nothing here moves the catalog's generation, and every write is one short
transaction, so that loading goes on.
"""

from __future__ import annotations

import builtins
import datetime as dt
import secrets

import sqlalchemy as sa

from rag import database, feedback, ownership, tables, titles, turns
from rag.accounts.who import Role, Who
from rag.errors import BadEntry, NotFound
from rag.feedback import REASONS, Feedback
from rag.tables import conversations
from rag.titles import Conversation
from rag.turns import KeptTurn
from rag.types import Past, Status, Trace

__all__ = ["REASONS", "Conversation", "Conversations", "Feedback", "KeptTurn"]

#: A follow-up looks back on so many turns.
PAST_TURNS = 6


class Conversations:
    """Keeps conversations in the catalog's database; safe to share between threads.

    who   who reads and writes: their own and what is shared, which only its owner changes; None: the terminal, all
    Every method raises StoreError where the database cannot be read or written.
    """

    def __init__(self, engine: sa.Engine, who: Who | None = None) -> None:
        self._engine = engine
        self._who = who

    def of(self, who: Who | None) -> Conversations:
        """The same as one person sees it."""
        return Conversations(self._engine, who)

    def start(self, title: str) -> Conversation:
        """A new conversation; without a title it takes its first question's."""
        now = dt.datetime.now(dt.UTC)
        made = Conversation(secrets.token_hex(8), titles.as_title(title), now, now, 0, ownership.owner_id(self._who))
        row = {"id": made.id, "created_at": now, "updated_at": now, "owner": made.owner, **titles.titled(made.title)}
        with database.writing(self._engine) as connection:
            connection.execute(sa.insert(conversations).values(**row))
        return made

    def list(self, search: str = "", limit: int = 50, offset: int = 0) -> list[Conversation]:
        """Conversations with a title or a turn, newest activity first.

        `search`: words that stand in the title, in questions or in answers; width and case do not count.
        """
        query = titles.listed(search).where(self._visible())
        order = (conversations.c.updated_at.desc(), conversations.c.created_at.desc(), conversations.c.id)
        with database.reading(self._engine) as connection:
            found = connection.execute(query.order_by(*order).limit(limit).offset(offset)).mappings()
            return [titles.conversation_from(row) for row in found]

    def get(self, id: str) -> Conversation:
        """One conversation; raises NotFound."""
        with database.reading(self._engine) as connection:
            return self._get(connection, id)

    def turns(self, id: str) -> builtins.list[KeptTurn]:
        """The turns that stand in a conversation, in order; raises NotFound."""
        self.get(id)
        with database.reading(self._engine) as connection:
            return turns.read(connection, turns.of_conversation(id))

    def past(self, id: str, before: str = "") -> tuple[Past, ...]:
        """What a follow-up in a conversation looks back on, oldest first; raises NotFound.

        before   a turn that is answered anew: only those before it count
        """
        stood = self.turns(id)
        end = next((n for n, turn in enumerate(stood) if turn.trace.id == before), len(stood))
        return tuple(Past(t.trace.standing, t.trace.answer) for t in stood[max(0, end - PAST_TURNS) : end])

    def keep(self, trace: Trace, conversation: str = "", replaces: str = "", owner: str = "") -> None:
        """Keeps the trace of an answer, in a conversation of the same `owner` where one is named.

        A refused one is not kept, nor is one whose conversation was deleted while it was made. `replaces` is the turn
        of the same conversation that was answered anew. An untitled conversation takes its first question as title.
        """
        if trace.answer.status is Status.REFUSED:
            return
        owner = owner or ownership.owner_id(self._who)
        with database.writing(self._engine) as connection:
            if conversation:
                own = sa.and_(conversations.c.id == conversation, conversations.c.owner == owner)
                # the lock keeps two turns from taking one position
                title = connection.execute(sa.select(conversations.c.title).where(own).with_for_update()).scalar()
                if title is None:
                    return
                named = {} if title else titles.titled(titles.as_title(trace.question))
                now = dt.datetime.now(dt.UTC)
                connection.execute(sa.update(conversations).where(own).values(updated_at=now, **named))
            turns.insert(connection, trace, conversation, replaces, owner)

    def rename(self, id: str, title: str) -> None:
        """Gives a conversation another title. Raises NotFound, BadEntry for an empty one or a personal number."""
        named = titles.as_title(title)
        if not named:
            raise BadEntry("会話の名前が空か、個人番号とみられる数字を含みます。別の名前を入力してください。")
        self._change(id, **titles.titled(named))

    def share(self, id: str, shared: bool) -> None:
        """Shows a conversation to everybody with an account, or to its owner only. Raises NotFound, Forbidden."""
        self._change(id, shared=shared)

    def delete(self, id: str) -> None:
        """Deletes a conversation with its turns and what was said of them, from the file too.

        Raises NotFound, Forbidden.
        """
        with database.writing(self._engine) as connection:
            self._own(connection, id)
            turns.delete_where(connection, tables.turns.c.conversation_id == id)
            connection.execute(sa.delete(conversations).where(conversations.c.id == id))
        database.wipe_log(self._engine)

    def turn(self, id: str) -> KeptTurn:
        """One turn, also one that was replaced; raises NotFound."""
        with database.reading(self._engine) as connection:
            return self._turn(connection, id)

    def own_turn(self, id: str) -> KeptTurn:
        """One turn of one's own; raises NotFound, Forbidden."""
        with database.reading(self._engine) as connection:
            return self._own_turn(connection, id)

    def must_be_own(self, id: str) -> None:
        """Raises Forbidden for a conversation that another shared, NotFound where there is none."""
        with database.reading(self._engine) as connection:
            self._own(connection, id)

    def forget(self, id: str) -> None:
        """Deletes one turn and those whose place it took, with what was said of them, from the file too.

        A conversation that had its title from them takes that of the first question left. Raises NotFound, Forbidden.
        """
        with database.writing(self._engine) as connection:
            gone = turns.at_place_of(connection, self._own_turn(connection, id))
            turns.delete_where(connection, tables.turns.c.id.in_([turn.trace.id for turn in gone]))
            left = turns.read(connection, turns.of_conversation(gone[0].conversation))
            title = titles.as_title(left[0].trace.question) if left else ""
            titled_by_them = sa.and_(
                conversations.c.id == gone[0].conversation,
                conversations.c.title.in_([titles.as_title(turn.trace.question) for turn in gone]),
            )
            connection.execute(sa.update(conversations).where(titled_by_them).values(**titles.titled(title)))
        database.wipe_log(self._engine)

    def recent(self, limit: int = 20) -> builtins.list[KeptTurn]:
        """The turns kept last, of all conversations and of none, newest first."""
        query = turns.selecting().where(ownership.visible_turns(self._who))
        query = query.order_by(tables.turns.c.asked_at.desc(), tables.turns.c.id).limit(limit)
        with database.reading(self._engine) as connection:
            return turns.read(connection, query)

    def say(self, turn: str, good: bool, reason: str = "", comment: str = "") -> Feedback:
        """Keeps what a person thinks of an answer, in the place of what was said before.

        Raises NotFound, Forbidden, BadEntry for an unknown reason and a comment that is too long or holds a personal
        number.
        """
        said = feedback.checked(turn, good, reason, comment)
        with database.writing(self._engine) as connection:
            self._own_turn(connection, turn)
            feedback.put(connection, said)
        return said

    def unsay(self, turn: str) -> None:
        """Takes back what was said of a turn, if anything. Raises NotFound, Forbidden."""
        with database.writing(self._engine) as connection:
            self._own_turn(connection, turn)
            feedback.withdraw(connection, turn)

    def feedbacks(self, only_bad: bool = False) -> builtins.list[tuple[Feedback, KeptTurn]]:
        """What was said, newest first, with the turns: by oneself, or by everybody for administrators."""
        query = turns.selecting().where(tables.feedback.c.turn_id.is_not(None))
        if self._who is not None and not self._who.may(Role.ADMINISTRATOR):
            query = query.where(tables.turns.c.owner == self._who.id)
        if only_bad:
            query = query.where(tables.feedback.c.good.is_(False))
        order = (tables.feedback.c.created_at.desc(), tables.feedback.c.turn_id)
        with database.reading(self._engine) as connection:
            found = turns.read(connection, query.order_by(*order))
        return [(turn.feedback, turn) for turn in found if turn.feedback]

    def mark_case(self, turn: str) -> None:
        """Notes that an evaluation case was made of what was said of a turn; raises NotFound."""
        with database.writing(self._engine) as connection:
            if self._who is not None and not self._who.may(Role.ADMINISTRATOR):
                self._own_turn(connection, turn)
            feedback.mark_case(connection, turn)

    def _visible(self) -> sa.ColumnElement[bool]:
        return ownership.visible(conversations, self._who)

    def _get(self, connection: sa.Connection, id: str) -> Conversation:
        query = titles.selecting().where(conversations.c.id == id, self._visible())
        row = connection.execute(query).mappings().first()
        if row is None:
            raise _no_conversation()
        return titles.conversation_from(row)

    def _own(self, connection: sa.Connection, id: str) -> None:
        self._get(connection, id)
        ownership.must_be_own(connection, conversations, id, self._who)

    def _change(self, id: str, **values: object) -> None:
        with database.writing(self._engine) as connection:
            self._own(connection, id)
            connection.execute(sa.update(conversations).where(conversations.c.id == id).values(**values))

    def _turn(self, connection: sa.Connection, id: str) -> KeptTurn:
        return turns.one(connection, id, ownership.visible_turns(self._who))

    def _own_turn(self, connection: sa.Connection, id: str) -> KeptTurn:
        found = self._turn(connection, id)
        ownership.must_be_own(connection, tables.turns, id, self._who)
        return found


def _no_conversation() -> NotFound:
    return NotFound("その会話はありません。削除された可能性があります。会話の一覧から選び直してください。")

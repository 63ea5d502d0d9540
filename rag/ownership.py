"""Whose things are: conditions by which stores show and change only what a person may see or has made.

`who` is None at the terminal, which holds the data anyway. What a person may not see is, for them, not there.
"""

from __future__ import annotations

import sqlalchemy as sa

from rag.accounts.who import LOCAL, Role, Who
from rag.errors import Forbidden
from rag.tables import conversations, feedback, turns

NOT_YOURS = "ほかの人が共有したものです。見ることはできますが、変えられるのは作った人だけです。"


def owner_id(who: Who | None) -> str:
    """Whose what `who` makes is."""
    return (who or LOCAL).id


def visible(table: sa.Table, who: Who | None) -> sa.ColumnElement[bool]:
    """Rows of a table with `owner` and `shared` that are one's own or shared."""
    return sa.true() if who is None else sa.or_(table.c.owner == who.id, table.c.shared)


def must_be_own(connection: sa.Connection, table: sa.Table, id: str, who: Who | None) -> None:
    """Raises Forbidden for a row that is another's; the caller has made sure that it is there and visible."""
    if who is None:
        return
    if connection.execute(sa.select(table.c.owner).where(table.c.id == id)).scalar() != who.id:
        raise Forbidden(NOT_YOURS)


def visible_turns(who: Who | None) -> sa.ColumnElement[bool]:
    """Turns of one's own, of shared conversations and, for administrators, those that feedback was given on."""
    if who is None:
        return sa.true()
    shared = sa.select(conversations.c.id).where(conversations.c.shared)
    seen = [turns.c.owner == who.id, turns.c.conversation_id.in_(shared)]
    if who.may(Role.ADMINISTRATOR):
        seen.append(turns.c.id.in_(sa.select(feedback.c.turn_id)))
    return sa.or_(*seen)

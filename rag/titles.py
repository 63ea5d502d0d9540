"""Conversations by their titles: how one is named, listed and found. Used by `conversations`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rag import serial, turns
from rag.guard import has_personal_number
from rag.tables import conversations
from rag.tables import turns as turn_rows

MAX_TITLE_CHARS = 60
MAX_SEARCH_CHARS = 200


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation. `turns`: how many stand in it. `title` is "" until its first turn is kept or it is named.

    `shared`: everybody with an account may see it, besides its `owner` (the id of a person).
    """

    id: str
    title: str
    created_at: dt.datetime
    updated_at: dt.datetime
    turns: int
    owner: str = "local"
    shared: bool = False


def as_title(text: str) -> str:
    """One line of at most MAX_TITLE_CHARS; "" where a personal number stands in it."""
    return "" if has_personal_number(text) else " ".join(serial.storable(text).split())[:MAX_TITLE_CHARS].strip()


def titled(title: str) -> dict[str, str]:
    """The columns that a title fills."""
    return {"title": title, "folded": turns.fold(title)}


def selecting() -> sa.Select[Any]:
    """All conversations with how many turns stand in each, to be narrowed and ordered."""
    return sa.select(conversations, _STANDING.label("turns"))


def listed(search: str) -> sa.Select[Any]:
    """Conversations with a title or a turn that hold each word of `search` in title, questions or answers."""
    query = selecting().where(sa.or_(conversations.c.title != "", _STANDING > 0))
    for word in turns.fold(search)[:MAX_SEARCH_CHARS].split():
        inside = sa.select(turn_rows.c.id).where(_OWN, turns.holds(word)).exists()
        query = query.where(sa.or_(conversations.c.folded.contains(word, autoescape=True), inside))
    return query


def conversation_from(row: serial.Row) -> Conversation:
    """The conversation of a row of `selecting`."""
    return Conversation(
        row["id"],
        row["title"],
        serial.moment(row["created_at"]),
        serial.moment(row["updated_at"]),
        row["turns"],
        row["owner"],
        row["shared"],
    )


_OWN = turn_rows.c.conversation_id == conversations.c.id
_STANDING = (
    sa.select(sa.func.count())
    .select_from(turn_rows)
    .where(_OWN, turn_rows.c.replaced_by == "")
    .correlate(conversations)
    .scalar_subquery()
)

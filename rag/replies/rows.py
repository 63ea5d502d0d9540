"""Rows of replies, their texts and events, to value types and back. Used by `store`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from rag.accounts.who import Role, Who
from rag.errors import NotFound
from rag.replies.types import Deed, Event, KeptReply, Person, ReplyEntry, Shelf, State, TextVersion
from rag.reply.types import Length, Reply, Variant
from rag.serial import Row, moment
from rag.tables import replies, reply_events, reply_texts
from rag.types import Checked, Citation, Status


def no_reply() -> NotFound:
    """The fault of a reply that is not there, or not for this person to see."""
    return NotFound("その回答はありません。削除されたか、見る権限がない可能性があります。一覧から選び直してください。")


def visible(who: Who) -> sa.ColumnElement[bool]:
    """One's own, and for approvers what was proposed and not taken back."""
    mine = replies.c.owner == who.id
    return sa.or_(mine, replies.c.state != State.DRAFT.value) if who.may(Role.APPROVER) else mine


def on_shelf(shelf: Shelf, who: Who) -> sa.ColumnElement[bool]:
    """The replies of a shelf, among those that are visible."""
    state = replies.c.state
    return {
        Shelf.MINE: sa.and_(replies.c.owner == who.id, state == State.DRAFT.value),
        Shelf.PROPOSED: state == State.PROPOSED.value,
        Shelf.RETURNED: state == State.RETURNED.value,
        Shelf.DONE: state.in_([State.APPROVED.value, State.SENT.value]),
    }[shelf]


def read(connection: sa.Connection, id: str, who: Who, lock: bool = False) -> KeptReply:
    """A reply as it stands; `lock` keeps other writers from it. Raises NotFound."""
    query = sa.select(replies).where(replies.c.id == id, visible(who))
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise no_reply()
    own = sa.select(reply_texts).where(reply_texts.c.reply_id == id).order_by(reply_texts.c.number)
    versions = tuple(text_from(text) for text in connection.execute(own).mappings())
    done = sa.select(reply_events).where(reply_events.c.reply_id == id).order_by(reply_events.c.position)
    events = tuple(event_from(event) for event in connection.execute(done).mappings())
    found = tuple((kind, count) for kind, count in row["found"])
    return KeptReply(entry_from(row), row["inquiry"], found, versions[-1], versions, events)


def entry_from(row: Row) -> ReplyEntry:
    """The reply that a row of `replies` speaks of."""
    return ReplyEntry(
        row["id"],
        State(row["state"]),
        row["version"],
        Person(row["owner"], row["owner_name"]),
        moment(row["created_at"]),
        moment(row["updated_at"]),
        tuple(row["questions"]),
        tuple(row["documents"]),
    )


def entry_row(entry: ReplyEntry) -> dict[str, Any]:
    """An entry as a row of `replies`, without the inquiry."""
    return {
        "id": entry.id,
        "state": entry.state.value,
        "version": entry.version,
        "owner": entry.author.id,
        "owner_name": entry.author.name,
        "created_at": entry.created_at,
        "updated_at": entry.updated_at,
        "questions": [*entry.questions],
        "documents": [*entry.documents],
    }


def text_of(reply: Reply, number: int, at: dt.datetime, by: Person, deed: Deed) -> TextVersion:
    """What was composed, as a text of a letter."""
    return TextVersion(
        number,
        at,
        by,
        deed,
        reply.letter,
        reply.citations,
        reply.desk,
        reply.status,
        reply.variant,
        reply.length,
        reply.composed_by,
        reply.model,
        reply.checked,
        reply.prompts,
        reply.notice,
    )


def text_row(reply: str, text: TextVersion) -> dict[str, Any]:
    """A text as a row of `reply_texts`."""
    return {
        "reply_id": reply,
        "number": text.number,
        "at": text.at,
        "who": text.by.id,
        "name": text.by.name,
        "deed": text.deed.value,
        "letter": text.letter,
        "citations": [dataclasses.asdict(c) for c in text.citations],
        "made": {
            "desk": text.desk,
            "status": text.status.value,
            "variant": text.variant.value,
            "length": text.length.value,
            "composed_by": text.composed_by,
            "model": text.model,
            "checked": dataclasses.asdict(text.checked) if text.checked else None,
            "prompts": [list(prompt) for prompt in text.prompts],
            "notice": text.notice,
        },
    }


def text_from(row: Row) -> TextVersion:
    """The text that `text_row` was made of."""
    made: Mapping[str, Any] = row["made"]
    return TextVersion(
        row["number"],
        moment(row["at"]),
        Person(row["who"], row["name"]),
        Deed(row["deed"]),
        row["letter"],
        tuple(Citation(**c) for c in row["citations"]),
        made["desk"],
        Status(made["status"]),
        Variant(made["variant"]),
        Length(made["length"]),
        made["composed_by"],
        made["model"],
        Checked(**made["checked"]) if made["checked"] else None,
        tuple((name, digest) for name, digest in made["prompts"]),
        made["notice"],
    )


def event_row(reply: str, position: int, event: Event) -> dict[str, Any]:
    """An event as a row of `reply_events`."""
    return {
        "reply_id": reply,
        "position": position,
        "at": event.at,
        "who": event.by.id,
        "name": event.by.name,
        "deed": event.deed.value,
        "version": event.version,
        "state": event.state.value,
        "comment": event.comment,
    }


def event_from(row: Row) -> Event:
    """The event that `event_row` was made of."""
    return Event(
        moment(row["at"]),
        Person(row["who"], row["name"]),
        Deed(row["deed"]),
        row["version"],
        State(row["state"]),
        row["comment"],
    )

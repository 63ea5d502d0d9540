"""Sessions on the server, as rows of `sessions`: ended by the clock, by their owner or by an administrator."""

from __future__ import annotations

import builtins
import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from rag import serial
from rag.accounts import people
from rag.accounts.people import Person
from rag.accounts.secret import digest, new_id, new_secret
from rag.tables import sessions, users

#: Looking at a page is written down this often at most.
SEEN_EVERY = dt.timedelta(seconds=60)
MAX_CLIENT_CHARS = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts: since it was last used, and since it began."""

    idle: dt.timedelta = dt.timedelta(hours=1)
    absolute: dt.timedelta = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """A session. `client`: what the browser said of itself."""

    id: str
    person: Person
    created_at: dt.datetime
    seen_at: dt.datetime
    client: str


def begin(connection: sa.Connection, person: str, client: str, now: dt.datetime) -> str:
    """Begins a session and returns its secret, of which only the digest is kept."""
    secret = new_secret()
    connection.execute(
        sa.insert(sessions).values(
            digest=digest(secret),
            id=new_id(),
            user_id=person,
            created_at=now,
            seen_at=now,
            client=serial.storable(client)[:MAX_CLIENT_CHARS],
        )
    )
    return secret


def of_secret(connection: sa.Connection, secret: str, limits: Limits, now: dt.datetime) -> Session | None:
    """The session of a secret, where it stands and its owner is not disabled."""
    query = _selecting().where(sessions.c.digest == digest(secret), users.c.disabled.is_(False))
    row = connection.execute(query).mappings().first()
    found = _session_from(row) if row is not None else None
    return found if found and _stands(found, limits, now) else None


def is_due(session: Session, now: dt.datetime) -> bool:
    """Whether its use is to be written down again."""
    return now - session.seen_at >= SEEN_EVERY


def touch(connection: sa.Connection, id: str, now: dt.datetime) -> None:
    """Writes down that a session is used."""
    connection.execute(sa.update(sessions).where(sessions.c.id == id).values(seen_at=now))


def of_person(connection: sa.Connection, person: str, limits: Limits, now: dt.datetime) -> builtins.list[Session]:
    """The sessions of a person that stand, last used first."""
    rows = connection.execute(
        _selecting().where(sessions.c.user_id == person).order_by(sessions.c.seen_at.desc())
    ).mappings()
    return [found for found in map(_session_from, rows) if _stands(found, limits, now)]


def end(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> int:
    """Ends the sessions that meet all conditions; returns how many."""
    return connection.execute(sa.delete(sessions).where(*conditions)).rowcount


def end_old(connection: sa.Connection, limits: Limits, now: dt.datetime) -> None:
    """Ends those whose time is over."""
    over = sa.or_(sessions.c.created_at <= now - limits.absolute, sessions.c.seen_at <= now - limits.idle)
    end(connection, over)


def _stands(session: Session, limits: Limits, now: dt.datetime) -> bool:
    return now < session.created_at + limits.absolute and now < session.seen_at + limits.idle


def _selecting() -> sa.Select[tuple[object, ...]]:
    own = [
        sessions.c.id.label("session"),
        sessions.c.created_at.label("begun_at"),
        sessions.c.seen_at,
        sessions.c.client,
    ]
    return sa.select(users, *own).join_from(sessions, users)


def _session_from(row: serial.Row) -> Session:
    person = people.person_from(row)
    return Session(row["session"], person, serial.moment(row["begun_at"]), serial.moment(row["seen_at"]), row["client"])

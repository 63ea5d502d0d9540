"""Keys that a person makes for programs (Bearer tokens), as rows of `api_keys`: shown once, ended by clock or hand."""

from __future__ import annotations

import builtins
import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from rag import serial
from rag.accounts import people
from rag.accounts.people import Person
from rag.accounts.secret import digest, new_id, new_secret
from rag.errors import BadEntry, NotFound
from rag.guard import has_personal_number
from rag.tables import api_keys, users

#: So that a key that went astray can be recognised.
PREFIX = "hyoka_"
MAX_NAME_CHARS = 60
MAX_KEYS = 20
DAYS = (30, 90, 365)
USED_EVERY = dt.timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Key:
    """A key, without its secret."""

    id: str
    name: str
    person: Person
    created_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None


def make(connection: sa.Connection, person: str, name: str, days: int, now: dt.datetime) -> tuple[str, str]:
    """Makes a key; returns its id and its secret, which is not kept. Raises BadEntry."""
    named = " ".join(serial.storable(name).split())
    if not named or len(named) > MAX_NAME_CHARS or has_personal_number(named):
        raise BadEntry(f"トークンの名前を、使い道が分かる{MAX_NAME_CHARS}文字以内の言葉で入力してください。")
    if days not in DAYS:
        raise BadEntry(f"期限は {'、'.join(map(str, DAYS))} 日から選んでください。")
    connection.execute(sa.delete(api_keys).where(api_keys.c.user_id == person, api_keys.c.expires_at <= now))
    mine = sa.select(sa.func.count()).select_from(api_keys).where(api_keys.c.user_id == person)
    if (connection.execute(mine).scalar() or 0) >= MAX_KEYS:
        raise BadEntry(f"トークンは{MAX_KEYS}個までです。使っていないものを無効にしてください。")
    id, secret = new_id(), new_secret(PREFIX)
    times = {"created_at": now, "expires_at": now + dt.timedelta(days=days)}
    connection.execute(sa.insert(api_keys).values(id=id, digest=digest(secret), user_id=person, name=named, **times))
    return id, secret


def of_secret(connection: sa.Connection, secret: str, now: dt.datetime) -> Key | None:
    """The key of a secret, where it stands and its owner is not disabled."""
    query = _selecting().where(api_keys.c.digest == digest(secret), users.c.disabled.is_(False))
    row = connection.execute(query).mappings().first()
    found = _key_from(row) if row is not None else None
    return found if found and now < found.expires_at else None


def is_due(key: Key, now: dt.datetime) -> bool:
    """Whether its use is to be written down again."""
    return key.used_at is None or now - key.used_at >= USED_EVERY


def touch(connection: sa.Connection, id: str, now: dt.datetime) -> None:
    """Writes down that a key is used."""
    connection.execute(sa.update(api_keys).where(api_keys.c.id == id).values(used_at=now))


def of_person(connection: sa.Connection, person: str, now: dt.datetime) -> builtins.list[Key]:
    """The keys of a person that stand, newest first."""
    mine = _selecting().where(api_keys.c.user_id == person, api_keys.c.expires_at > now)
    return [_key_from(row) for row in connection.execute(mine.order_by(api_keys.c.created_at.desc())).mappings()]


def revoke(connection: sa.Connection, person: str, id: str) -> None:
    """Ends a key of a person; raises NotFound."""
    mine = (api_keys.c.user_id == person, api_keys.c.id == id)
    if not connection.execute(sa.delete(api_keys).where(*mine)).rowcount:
        raise NotFound("そのトークンはありません。すでに無効にした可能性があります。")


def revoke_all(connection: sa.Connection, person: str) -> None:
    """Ends all keys of a person."""
    connection.execute(sa.delete(api_keys).where(api_keys.c.user_id == person))


def _selecting() -> sa.Select[tuple[object, ...]]:
    own = [api_keys.c.id.label("key"), api_keys.c.name.label("called"), api_keys.c.created_at.label("made_at")]
    return sa.select(users, *own, api_keys.c.expires_at, api_keys.c.used_at).join_from(api_keys, users)


def _key_from(row: serial.Row) -> Key:
    return Key(
        row["key"],
        row["called"],
        people.person_from(row),
        serial.moment(row["made_at"]),
        serial.moment(row["expires_at"]),
        serial.moment(row["used_at"]) if row["used_at"] else None,
    )

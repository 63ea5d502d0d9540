"""What the doors to the accounts share: database, clock, the log, sessions begun and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import sqlalchemy as sa

from rag import database, tables
from rag.accounts import audit, links, lockout, people, sessions
from rag.accounts.passwords import Passwords
from rag.accounts.people import Person
from rag.accounts.secret import digest
from rag.accounts.sessions import Limits

Clock = Callable[[], dt.datetime]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Register:
    """The accounts' tables. `limits` of sessions; `clock` gives the present in UTC."""

    def __init__(
        self, engine: sa.Engine, limits: Limits | None = None, passwords: Passwords | None = None, clock: Clock = _now
    ) -> None:
        self._engine = engine
        self._limits = limits or Limits()
        self._passwords = passwords or Passwords()
        self._clock = clock

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return database.reading(self._engine)

    def _writing(self) -> AbstractContextManager[sa.Connection]:
        return database.writing(self._engine)

    def _log(self, connection: sa.Connection, who: str, what: str, object: str = "", detail: str = "") -> None:
        audit.add(connection, self._clock(), who, what, object, detail)

    def _begin(self, connection: sa.Connection, person: str, client: str, former: str, what: str) -> str:
        now = self._clock()
        sessions.end_old(connection, self._limits, now)
        if former:
            sessions.end(connection, tables.sessions.c.digest == digest(former))
        people.change(connection, person, signed_in_at=now)
        self._log(connection, person, what)
        return sessions.begin(connection, person, client, now)

    def _set_password(self, connection: sa.Connection, person: Person, kept: str) -> None:
        people.change(connection, person.id, password=kept, must_change=False)
        self._throw_out(connection, person.id)
        links.void(connection, person.id)
        lockout.forget(connection, person.name)

    def _throw_out(self, connection: sa.Connection, person: str) -> None:
        sessions.end(connection, tables.sessions.c.user_id == person)

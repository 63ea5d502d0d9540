"""Failed sign-ins, counted by name, whether there is such a person or not, so that nothing can be learned from it.

From the fifth failure on the name is locked, twice as long each time, for a quarter of an hour at most: guessing is
hopeless, and whoever wants to lock out somebody else has to go on doing it.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from rag import serial
from rag.accounts.people import folded_name
from rag.accounts.secret import digest
from rag.tables import attempts

FREE = 5
FIRST = dt.timedelta(seconds=30)
LONGEST = dt.timedelta(minutes=15)
#: Failures older than this are forgotten.
FORGOTTEN = dt.timedelta(hours=24)


def locked_for(connection: sa.Connection, name: str, now: dt.datetime) -> dt.timedelta:
    """How long a name stays locked; zero where it is not."""
    row = _row(connection, name)
    until = row["locked_until"] if row is not None else None
    return max(serial.moment(until) - now, dt.timedelta()) if until else dt.timedelta()


def fail(connection: sa.Connection, name: str, now: dt.datetime) -> bool:
    """Counts a failure; True where it locks the name."""
    connection.execute(sa.delete(attempts).where(attempts.c.failed_at <= now - FORGOTTEN))
    row = _row(connection, name)
    failures = (row["failures"] if row is not None else 0) + 1
    locks = failures >= FREE
    wait = min(FIRST * 2 ** min(failures - FREE, 10), LONGEST) if locks else dt.timedelta()
    values = {"failures": failures, "failed_at": now, "locked_until": now + wait if locks else None}
    if row is None:
        connection.execute(sa.insert(attempts).values(name=_key(name), **values))
    else:
        connection.execute(sa.update(attempts).where(attempts.c.name == _key(name)).values(**values))
    return locks


def forget(connection: sa.Connection, name: str) -> None:
    """Starts anew after a success, or where an administrator says so."""
    connection.execute(sa.delete(attempts).where(attempts.c.name == _key(name)))


def _row(connection: sa.Connection, name: str) -> serial.Row | None:
    return connection.execute(sa.select(attempts).where(attempts.c.name == _key(name))).mappings().first()


def _key(name: str) -> str:
    """People type passwords into the field of the name: it is not kept as it is."""
    return digest(folded_name(name))

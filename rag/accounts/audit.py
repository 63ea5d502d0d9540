"""Who did what when, on which object: rows that are added and never changed; the database refuses anything else.

No question, no text and no name of anybody stands in it, only ids and words of this program.
"""

from __future__ import annotations

import builtins
import datetime as dt
import re
from dataclasses import dataclass

import sqlalchemy as sa

from rag import serial
from rag.tables import audit

MAX_OBJECT_CHARS = 200
#: Words of this program: sign_in, viewer→drafter.
WORD = re.compile(r"[A-Za-z0-9_.→-]{0,80}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `who` is the id of a person, "" where nobody was signed in."""

    id: int
    at: dt.datetime
    who: str
    what: str
    object: str
    detail: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines are wanted; empty fields do not count. `until` is the first day that does not count."""

    who: str = ""
    what: str = ""
    object: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def add(connection: sa.Connection, at: dt.datetime, who: str, what: str, object: str = "", detail: str = "") -> None:
    """Adds a line. `what` and `detail` are words of this program, never a person's; raises ValueError otherwise."""
    if not (WORD.fullmatch(what) and WORD.fullmatch(detail)):
        raise ValueError("the log takes words of this program only")
    kept = serial.storable(object)[:MAX_OBJECT_CHARS]
    connection.execute(sa.insert(audit).values(at=at, who=who, what=what, object=kept, detail=detail))


def entries(connection: sa.Connection, sought: Sought, limit: int = 100, offset: int = 0) -> builtins.list[Entry]:
    """Lines of the log, newest first."""
    query = sa.select(audit).where(*_conditions(sought)).order_by(audit.c.id.desc()).limit(limit).offset(offset)
    return [_entry_from(row) for row in connection.execute(query).mappings()]


def kinds(connection: sa.Connection) -> builtins.list[str]:
    """The kinds of deeds that stand in the log."""
    return list(connection.execute(sa.select(audit.c.what).distinct().order_by(audit.c.what)).scalars())


def _conditions(sought: Sought) -> builtins.list[sa.ColumnElement[bool]]:
    named = (("who", sought.who), ("what", sought.what), ("object", sought.object))
    found: builtins.list[sa.ColumnElement[bool]] = [audit.c[column] == value for column, value in named if value]
    if sought.since:
        found.append(audit.c.at >= sought.since)
    if sought.until:
        found.append(audit.c.at < sought.until)
    return found


def _entry_from(row: serial.Row) -> Entry:
    return Entry(row["id"], serial.moment(row["at"]), row["who"], row["what"], row["object"], row["detail"])

"""One-time links, as rows of `links`: for the first administrator, and for setting a password. Used once or expired."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from rag import serial
from rag.accounts.secret import digest, new_secret
from rag.errors import NotFound
from rag.tables import links

#: How long a link for a password, and one for the first administrator, can be used.
LASTS = dt.timedelta(hours=72)
FIRST_LASTS = dt.timedelta(hours=24)

SPENT = "このリンクは使えません。使用済みか、期限が切れています。管理者に新しいリンクを頼んでください。"


@dataclass(frozen=True, slots=True)
class Link:
    """A link that can be used. `person` is "" for the first administrator's."""

    person: str
    expires_at: dt.datetime

    @property
    def first(self) -> bool:
        """Whether it is for the first administrator."""
        return not self.person


def make(connection: sa.Connection, person: str, now: dt.datetime) -> str:
    """A new link's secret; earlier links of the same person ("" for the first administrator) end."""
    void(connection, person)
    secret = new_secret()
    expires_at = now + (LASTS if person else FIRST_LASTS)
    values = {"user_id": person or None, "created_at": now, "expires_at": expires_at}
    connection.execute(sa.insert(links).values(digest=digest(secret), **values))
    return secret


def void(connection: sa.Connection, person: str) -> None:
    """Ends the links of a person, or the first administrator's for ""."""
    connection.execute(sa.delete(links).where(links.c.user_id == person if person else links.c.user_id.is_(None)))


def look(connection: sa.Connection, secret: str, now: dt.datetime) -> Link:
    """The link of a secret, which stays usable. Raises NotFound."""
    row = connection.execute(sa.select(links).where(links.c.digest == digest(secret))).mappings().first()
    if row is None or now >= serial.moment(row["expires_at"]):
        raise NotFound(SPENT)
    return Link(row["user_id"] or "", serial.moment(row["expires_at"]))


def use(connection: sa.Connection, secret: str, now: dt.datetime) -> Link:
    """The link of a secret, which it ends. Raises NotFound."""
    link = look(connection, secret, now)
    if not connection.execute(sa.delete(links).where(links.c.digest == digest(secret))).rowcount:
        raise NotFound(SPENT)  # somebody used it just now
    return link

"""People with an account, as rows of `users`. They are never deleted, so that the log can always name them."""

from __future__ import annotations

import builtins
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rag import serial
from rag.accounts.secret import new_id
from rag.accounts.who import Role, Who
from rag.errors import BadEntry, NotFound
from rag.guard import has_personal_number
from rag.tables import users

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
MAX_DISPLAY_CHARS = 60


@dataclass(frozen=True, slots=True)
class Person:
    """An account. `name` is what one signs in with, `display` what others see; `ready`: has a password."""

    id: str
    name: str
    display: str
    role: Role
    ready: bool
    disabled: bool
    must_change: bool
    created_at: dt.datetime
    signed_in_at: dt.datetime | None

    @property
    def who(self) -> Who:
        """The person behind a request."""
        return Who(self.id, self.display, self.role, self.must_change)


def sign_in_name(text: str) -> str:
    """The name as it is kept: width and case do not count. Raises BadEntry."""
    name = folded_name(text)
    if not NAME.fullmatch(name):
        raise BadEntry("利用者名は、半角の英小文字・数字と . _ @ - で2文字以上64文字以内にしてください。")
    if has_personal_number(name):
        raise BadEntry("利用者名に個人番号とみられる数字があります。別の名前にしてください。")
    return name


def folded_name(text: str) -> str:
    """A name as it is looked up."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def display_name(text: str, name: str) -> str:
    """What others see; the sign-in name where it is empty. Raises BadEntry."""
    display = " ".join(serial.storable(text).split()) or name
    if len(display) > MAX_DISPLAY_CHARS:
        raise BadEntry(f"表示名が長すぎます。{MAX_DISPLAY_CHARS}文字以内にしてください。")
    if has_personal_number(display):
        raise BadEntry("表示名に個人番号とみられる数字があります。番号を除いて入力してください。")
    return display


def add(connection: sa.Connection, name: str, display: str, role: Role, now: dt.datetime) -> Person:
    """A new account without a password. Raises BadEntry for a name that is taken or cannot be one."""
    name = sign_in_name(name)
    if _row(connection, users.c.name == name) is not None:
        raise BadEntry(f"利用者名「{name}」はすでに使われています。別の名前にしてください。")
    made = Person(new_id(), name, display_name(display, name), role, False, False, False, now, None)
    values = {"id": made.id, "name": name, "display": made.display, "role": role.value, "created_at": now}
    connection.execute(sa.insert(users).values(**values, password="", disabled=False, must_change=False))
    return made


def get(connection: sa.Connection, id: str) -> Person:
    """One person; raises NotFound."""
    return _found(_row(connection, users.c.id == id))


def named(connection: sa.Connection, name: str) -> Person:
    """The person with a sign-in name; raises NotFound."""
    return _found(_row(connection, users.c.name == folded_name(name)))


def with_password(connection: sa.Connection, name: str) -> tuple[Person, str] | None:
    """The person with a sign-in name and what is kept of the password; None where there is none."""
    row = _row(connection, users.c.name == folded_name(name))
    return (person_from(row), row["password"]) if row is not None else None


def password_of(connection: sa.Connection, id: str) -> str:
    """What is kept of the password, "" for none."""
    return connection.execute(sa.select(users.c.password).where(users.c.id == id)).scalar() or ""


def every(connection: sa.Connection) -> builtins.list[Person]:
    """All of them by name."""
    rows = connection.execute(sa.select(users).order_by(users.c.disabled, users.c.name)).mappings()
    return [person_from(row) for row in rows]


def change(connection: sa.Connection, id: str, **values: Any) -> None:
    """Sets columns of a person."""
    connection.execute(sa.update(users).where(users.c.id == id).values(**values))


def administrators(connection: sa.Connection, besides: str = "") -> int:
    """How many can administrate: enabled, with a password, in that role; not counting the one named."""
    able = (users.c.role == Role.ADMINISTRATOR.value, users.c.disabled.is_(False), users.c.password != "")
    query = sa.select(sa.func.count()).select_from(users).where(*able, users.c.id != besides)
    return connection.execute(query).scalar() or 0


def person_from(row: serial.Row) -> Person:
    """The person of a row of `users`."""
    return Person(
        row["id"],
        row["name"],
        row["display"],
        Role(row["role"]),
        row["password"] != "",
        row["disabled"],
        row["must_change"],
        serial.moment(row["created_at"]),
        serial.moment(row["signed_in_at"]) if row["signed_in_at"] else None,
    )


def _row(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> serial.Row | None:
    return connection.execute(sa.select(users).where(condition)).mappings().first()


def _found(row: serial.Row | None) -> Person:
    if row is None:
        raise NotFound("その利用者はいません。一覧(hyoka user list)で確かめてください。")
    return person_from(row)

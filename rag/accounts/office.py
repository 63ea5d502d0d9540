"""What administrators do: people, roles, resets, and reading the log."""

from __future__ import annotations

import builtins

import sqlalchemy as sa

from rag import tables
from rag.accounts import audit, keys, links, lockout, people
from rag.accounts.audit import Entry, Sought
from rag.accounts.people import Person
from rag.accounts.register import Register
from rag.accounts.who import TERMINAL, Role, Who
from rag.errors import Forbidden

LAST_ADMINISTRATOR = (
    "管理の役割で使える利用者がほかにいないため、変更できません。先に、別の利用者を管理にしてください。"
)


class Office(Register):
    """Everybody's account. `who` is always the person who does it."""

    def people(self) -> builtins.list[Person]:
        """Everybody."""
        with self._reading() as connection:
            return people.every(connection)

    def person(self, id: str) -> Person:
        """One person; raises NotFound."""
        with self._reading() as connection:
            return people.get(connection, id)

    def person_named(self, name: str) -> Person:
        """One person by the sign-in name; raises NotFound."""
        with self._reading() as connection:
            return people.named(connection, name)

    def add(self, who: Who, name: str, display: str, role: Role) -> tuple[Person, str]:
        """Adds a person and a link to set the password; returns both. Raises BadEntry."""
        with self._writing() as connection:
            person = people.add(connection, name, display, role, self._clock())
            self._log(connection, who.id, "user_added", person.id, role.value)
            return person, links.make(connection, person.id, self._clock())

    def set_role(self, who: Who, id: str, role: Role) -> None:
        """Gives a person another role. Raises NotFound, Forbidden for the last administrator."""
        with self._writing() as connection:
            person = people.get(connection, id)
            if role is person.role:
                return
            self._leave_one(connection, person)
            people.change(connection, id, role=role.value)
            self._log(connection, who.id, "role_changed", id, f"{person.role.value}→{role.value}")

    def disable(self, who: Who, id: str) -> None:
        """Lets a person in no more: sessions, keys and links end. Raises NotFound, Forbidden for the last one."""
        with self._writing() as connection:
            self._leave_one(connection, people.get(connection, id))
            people.change(connection, id, disabled=True)
            self._throw_out(connection, id)
            keys.revoke_all(connection, id)
            links.void(connection, id)
            self._log(connection, who.id, "user_disabled", id)

    def enable(self, who: Who, id: str) -> None:
        """Lets a person in again. Raises NotFound."""
        with self._writing() as connection:
            people.get(connection, id)
            people.change(connection, id, disabled=False)
            self._log(connection, who.id, "user_enabled", id)

    def reset(self, who: Who, id: str) -> str:
        """Takes the password away and ends the sessions; returns the secret of a link to set another.

        Raises NotFound, Forbidden for who is disabled and for the last administrator (but at the terminal).
        """
        with self._writing() as connection:
            person = people.get(connection, id)
            if person.disabled:
                raise Forbidden("無効にした利用者です。先に有効に戻してください。")
            if who != TERMINAL:
                self._leave_one(connection, person)
            people.change(connection, id, password="")
            self._throw_out(connection, id)
            lockout.forget(connection, person.name)
            self._log(connection, who.id, "password_reset", id)
            return links.make(connection, id, self._clock())

    def demand_change(self, who: Who, id: str) -> None:
        """Lets a person do nothing but set another password. Raises NotFound."""
        with self._writing() as connection:
            people.get(connection, id)
            people.change(connection, id, must_change=True)
            self._log(connection, who.id, "change_demanded", id)

    def log(self, who: Who, what: str, object: str = "") -> None:
        """Writes down what somebody did elsewhere, by ids and words of this program only."""
        with self._writing() as connection:
            self._log(connection, who.id, what, object)

    def entries(self, sought: Sought, limit: int = 100, offset: int = 0) -> builtins.list[Entry]:
        """Lines of the log, newest first."""
        with self._reading() as connection:
            return audit.entries(connection, sought, limit, offset)

    def deeds(self) -> builtins.list[str]:
        """The kinds of deeds in the log."""
        with self._reading() as connection:
            return audit.kinds(connection)

    def _leave_one(self, connection: sa.Connection, person: Person) -> None:
        able = person.role is Role.ADMINISTRATOR and person.ready and not person.disabled
        # two administrators must not dismiss each other at the same moment
        connection.execute(sa.select(tables.users.c.id).with_for_update()).all()
        if able and not people.administrators(connection, besides=person.id):
            raise Forbidden(LAST_ADMINISTRATOR)

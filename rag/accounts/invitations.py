"""One-time links in use: the first administrator, and people who set their password."""

from __future__ import annotations

import sqlalchemy as sa

from rag.accounts import links, passwords, people
from rag.accounts.links import Link
from rag.accounts.people import Person
from rag.accounts.register import Register
from rag.accounts.who import TERMINAL, Role
from rag.errors import NotFound


class Invitations(Register):
    """Lets in whoever holds a link."""

    def first_link(self) -> str | None:
        """The secret of a new link for the first administrator; None where there is one already."""
        with self._writing() as connection:
            if people.administrators(connection):
                return None
            self._log(connection, TERMINAL.id, "first_link")
            return links.make(connection, "", self._clock())

    def look_at_link(self, secret: str) -> tuple[Link, Person | None]:
        """What a link is for; it stays usable. Raises NotFound."""
        with self._reading() as connection:
            return self._usable(connection, links.look(connection, secret, self._clock()))

    def begin_first(self, secret: str, name: str, display: str, password: str, again: str, client: str = "") -> str:
        """Makes the first administrator and signs them in; returns the cookie's secret. Raises NotFound, BadEntry."""
        kept = self._passwords.hash(passwords.checked(password, again, people.sign_in_name(name)))
        with self._writing() as connection:
            link = links.use(connection, secret, self._clock())
            if not link.first or people.administrators(connection):
                raise NotFound(links.SPENT)
            person = people.add(connection, name, display, Role.ADMINISTRATOR, self._clock())
            people.change(connection, person.id, password=kept)
            self._log(connection, person.id, "first_administrator", person.id)
            return self._begin(connection, person.id, client, "", "sign_in")

    def set_by_link(self, secret: str, password: str, again: str, client: str = "") -> str:
        """Sets a password and signs in; other sessions end. Returns the cookie's secret. Raises NotFound, BadEntry."""
        person = self.look_at_link(secret)[1]
        if person is None:
            raise NotFound(links.SPENT)
        kept = self._passwords.hash(passwords.checked(password, again, person.name))
        with self._writing() as connection:
            self._usable(connection, links.use(connection, secret, self._clock()))
            self._set_password(connection, person, kept)
            self._log(connection, person.id, "password_by_link", person.id)
            return self._begin(connection, person.id, client, "", "sign_in")

    def _usable(self, connection: sa.Connection, link: Link) -> tuple[Link, Person | None]:
        if link.first:
            if people.administrators(connection):
                raise NotFound(links.SPENT)
            return link, None
        person = people.get(connection, link.person)
        if person.disabled:
            raise NotFound(links.SPENT)
        return link, person

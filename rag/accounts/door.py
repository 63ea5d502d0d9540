"""The ways in: name and password, the cookie of a session, the key of a program.

Wrong name, wrong password, disabled and never set up are told apart by nobody outside.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rag import tables
from rag.accounts import keys, lockout, people, sessions
from rag.accounts.keys import Key
from rag.accounts.register import Register
from rag.accounts.secret import digest
from rag.accounts.sessions import Session


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`secret` is for the cookie, None where nobody is let in. `locked_for`: until it can be tried again."""

    secret: str | None
    locked_for: dt.timedelta = dt.timedelta()


class Door(Register):
    """Lets people and their programs in."""

    def sign_in(self, name: str, password: str, client: str = "", former: str = "") -> SignedIn:
        """Begins a session where name and password fit; the browser's `former` session ends."""
        now = self._clock()
        with self._reading() as connection:
            if locked := lockout.locked_for(connection, name, now):
                return SignedIn(None, locked)
            found = people.with_password(connection, name)
        fits = self._passwords.fits(found[1] if found else "", password)
        with self._writing() as connection:
            # of guesses made at the same time none counts once the name is locked
            if locked := lockout.locked_for(connection, name, now):
                return SignedIn(None, locked)
            if found is None or not fits or found[0].disabled:
                locks = lockout.fail(connection, name, now)
                self._log(connection, "", "locked_out" if locks else "sign_in_failed", found[0].id if found else "")
                return SignedIn(None)
            person, kept = found
            lockout.forget(connection, name)
            if self._passwords.is_outdated(kept):
                people.change(connection, person.id, password=self._passwords.hash(password))
            return SignedIn(self._begin(connection, person.id, client, former, "sign_in"))

    def sign_out(self, secret: str) -> None:
        """Ends the session of a secret, if it stands."""
        with self._writing() as connection:
            session = sessions.of_secret(connection, secret, self._limits, self._clock())
            sessions.end(connection, tables.sessions.c.digest == digest(secret))
            if session is not None:
                self._log(connection, session.person.id, "sign_out")

    def session(self, secret: str) -> Session | None:
        """The session of a cookie, where it stands; its use is written down."""
        now = self._clock()
        with self._reading() as connection:
            found = sessions.of_secret(connection, secret, self._limits, now)
        if found is not None and sessions.is_due(found, now):
            with self._writing() as connection:
                sessions.touch(connection, found.id, now)
        return found

    def key(self, secret: str) -> Key | None:
        """The key of a program, where it stands; its use is written down."""
        now = self._clock()
        with self._reading() as connection:
            found = keys.of_secret(connection, secret, now)
        if found is not None and keys.is_due(found, now):
            with self._writing() as connection:
                keys.touch(connection, found.id, now)
        return found

"""What people do with their own account: password, sessions, keys for programs."""

from __future__ import annotations

import builtins

from rag import tables
from rag.accounts import keys, lockout, passwords, people, sessions
from rag.accounts.keys import Key
from rag.accounts.register import Register
from rag.accounts.sessions import Session
from rag.accounts.who import Who
from rag.errors import BadEntry, NotFound


class Own(Register):
    """One's own account."""

    def change_password(self, who: Who, old: str, password: str, again: str, client: str = "") -> str:
        """Changes one's password; all sessions end and a new one begins. Returns its secret. Raises BadEntry."""
        with self._reading() as connection:
            person, kept = people.get(connection, who.id), people.password_of(connection, who.id)
            if lockout.locked_for(connection, person.name, self._clock()):
                raise BadEntry("今のパスワードを続けて間違えたため、しばらく変更できません。時間をおいてください。")
        if not self._passwords.fits(kept, old):
            with self._writing() as connection:
                lockout.fail(connection, person.name, self._clock())
                self._log(connection, who.id, "password_failed", who.id)
            raise BadEntry("今のパスワードが違います。もう一度入力してください。")
        if password == old:
            raise BadEntry("新しいパスワードが今のものと同じです。別のものにしてください。")
        new = self._passwords.hash(passwords.checked(password, again, person.name))
        with self._writing() as connection:
            self._set_password(connection, person, new)
            self._log(connection, who.id, "password_changed", who.id)
            return self._begin(connection, who.id, client, "", "sign_in")

    def sessions_of(self, person: str) -> builtins.list[Session]:
        """The sessions of a person that stand."""
        with self._reading() as connection:
            return sessions.of_person(connection, person, self._limits, self._clock())

    def end_session(self, who: Who, id: str) -> None:
        """Ends one of one's own sessions. Raises NotFound."""
        own = (tables.sessions.c.id == id, tables.sessions.c.user_id == who.id)
        with self._writing() as connection:
            if not sessions.end(connection, *own):
                raise NotFound("そのサインインはありません。すでに終わっています。")
            self._log(connection, who.id, "session_ended", who.id)

    def end_sessions(self, who: Who, person: str) -> int:
        """Ends all sessions of a person; returns how many. Raises NotFound."""
        with self._writing() as connection:
            people.get(connection, person)
            ended = sessions.end(connection, tables.sessions.c.user_id == person)
            self._log(connection, who.id, "sessions_ended", person)
            return ended

    def keys_of(self, person: str) -> builtins.list[Key]:
        """The keys of a person that stand."""
        with self._reading() as connection:
            return keys.of_person(connection, person, self._clock())

    def make_key(self, who: Who, name: str, days: int) -> str:
        """Makes a key for programs and returns its secret, which is shown once. Raises BadEntry."""
        with self._writing() as connection:
            id, secret = keys.make(connection, who.id, name, days, self._clock())
            self._log(connection, who.id, "key_made", id)
            return secret

    def revoke_key(self, who: Who, id: str) -> None:
        """Ends one of one's own keys. Raises NotFound."""
        with self._writing() as connection:
            keys.revoke(connection, who.id, id)
            self._log(connection, who.id, "key_revoked", id)

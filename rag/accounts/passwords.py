"""Passwords: Argon2id with the library's own parameters (RFC 9106, low memory), and a few demands.

Length is what counts; mixtures of signs are not demanded (NIST SP 800-63B).
"""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rag.errors import BadEntry

MIN_CHARS = 12
MAX_CHARS = 200
MIN_DIFFERENT = 5
#: Each takes 64 MiB while it lasts.
AT_ONCE = 4


class Passwords:
    """Makes and compares hashes. Safe to use from several threads."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = ""

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        with self._turns:
            return self._hasher.hash(_folded(password))

    def fits(self, kept: str, password: str) -> bool:
        """Whether it is the password; takes as long where none is kept."""
        with self._turns:
            self._nobody = self._nobody or self._hasher.hash("nobody")
            try:
                self._hasher.verify(kept or self._nobody, _folded(password))
            except (VerificationError, InvalidHashError):
                return False
        return bool(kept)

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(kept)


def checked(password: str, again: str, name: str) -> str:
    """The password as it is, where it may be one. `name`: that of the account. Raises BadEntry."""
    folded = _folded(password)
    if password != again:
        raise BadEntry("二つのパスワードが違います。同じものを二度入力してください。")
    if len(folded) < MIN_CHARS:
        raise BadEntry(f"パスワードが短すぎます。{MIN_CHARS}文字以上にしてください(文章でも構いません)。")
    if len(folded) > MAX_CHARS:
        raise BadEntry(f"パスワードが長すぎます。{MAX_CHARS}文字以内にしてください。")
    if len(set(folded)) < MIN_DIFFERENT or (name and name.casefold() in folded.casefold()):
        raise BadEntry("推測されやすいパスワードです。同じ文字の繰り返しや、利用者名を含むものは使えません。")
    return password


def _folded(password: str) -> str:
    """Full-width and half-width signs are one, so that another keyboard gives the same password."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()

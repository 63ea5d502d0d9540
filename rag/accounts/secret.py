"""Random secrets and what is kept of them: only their digest, so that whoever reads the database cannot use them.

A secret has 256 random bits; no salt and no slow hash is needed to keep it from being guessed.
"""

from __future__ import annotations

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """A secret for a URL, a cookie or a header."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of it: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def new_id() -> str:
    """An id that says nothing: 16 hexadecimal digits."""
    return secrets.token_hex(8)

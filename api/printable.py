"""Texts of other people, as a terminal or a file may take them."""

from __future__ import annotations

import unicodedata

#: Embeddings, overrides and isolates, by which a text can look like another one.
_TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def printable(text: str) -> str:
    """The text without control characters, signs that turn the direction, and what no file takes."""
    return "".join(c for c in text if c in "\n\t" or _is_character(c))


def _is_character(c: str) -> bool:
    return c not in _TURNING and unicodedata.category(c) not in {"Cc", "Cs"} and ord(c) & 0xFFFE != 0xFFFE

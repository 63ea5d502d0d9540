"""やさしい日本語: readings behind key words of our own sentences, and the words that are explained."""

from __future__ import annotations

import functools
import re

from rag.reply.voice import easy

_QUOTED = re.compile(r"(「[^「」]*」)")


def with_readings(text: str) -> str:
    """The text with readings in brackets: 個人番号(こじんばんごう); quotes stay as they are."""
    pieces = _QUOTED.split(text)
    return "".join(p if n % 2 else _words().sub(_with_reading, p) for n, p in enumerate(pieces))


def explained(text: str) -> list[str]:
    """The explanations of the words that stand in a text."""
    return [f"{with_readings(term)}: {meaning}" for term, meaning in easy().terms.items() if term in text]


def _with_reading(match: re.Match[str]) -> str:
    return f"{match[0]}({easy().readings[match[0]]})"


@functools.cache
def _words() -> re.Pattern[str]:
    names = sorted(easy().readings, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?![(（一-龥])")

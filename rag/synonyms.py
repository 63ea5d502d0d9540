"""Words that mean the same, words that mean nothing here, and the Japanese of English words.

From `vocabulary/terms.yaml` and `vocabulary/stop.yaml`, read once.
"""

from __future__ import annotations

import functools
import re

from pydantic import BaseModel, ConfigDict

from rag.terms import key
from rag.vocabulary import load


class _Table(BaseModel):
    """The layout of terms.yaml."""

    model_config = ConfigDict(extra="forbid")

    kinds: list[list[str]]
    same: list[list[str]]
    english: dict[str, str]


def forms_of(*texts: str) -> tuple[str, ...]:
    """The texts and all that means the same, folded, in order."""
    folded = [key(text) for text in texts if key(text)]
    return tuple(dict.fromkeys(form for text in folded for form in (text, *_same().get(text, ()))))


@functools.cache
def stop_words() -> frozenset[str]:
    """Words that tell nothing of what is asked."""
    return frozenset(word for group in load("stop", dict[str, list[str]]).values() for word in group)


@functools.cache
def _table() -> _Table:
    return load("terms", _Table)


@functools.cache
def _same() -> dict[str, tuple[str, ...]]:
    """Words that mean the same as each word, or are a kind of it."""
    same: dict[str, set[str]] = {}
    for group in _table().same:
        folded = [key(word) for word in group]
        for word in folded:
            same.setdefault(word, set()).update(folded)
    for group in _table().kinds:
        wide, *kinds = [key(word) for word in group]
        same.setdefault(wide, set()).update([wide, *kinds])
    return {word: tuple(sorted(others)) for word, others in same.items()}


@functools.cache
def translations() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    """English phrases, longest first, with the pattern that finds them and their Japanese."""
    found = sorted(_table().english.items(), key=lambda entry: len(entry[0]), reverse=True)
    return tuple(
        (english, re.compile(rf"\b{re.escape(english)}\w{{0,3}}\b"), tuple(key(word) for word in japanese.split()))
        for english, japanese in found
    )

"""The words of `vocabulary/narration.yaml`, ready for comparing."""

from __future__ import annotations

import functools
import re

from pydantic import BaseModel, ConfigDict

from rag.terms import key
from rag.vocabulary import load, pattern


class _Table(BaseModel):
    """The layout of narration.yaml."""

    model_config = ConfigDict(extra="forbid")

    neutral: list[str]
    same: list[list[str]]
    critical: dict[str, list[str]]
    past: list[str]
    present: list[str]
    english: list[list[str]]
    organisations: list[list[str]]
    affixes: list[str]
    units: list[list[str]]


@functools.cache
def _table() -> _Table:
    return load("narration", _Table)


@functools.cache
def neutral() -> frozenset[str]:
    """Words that claim nothing by themselves, folded."""
    return frozenset(key(word) for word in _table().neutral)


@functools.cache
def english() -> frozenset[str]:
    """English words that claim nothing by themselves."""
    return frozenset(word for group in _table().english for word in group)


@functools.cache
def organisations() -> frozenset[str]:
    """Words that make the run of nouns around them the name of somebody."""
    return frozenset(word for group in _table().organisations for word in group)


@functools.cache
def affixes() -> frozenset[str]:
    """Beginnings and endings of words that claim nothing of their own."""
    return frozenset(key(word) for word in _table().affixes)


@functools.cache
def units() -> frozenset[str]:
    """Words that follow a number."""
    return frozenset(word for group in _table().units for word in group)


@functools.cache
def _same() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for group in _table().same:
        folded = {key(word) for word in group}
        for word in folded:
            groups.setdefault(word, set()).update(folded)
    return {word: frozenset(others) for word, others in groups.items()}


def same_as(word: str) -> frozenset[str]:
    """A folded word and those that may stand for it."""
    return _same().get(word, frozenset()) | {word}


@functools.cache
def _critical() -> dict[str, re.Pattern[str]]:
    return {name: pattern("narration", name, words) for name, words in _table().critical.items()}


def critical(text: str) -> frozenset[str]:
    """Names of the groups of words in a folded text that change what it claims."""
    return frozenset(name for name, expression in _critical().items() if expression.search(text))


@functools.cache
def _tense(which: str) -> re.Pattern[str]:
    return pattern("narration", which, _table().past if which == "past" else _table().present)


def speaks_of_past(text: str) -> bool:
    """Whether a folded text says that it speaks of the past."""
    return _tense("past").search(text) is not None


def speaks_of_present(text: str) -> bool:
    """Whether a folded text says that it speaks of the present."""
    return _tense("present").search(text) is not None

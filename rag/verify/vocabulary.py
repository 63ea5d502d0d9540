"""The words of `vocabulary/narration.yaml`, ready for comparing."""

from __future__ import annotations

import functools
import re

from pydantic import BaseModel, ConfigDict

from rag.terms import key
from rag.vocabulary import load, pattern


class Relation(BaseModel):
    """What verbs say of a record: the particles that the value of each heading takes with them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: list[str]
    by: bool
    needs: list[str]
    cases: dict[str, list[str]]


class _Changes(BaseModel):
    """How a change is told."""

    model_config = ConfigDict(extra="forbid")

    verbs: list[str]
    before: list[str]


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
    headings: list[list[str]]
    identifying: list[str]
    relations: list[Relation]
    objects: list[str]
    connectives: list[str]
    frame_nouns: list[str]
    wrappers: list[str]
    persons: list[str]
    equal: list[list[str]]
    changes: _Changes
    english_headings: dict[str, list[str]]


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


@functools.cache
def _groups() -> dict[str, tuple[str, ...]]:
    return {key(group[0]): tuple(key(name) for name in group) for group in _table().headings}


def headings(heading: str) -> tuple[str, ...]:
    """A heading and what may be said instead of it, folded."""
    return _groups().get(heading, (heading,))


@functools.cache
def heading_of(name: str) -> str:
    """The heading that a folded name stands for; itself where it is no other's."""
    return next((heading for heading, names in _groups().items() if name in names), name)


@functools.cache
def identifying() -> frozenset[str]:
    """Headings whose value tells one record from the others."""
    return frozenset(key(heading) for heading in _table().identifying)


@functools.cache
def relations() -> dict[str, Relation]:
    """Verb in its normal form → what it says of a record."""
    return {verb: relation for relation in _table().relations for verb in relation.verbs}


@functools.cache
def listed(name: str) -> frozenset[str]:
    """One of the plain lists of the vocabulary."""
    words: list[str] = getattr(_table(), name)
    return frozenset(words)


@functools.cache
def change_verbs() -> frozenset[str]:
    """Verbs that tell a change."""
    return frozenset(_table().changes.verbs)


@functools.cache
def before_words() -> frozenset[str]:
    """Words for the time before a change."""
    return frozenset(_table().changes.before)


@functools.cache
def english_headings() -> dict[str, frozenset[str]]:
    """English name of a heading → the headings that it may mean."""
    found: dict[str, set[str]] = {}
    for heading, names in _table().english_headings.items():
        for name in names:
            found.setdefault(name, set()).add(key(heading))
    return {name: frozenset(headings) for name, headings in found.items()}


@functools.cache
def _equal() -> dict[str, str]:
    return {word: group[0] for group in _table().equal for word in group}


def canonical_word(head: str) -> str:
    """The head of a phrase, or the first of the words that say the same."""
    return _equal().get(head, head)


@functools.cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, _table().persons))})(?:等|達|ら)?$")


def is_actor(text: str) -> bool:
    """Whether a noun names somebody or something that acts."""
    return _person().search(text) is not None

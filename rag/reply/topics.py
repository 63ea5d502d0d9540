"""What residents ask of: topics with their words and the places of the form that say it (vocabulary/reply_*.yaml)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.vocabulary import load, pattern


@dataclass(frozen=True, slots=True)
class Lack:
    """A point of a topic: where `asked` was asked and nothing `found` is told, its name is told as not stated."""

    asked: re.Pattern[str]
    found: re.Pattern[str]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic.

    said      what names it in a letter;  names: it in ja, easy, en
    places    ids of places of the form;  rows: which rows tell it, "" for none
    words     only sentences with these count;  echo: only those with the words that were asked
    answerer  the question that stands for it, where the whole answering is needed
    unstated  no form says it
    """

    name: str
    said: re.Pattern[str]
    names: dict[str, str]
    places: tuple[str, ...] = ()
    rows: str = ""
    words: re.Pattern[str] | None = None
    echo: re.Pattern[str] | None = None
    lacks: tuple[Lack, ...] = ()
    answerer: str = ""
    unstated: bool = False


class _Lack(BaseModel):
    model_config = ConfigDict(extra="forbid")

    asked: str
    found: str
    ja: str
    easy: str
    en: str

    def lack(self, topic: str) -> Lack:
        """The value type."""
        asked, found = (pattern("reply_topics", topic, [p]) for p in (self.asked, self.found))
        return Lack(asked, found, {"ja": self.ja, "easy": self.easy, "en": self.en})


class _Topic(BaseModel):
    """One entry of reply_topics.yaml."""

    model_config = ConfigDict(extra="forbid")

    name: str
    said: list[str]
    ja: str
    easy: str
    en: str
    places: list[str] = []
    rows: str = ""
    words: str = ""
    echo: str = ""
    lacks: list[_Lack] = []
    answerer: str = ""
    unstated: bool = False


class Words(BaseModel):
    """reply_asks.yaml: expressions, checked; see `asks`."""

    model_config = ConfigDict(extra="forbid")

    asks: list[str]
    note: str
    narrates: str
    join: str
    greeting: str
    disclosure: list[str]
    correction: list[str]
    suspension: list[str]
    not_request: str
    complaint: str
    promise: str
    legal: str
    own: str
    happened: str
    already: str
    details: list[_Lack]
    nobody: str
    recipient: str
    points: str
    heading: str
    once: str
    empty: str
    context: str
    worry: str
    mistaken: str
    manner: str
    formal: dict[str, str]


@functools.cache
def topics() -> dict[str, Topic]:
    """All topics by name, surest first."""
    return {e.name: _topic(e) for e in load("reply_topics", list[_Topic])}


def _topic(entry: _Topic) -> Topic:
    words, echo = (pattern("reply_topics", entry.name, [p]) if p else None for p in (entry.words, entry.echo))
    return Topic(
        entry.name,
        pattern("reply_topics", entry.name, entry.said),
        {"ja": entry.ja, "easy": entry.easy, "en": entry.en},
        tuple(entry.places),
        entry.rows,
        words,
        echo,
        tuple(lack.lack(entry.name) for lack in entry.lacks),
        entry.answerer,
        entry.unstated,
    )


@functools.cache
def words() -> Words:
    """The patterns of reply_asks.yaml."""
    return load("reply_asks", Words)


@functools.cache
def expression(name: str) -> re.Pattern[str]:
    """One of the patterns of reply_asks.yaml, compiled."""
    value = getattr(words(), name)
    return pattern("reply_asks", name, [value] if isinstance(value, str) else value)


@functools.cache
def details() -> tuple[Lack, ...]:
    """What is often asked of a request and no field of the form says."""
    return tuple(entry.lack("details") for entry in words().details)


@functools.cache
def duty_words() -> dict[str, re.Pattern[str]]:
    """What residents call a duty, by the duty's name."""
    return {
        name: pattern("reply_duties", name, said) for name, said in load("reply_duties", dict[str, list[str]]).items()
    }

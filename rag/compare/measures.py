"""The measures that are looked for in an item, as `vocabulary/measures.yaml` names them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.vocabulary import load, pattern

TOPIC = "measures"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    at        sections of 様式3 in which it is a row
    said      what says it; needed: what must stand in the sentence besides; unless: what makes it say something else
    anywhere  what says it at other items is worth a hint
    idle      the choice of the item under which nothing needs to be said of it, "" where there is none
    """

    name: str
    at: tuple[str, ...]
    said: re.Pattern[str]
    needed: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str]
    anywhere: bool
    idle: str = ""

    def mentions(self, folded: str) -> Iterator[re.Match[str]]:
        """Where a sentence (already `terms.key`) names the measure; nowhere where it says something else."""
        if self.unless.search(folded) or not all(p.search(folded) for p in self.needed):
            return
        yield from self.said.finditer(folded)


class _Entry(BaseModel):
    """One entry of measures.yaml."""

    model_config = ConfigDict(extra="forbid")

    name: str
    at: list[str]
    said: list[str]
    all: list[str] = []
    unless: list[str] = []
    anywhere: bool = False
    idle: str = ""


@functools.cache
def measures() -> tuple[Measure, ...]:
    """All measures in the order of their rows. Raises VocabularyError."""
    return tuple(_frozen(entry) for entry in load(TOPIC, list[_Entry]))


def measures_of(section: str) -> tuple[Measure, ...]:
    """The rows of a section of 様式3: first those whose own place it is, each in the order of the vocabulary."""
    return tuple(sorted((m for m in measures() if section in m.at), key=lambda m: m.at[0] != section))


def _frozen(entry: _Entry) -> Measure:
    return Measure(
        name=entry.name,
        at=tuple(entry.at),
        said=pattern(TOPIC, entry.name, entry.said),
        needed=tuple(pattern(TOPIC, entry.name, [expression]) for expression in entry.all),
        unless=pattern(TOPIC, entry.name, entry.unless),
        anywhere=entry.anywhere,
        idle=entry.idle,
    )

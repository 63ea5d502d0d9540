"""How each field of the form is drafted: from peers' measures, from the profile, or as a question to staff."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from rag.vocabulary import load, pattern


class Source(StrEnum):
    """Where a field's sentences come from. DUTY: from peers that assess the same duty only."""

    MEASURES = "measures"
    DUTY = "duty"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Ask:
    """What the body has to say itself, unless what is drafted already says it."""

    ask: str
    unless: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Way:
    """One field: `topics` a sentence must have one of (empty: any); `most` own sentences at most; `clauses`: a list.

    prefer: the wording that is taken first where several peers say the same
    """

    source: Source
    topics: frozenset[str] = frozenset()
    most: int = 4
    clauses: bool = False
    asks: tuple[Ask, ...] = ()
    prefer: re.Pattern[str] = re.compile("")


FACT = Way(Source.FACT)


class _Ask(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ask: str
    unless: str


class _Way(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: Source = Field(alias="from")
    topics: list[str] = []
    most: int = 4
    clauses: bool = Field(False, alias="list")
    asks: list[_Ask] = []
    prefer: str = ""


def way_of(section: str) -> Way:
    """How the field of a `bare` section is drafted; by fact where the vocabulary is silent."""
    return _ways().get(section, FACT)


@functools.cache
def _ways() -> dict[str, Way]:
    found = {}
    for section, way in load("drafting_fields", dict[str, _Way]).items():
        asks = tuple(Ask(a.ask, _unless(section, a.unless)) for a in way.asks)
        found[section] = Way(
            way.source,
            frozenset(way.topics),
            way.most,
            way.clauses,
            asks,
            pattern("drafting_fields", section, [way.prefer]),
        )
    return found


def _unless(section: str, expression: str) -> re.Pattern[str]:
    return pattern("drafting_fields", section, [expression] if expression else ["(?!)"])

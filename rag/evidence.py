"""Kinds of thing that a question asks for (an amount, a telephone number) and whether a text holds one.

From `vocabulary/evidence.yaml`. A text that holds the kind is preferred; some kinds must be held by what answers.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.question import Plan
from rag.terms import key
from rag.vocabulary import load, pattern


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing: what asks for it in a question, what shows it in a text (both folded)."""

    asked: re.Pattern[str]
    shown: re.Pattern[str]


class _Kind(BaseModel):
    model_config = ConfigDict(extra="forbid")

    asked: list[str]
    shown: list[str]


class _Table(BaseModel):
    """The layout of evidence.yaml."""

    model_config = ConfigDict(extra="forbid")

    preferred: list[_Kind]
    needed: list[_Kind]
    counted: list[str]


def preferred(question: str) -> tuple[re.Pattern[str], ...]:
    """What shows the kinds of thing that a normalised question asks for."""
    return tuple(kind.shown for kind in _kinds()[0] if kind.asked.search(question))


def needed(question: str) -> tuple[re.Pattern[str], ...]:
    """What shows the kinds of thing that an answer to a normalised question must hold."""
    return tuple(kind.shown for kind in _kinds()[1] if kind.asked.search(question))


def lacks_kind(plan: Plan, texts: Sequence[str]) -> bool:
    """Whether the question asks for a kind of thing (an amount, a telephone number) that none of the texts holds."""
    joined = " ".join(texts)
    for term in plan.terms:  # what the question itself names is no answer to it
        if term.entity:
            joined = joined.replace(key(term.surface), "")
    return any(kind.asked.search(plan.text) and not kind.shown.search(joined) for kind in _kinds()[1])


@functools.cache
def _kinds() -> tuple[tuple[Kind, ...], tuple[Kind, ...]]:
    """Those preferred, those needed."""
    table = load("evidence", _Table)
    counted = (
        _Kind(asked=[f"何{unit}"], shown=[rf"[\d一二三四五六七八九十百千万億数]\s*{unit}"]) for unit in table.counted
    )
    return tuple(map(_compiled, table.preferred)), tuple(map(_compiled, (*table.needed, *counted)))


def _compiled(kind: _Kind) -> Kind:
    entry = kind.asked[0]
    return Kind(pattern("evidence", entry, kind.asked), pattern("evidence", entry, kind.shown))

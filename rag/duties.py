"""Which duty (事務) a question speaks of, and which documents assess it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.places import normal
from rag.types import Version
from rag.vocabulary import load, pattern

#: What follows a duty that is meant as the duty itself: の支給に関する事務.
_ROLE = re.compile(
    r"(?:制度|費|費用|等)?(?:の(?:支給|実施|管理|賦課|徴収|賦課徴収|給付|認定|交付|登録))?"
    r"(?:に関する|に係る|関係|の)?(?:事務|評価書)"
)
#: What stands between a municipality and its duty, and what follows such a duty; a division (課) is none.
_OWNED = re.compile(r"(?:の|における|では|で|'s|,|、|\s)*")
_FOLLOWED = re.compile(r"(?!.{0,3}課)(?:制度|費|の事務)?(?:の(?!課)|について|では?|に(?:は|おけ|関)|は|$|\?|、|,)")
#: What most titles have in common: it tells no document from another.
_GENERAL = re.compile(
    r"に関する事務|の支給|の実施|に係る|重点項目評価書|基礎項目評価書|全項目評価書|特定個人情報|ファイル|システム|"
    r"管理|事務|情報|関する|評価書|等|住民"
)
_BETWEEN = re.compile(r"[\n・、()\s]+")
#: A shorter likeness is chance.
MIN_LIKENESS = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of duty: what names it in a document's duty or title (`also`) and in a question (`said`)."""

    name: str
    also: re.Pattern[str]
    said: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DutyNamed:
    """A duty in a question and everywhere it is named. `explicit`: as the duty itself (…の事務), not in passing."""

    duty: Duty
    spans: tuple[tuple[int, int], ...]
    explicit: bool

    @property
    def span(self) -> tuple[int, int]:
        """Where it is named first."""
        return self.spans[0]


class _Entry(BaseModel):
    """One entry of duties.yaml."""

    model_config = ConfigDict(extra="forbid")

    name: str
    also: list[str]
    said: list[str]
    en: list[str]


@functools.cache
def duties() -> tuple[Duty, ...]:
    """The usual duties of municipalities."""
    return tuple(
        Duty(
            entry.name,
            pattern("duties", entry.name, [re.escape(entry.name), *entry.also]),
            # of expressions within one another the longest is what was said
            pattern("duties", entry.name, sorted([*entry.also, *entry.said, *entry.en], key=len, reverse=True)),
        )
        for entry in load("duties", list[_Entry])
    )


@functools.lru_cache(maxsize=65536)
def duties_of(text: str) -> frozenset[str]:
    """Names of the duties that a document's duty and title are about."""
    folded = normal(text)
    return frozenset(d.name for d in duties() if d.also.search(folded))


def named_duties(question: str, body_ends: Sequence[int]) -> list[DutyNamed]:
    """The duties named in a normalised question. `body_ends`: where names of municipalities end."""
    found = []
    for duty in duties():
        spans = tuple(m.span() for m in duty.said.finditer(question))
        if spans:
            found.append(DutyNamed(duty, spans, _is_meant(question, spans[0], body_ends)))
    return found


def _is_meant(question: str, span: tuple[int, int], body_ends: Sequence[int]) -> bool:
    """Whether words name the duty itself: they are followed by 事務, or belong to a municipality."""
    start, end = span
    if _ROLE.match(question, end):
        return True
    owned = any(_OWNED.fullmatch(question, body_end, start) for body_end in body_ends if body_end <= start)
    return owned and _FOLLOWED.match(question, end) is not None


def likeness(question: str, version: Version, names: Sequence[str]) -> float:
    """Characters in a row that a question shares with a document's duty, title or `names` (of files and systems).

    0 where they are too few to mean anything.
    """
    best = 0
    for text in (version.duty, version.title, *names):
        words = _GENERAL.sub("\n", normal(text)).replace(normal(version.municipality), "\n")
        best = max(best, *(_common(piece, question) for piece in _BETWEEN.split(words)))
    return float(best) if best >= MIN_LIKENESS else 0.0


def _common(piece: str, question: str) -> int:
    """Length of the longest part of `piece` that stands in the question."""
    best = 0
    for i in range(len(piece)):
        while i + best < len(piece) and piece[i : i + best + 1] in question:
            best += 1
    return best

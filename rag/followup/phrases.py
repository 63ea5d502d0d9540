"""The words by which a question leans on those before it, from `vocabulary/followup.yaml`, compiled once."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.vocabulary import load, pattern

_TOPIC = "followup"


class _Turn(BaseModel):
    """One entry of `turns`."""

    model_config = ConfigDict(extra="forbid")

    said: list[str]
    ja: str
    en: str
    changed: str = ""
    changed_en: str = ""
    sections: dict[str, str] = {}
    present: bool = False
    whose: bool = False


class _Attribute(BaseModel):
    """One entry of `attributes`."""

    model_config = ConfigDict(extra="forbid")

    word: str
    said: list[str]
    labels: list[str]


class _Table(BaseModel):
    """The layout of followup.yaml."""

    model_config = ConfigDict(extra="forbid")

    openings: list[str]
    pointers: dict[str, list[str]]
    rows: list[str]
    row_noun: str
    numbers: dict[str, int]
    telling_cells: list[str]
    company_core: str
    fillers: list[str]
    others: list[str]
    every: list[str]
    over_all: list[str]
    greetings: list[str]
    small_talk: list[str]
    turns: list[_Turn]
    compare: list[str]
    otherwise: dict[str, str]
    attributes: list[_Attribute]


@dataclass(frozen=True, slots=True)
class Turn:
    """A way to turn the last question (いつから, 以前は, 何件): what says it, and the questions that it makes.

    changed…  where the last question was about a change
    sections  by the section of the form that the last question was about
    present   of what the last question asked about, the present state
    whose     asks which municipalities were meant
    """

    said: re.Pattern[str]
    ja: str
    en: str
    changed: str
    changed_en: str
    sections: tuple[tuple[str, str], ...]
    present: bool
    whose: bool

    def template(self, language: str, change: bool, section: str) -> str:
        """The question that it makes, with {topic}, {who} or {question} to be filled in."""
        if language == "en":
            return self.changed_en if change and self.changed_en else self.en
        if change and self.changed:
            return self.changed
        return next((ja for start, ja in self.sections if section == start), self.ja)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that may be asked of an item (頻度): its word, what says it, what the form's labels say for it."""

    word: str
    said: re.Pattern[str]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All of them; `rows` are patterns of their own, each with the group n."""

    opening: re.Pattern[str]
    pointers: tuple[tuple[str, re.Pattern[str]], ...]
    rows: tuple[re.Pattern[str], ...]
    numbers: dict[str, int]
    telling_cells: tuple[str, ...]
    company_core: re.Pattern[str]
    filler: re.Pattern[str]
    others: re.Pattern[str]
    every: re.Pattern[str]
    over_all: re.Pattern[str]
    greeting: re.Pattern[str]
    small_talk: re.Pattern[str]
    turns: tuple[Turn, ...]
    compare: re.Pattern[str]
    otherwise: dict[str, str]
    attributes: tuple[Attribute, ...]


@functools.cache
def phrases() -> Phrases:
    """The phrases. Raises VocabularyError."""
    table = load(_TOPIC, _Table)

    def one_of(entry: str, some: Sequence[str]) -> re.Pattern[str]:
        return pattern(_TOPIC, entry, some)

    return Phrases(
        opening=one_of("openings", table.openings),
        pointers=tuple((kind, one_of(kind, some)) for kind, some in table.pointers.items()),
        rows=tuple(one_of("rows", [row.replace("{noun}", table.row_noun)]) for row in table.rows),
        numbers=table.numbers,
        telling_cells=tuple(table.telling_cells),
        company_core=one_of("company_core", [table.company_core]),
        filler=one_of("fillers", table.fillers),
        others=one_of("others", table.others),
        every=one_of("every", table.every),
        over_all=one_of("over_all", table.over_all),
        greeting=one_of("greetings", table.greetings),
        small_talk=one_of("small_talk", table.small_talk),
        turns=tuple(_turn(entry, one_of("turns", entry.said)) for entry in table.turns),
        compare=one_of("compare", table.compare),
        otherwise=table.otherwise,
        attributes=tuple(
            Attribute(entry.word, one_of(entry.word, [entry.word, *entry.said]), tuple(entry.labels))
            for entry in table.attributes
        ),
    )


def _turn(entry: _Turn, said: re.Pattern[str]) -> Turn:
    return Turn(
        said=said,
        ja=entry.ja,
        en=entry.en,
        changed=entry.changed,
        changed_en=entry.changed_en,
        sections=tuple(entry.sections.items()),
        present=entry.present,
        whose=entry.whose,
    )

"""The general vocabulary of drafting, compiled: national model text, concepts of measures, shapes of names."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.vocabulary import load, pattern


@dataclass(frozen=True, slots=True)
class National:
    """Text that the state words for all bodies: what heads it, what it needs of the body (linkage, cloud)."""

    head: re.Pattern[str]
    heading: str
    needs: str


@dataclass(frozen=True, slots=True)
class Domain:
    """One kind of duty: how duties name it, and the words by which a measure speaks of it."""

    name: str
    duties: re.Pattern[str]
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """`figures`: (pattern, what is asked instead); `spelling`: (pattern, replacement); the rest as in drafting.yaml."""

    national: tuple[National, ...]
    concepts: dict[str, re.Pattern[str]]
    broad: frozenset[str]
    domains: tuple[Domain, ...]
    authentication: re.Pattern[str]
    wider: dict[str, re.Pattern[str]]
    general: re.Pattern[str]
    shapes: dict[str, re.Pattern[str]]
    figures: tuple[tuple[re.Pattern[str], str], ...]
    unfit: re.Pattern[str]
    opening: re.Pattern[str]
    spelling: tuple[tuple[re.Pattern[str], str], ...]
    machines: re.Pattern[str]
    cloud: re.Pattern[str]
    own_machines: re.Pattern[str]
    continuing: re.Pattern[str]
    contracted: re.Pattern[str]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _National(_Strict):
    head: str
    heading: str
    needs: str


class _Domain(_Strict):
    name: str
    duties: str
    words: str


class _Figure(_Strict):
    pattern: str
    ask: str


class _Table(_Strict):
    """The layout of drafting.yaml."""

    national: list[_National]
    concepts: dict[str, str]
    broad: list[str]
    domains: list[_Domain]
    authentication: str
    wider: dict[str, str]
    general: str
    shapes: dict[str, str]
    figures: list[_Figure]
    unfit: str
    opening: str
    spelling: list[tuple[str, str]]
    machines: str
    cloud: str
    own_machines: str
    continuing: str
    contracted: str


@functools.cache
def words() -> Words:
    """The vocabulary, read once. Raises VocabularyError."""
    table = load("drafting", _Table)

    def made(entry: str, expression: str) -> re.Pattern[str]:
        return pattern("drafting", entry, [re.sub(r"\n\s*|(?<=\|) ", "", expression.strip())])

    return Words(
        tuple(National(made(n.heading, n.head), n.heading, n.needs) for n in table.national),
        {name: made(name, expression) for name, expression in table.concepts.items()},
        frozenset(table.broad),
        tuple(Domain(d.name, made(d.name, d.duties), made(d.name, d.words)) for d in table.domains),
        made("authentication", table.authentication),
        {name: made(name, expression) for name, expression in table.wider.items()},
        made("general", table.general),
        {name: made(name, expression) for name, expression in table.shapes.items()},
        tuple((made(f.ask, f.pattern), f.ask) for f in table.figures),
        made("unfit", table.unfit),
        made("opening", table.opening),
        tuple((made("spelling", before), after) for before, after in table.spelling),
        made("machines", table.machines),
        made("cloud", table.cloud),
        made("own_machines", table.own_machines),
        made("continuing", table.continuing),
        made("contracted", table.contracted),
    )


def plain(text: str) -> str:
    """NFKC with the circled numbers kept: what the patterns are matched on, and what a draft prints."""
    kept = re.split(r"([①-⑳※～〜])", text)
    return "".join(part if n % 2 else unicodedata.normalize("NFKC", part) for n, part in enumerate(kept))


def concepts(text: str) -> frozenset[str]:
    """Names of the measures that a sentence speaks of."""
    folded = plain(text)
    return frozenset(name for name, found in words().concepts.items() if found.search(folded))


def domains_of(duty: str) -> frozenset[str]:
    """Names of the kinds of duty that a duty's name tells."""
    return frozenset(d.name for d in words().domains if d.duties.search(plain(duty)))

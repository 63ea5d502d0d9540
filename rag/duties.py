"""Which duty (事務) a question speaks of, and which documents assess it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

import yaml

from rag.places import normal
from rag.types import Version

_ROLE = r"(?:費|費用|等)?(?:の(?:支給|実施|管理|賦課|徴収|賦課徴収|給付|認定|交付|登録))?(?:に関する|に係る|関係|の)?(?:事務|評価書)"
_GENERAL = re.compile(r"に関する事務|の支給|の実施|に係る|重点項目評価書|基礎項目評価書|全項目評価書|特定個人情報|ファイル|システム|管理|事務|情報|関する|評価書|等|住民")


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of duty and how it is recognised (regular expressions on normalised text)."""

    name: str
    also: re.Pattern[str]
    said: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DutyNamed:
    """A duty in a question. `explicit`: it is named as the duty itself (…の事務, 川口市の…の), not in passing."""

    duty: Duty
    span: tuple[int, int]
    explicit: bool
    spans: tuple[tuple[int, int], ...] = ()


@functools.cache
def duties() -> tuple[Duty, ...]:
    """The usual duties of municipalities."""
    text = resources.files("rag").joinpath("vocabulary/duties.yaml").read_text(encoding="utf-8")
    return tuple(
        Duty(d["name"], _any([d["name"], *d["also"]]), _any([*d["also"], *d["said"], *d["en"]]))
        for d in yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    )


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)")


@functools.lru_cache(maxsize=65536)
def duties_of(text: str) -> frozenset[str]:
    """Names of the duties that a document's duty and title are about."""
    folded = normal(text)
    return frozenset(d.name for d in duties() if d.also.search(folded))


def named_duties(question: str, body_ends: Sequence[int]) -> list[DutyNamed]:
    """The duties named in a normalised question. `body_ends`: where names of municipalities end."""
    found = []
    for duty in duties():
        match = duty.said.search(question)
        if match is None:
            continue
        behind, before = question[match.end() :], question[: match.start()]
        role = bool(re.match(_ROLE, behind))
        owned = any(re.fullmatch(r"(?:の|における|では|で|'s|,|、|\s)*", before[end:]) for end in body_ends if end <= len(before))
        followed = bool(re.match(r"(?:費|の事務)?(?:の(?!課)|について|では?|に(?:は|おけ|関)|は|$|\?|、|,)", behind)) and not re.match(r".{0,3}課", behind)
        every = tuple(m.span() for m in duty.said.finditer(question))
        found.append(DutyNamed(duty, match.span(), role or (owned and followed), every))
    return found


def likeness(question: str, version: Version, names: Sequence[str]) -> float:
    """How much of a document's own wording (duty, title, names of files and systems) stands in the question, 0 or more."""
    best = 0
    for text in (version.duty, version.title, *names):
        words = _GENERAL.sub("\n", normal(text)).replace(normal(version.municipality), "\n")
        for piece in re.split(r"[\n・、()\s]+", words):
            best = max(best, _common(piece, question))
    return float(best) if best >= 3 else 0.0


def _common(piece: str, question: str) -> int:
    """Length of the longest part of `piece` that stands in the question."""
    best = 0
    for i in range(len(piece)):
        while i + best < len(piece) and piece[i : i + best + 1] in question:
            best += 1
    return best

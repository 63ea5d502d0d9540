"""What is collected, counted once for each state of the catalog: filters, example questions, the header's figure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from api.services import Catalogue
from ingest.assessment import Change, Contract, State
from rag.types import Version

#: A longer list of check boxes helps nobody; the rest is reached by naming it in the question.
MAX_CHOICES = 100

DUTY_TAIL = re.compile(r"(の[^の]{1,6})?(に関する|に係る)?事務$")
ASIDE = re.compile(r"[(（][^()（）]*[)）]")
COMPANY_FORM = re.compile(r"(株式|有限|合同|合資)会社|[(（][株有][)）]|㈱|㈲|(一般|公益)?(財団|社団)法人")


@dataclass(frozen=True, slots=True)
class Choice:
    """One check box of a filter."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The collection at one generation of the catalog.

    `versions` are the current ones, `all_versions` counts the older too; `more_*` count what the check boxes leave out.
    """

    generation: int
    documents: int
    versions: tuple[Version, ...]
    all_versions: int
    municipalities: tuple[Choice, ...]
    assessments: tuple[Choice, ...]
    more_municipalities: int
    more_assessments: int
    examples: tuple[str, ...]


class OverviewCache:
    """Keeps the last overview until the catalog moves on."""

    def __init__(self) -> None:
        self.last: Overview | None = None

    @property
    def collected(self) -> int | None:
        """How many assessments are collected, None as long as nobody has looked."""
        return self.last.documents if self.last else None

    def of(self, catalog: Catalogue) -> Overview:
        """The overview of the catalog as it is now."""
        generation = catalog.generation()
        last = self.last
        if last is None or last.generation != generation:
            last = self.last = take(catalog, generation)
        return last


def take(catalog: Catalogue, generation: int) -> Overview:
    """Counts what is collected and thinks up questions about it."""
    every = catalog.versions(current_only=False)
    versions = [v for v in every if v.current]
    bodies = Counter(v.municipality for v in versions)
    municipalities = [Choice(name, name, count) for name, count in bodies.items()]
    assessments = [Choice(v.document, f"{v.municipality} {short_duty(v)}", v.items) for v in versions]
    return Overview(
        generation=generation,
        documents=len(versions),
        versions=tuple(versions),
        all_versions=len(every),
        municipalities=tuple(municipalities[:MAX_CHOICES]),
        assessments=tuple(assessments[:MAX_CHOICES]),
        more_municipalities=max(0, len(municipalities) - MAX_CHOICES),
        more_assessments=max(0, len(assessments) - MAX_CHOICES),
        examples=tuple(examples(catalog, versions)),
    )


def short_duty(version: Version) -> str:
    """The duty in few words: 子ども医療費 for 子ども医療費の支給に関する事務."""
    duty = ASIDE.sub("", version.duty)
    return DUTY_TAIL.sub("", duty) or duty or version.title or version.document


def examples(catalog: Catalogue, versions: list[Version]) -> list[str]:
    """Questions that the collection can answer, one for each way of asking."""
    if not versions:
        return []
    plainest = sorted(versions, key=lambda v: len(short_duty(v)))[:3]
    names = [f"{v.municipality}の{short_duty(v)}" for v in (plainest * 3)[:3]]
    contractor = widest_contractor(catalog, versions)
    changed = whose_contractor_changed(catalog, versions)
    asked = [
        f"{names[0]}の委託先は？",
        f"{contractor}に委託している自治体は？" if contractor else "",
        f"{names[1]}の問合せ先は？",
        f"{names[2]}で権限のない者の使用をどう防いでいますか？",
        f"{changed}の委託先はいつ変わりましたか？" if changed else "",
    ]
    return list(dict.fromkeys(filter(None, asked)))


def whose_contractor_changed(catalog: Catalogue, versions: list[Version]) -> str:
    """Body and duty of a document that tells of a change of contractor, "" where none does."""
    for version, record in catalog.records("changes", [v.id for v in versions[:MAX_CHOICES]]):
        if isinstance(record, Change) and "委託先名" in record.item.value:
            return f"{version.municipality}の{short_duty(version)}"
    return ""


def widest_contractor(catalog: Catalogue, versions: list[Version]) -> str:
    """The contractor that most documents name, "" where none is stated."""
    sample = [v.id for v in versions[:MAX_CHOICES]]
    naming: dict[str, set[str]] = {}
    for version, record in catalog.records("contracts", sample):
        if isinstance(record, Contract) and record.contractor.state is State.STATED:
            words = COMPANY_FORM.sub(" ", record.contractor.value).split()
            if words and 2 < len(words[0]) <= 12:
                naming.setdefault(words[0], set()).add(version.document)
    return max(naming, key=lambda name: len(naming[name]), default="")

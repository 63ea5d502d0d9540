"""What the checks tell: rules, what a rule raises at some places, and findings as they are shown and kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rag.finding import Ref
from rag.types import Citation


class Family(StrEnum):
    """The kinds of findings: one module each."""

    CONTRADICTION = "contradiction"
    STALE = "stale"
    MISSING = "missing"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    CONVERSION = "conversion"
    SUSPICIOUS = "suspicious"
    OVERDUE = "overdue"

    @property
    def ja(self) -> str:
        """Its name as it is shown."""
        return _FAMILIES[self]


_FAMILIES = {
    Family.CONTRADICTION: "食い違い",
    Family.STALE: "法令の改正",
    Family.MISSING: "欠落",
    Family.BLANK: "空欄",
    Family.UNREADABLE: "読取不可",
    Family.CONVERSION: "変換の誤り",
    Family.SUSPICIOUS: "転記の疑い",
    Family.OVERDUE: "見直しの時期",
}


class Severity(StrEnum):
    """FINDING: to be put right. QUESTION: a person has to look. NOTE: right when published, for the next edition."""

    FINDING = "finding"
    QUESTION = "question"
    NOTE = "note"

    @property
    def ja(self) -> str:
        """Its name as it is shown."""
        return _SEVERITIES[self]


_SEVERITIES = {Severity.FINDING: "要修正", Severity.QUESTION: "要確認", Severity.NOTE: "参考"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for.

    id        `family.name`, stable
    severity  of what it raises
    title     what it looks for, in Japanese
    source    where the demand comes from: 番号法, 指針, 規則, 様式
    since     the day from which it holds; in what was published before, it is a note
    """

    id: str
    severity: Severity
    title: str
    source: str
    since: dt.date | None = None

    @property
    def family(self) -> Family:
        """The first half of its id."""
        return Family(self.id.partition(".")[0])

    def severity_on(self, published: dt.date | None) -> Severity:
        """Its severity in an assessment published on a day; a question where the day is unknown and matters."""
        if self.since is None:
            return self.severity
        if published is None:
            return Severity.QUESTION
        return self.severity if published >= self.since else Severity.NOTE


@dataclass(frozen=True, slots=True)
class Raised:
    """What a rule raises before it is verified.

    message   Japanese: what is there and why it is raised
    refs      the places with the texts to be quoted
    advice    Japanese: what to do
    sections  the places where they are not those of `refs`: what is lost has no item
    proposal  a correction, only where it is certain
    """

    rule: Rule
    message: str
    refs: tuple[Ref, ...] = ()
    advice: str = ""
    sections: tuple[str, ...] = ()
    proposal: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """The sections it speaks of, each once."""
        return self.sections or tuple(dict.fromkeys(ref.item.section for ref in self.refs))


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Why a person holds that a finding needs nothing done."""

    key: str
    reason: str
    dismissed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """One verified finding. `key` stays the same as long as rule, places and quoted words do; `version`: its id."""

    key: str
    document: str
    published: str
    version: int
    rule: Rule
    severity: Severity
    sections: tuple[str, ...]
    message: str
    citations: tuple[Citation, ...] = ()
    proposal: str = ""
    dismissal: Dismissal | None = None

    def dismissed(self, dismissal: Dismissal | None) -> Finding:
        """The finding with what a person said of it."""
        return replace(self, dismissal=dismissal)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form of the README."""
        return {
            "key": self.key,
            "document": self.document,
            "published": self.published,
            "family": self.rule.family.value,
            "rule": self.rule.id,
            "severity": self.severity.value,
            "sections": list(self.sections),
            "message": self.message,
            "proposal": self.proposal,
            "source": self.rule.source,
            "since": self.rule.since.isoformat() if self.rule.since else None,
            "citations": [{"section": c.section, "label": c.label, "quote": c.quote} for c in self.citations],
            "dismissed": self.dismissal.reason if self.dismissal else None,
        }

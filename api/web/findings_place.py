"""The places of one finding as a page shows them: where they stand, what is quoted, and the addresses of both.

A finding in a file that is not collected has places without addresses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.web import links, wording
from rag.checks.checker import Checked
from rag.checks.finding import Finding, Severity
from rag.types import Citation

#: What each severity asks of the reader.
MEANINGS = {
    Severity.FINDING: "様式や法令、ほかの記載と合っていません。直してください。",
    Severity.QUESTION: "誤りとは言い切れません。原本や担当課に確かめてください。",
    Severity.NOTE: "公表した時点では正しかったものなどです。次の見直しで直してください。",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the document. `label`: the item that says them; `address`: "" where the document is not collected."""

    label: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """One section that a finding speaks of, with what is quoted from it."""

    name: str
    address: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity that nobody dismissed."""

    severity: Severity
    findings: tuple[Finding, ...]

    @property
    def meaning(self) -> str:
        """What it asks of the reader."""
        return MEANINGS[self.severity]


@dataclass(frozen=True, slots=True)
class FindingsView:
    """The findings of one assessment as its page shows them."""

    checked: Checked

    @property
    def groups(self) -> tuple[Group, ...]:
        """The standing findings, gravest first; no group is empty."""
        made = (Group(s, tuple(f for f in self.checked.standing if f.severity is s)) for s in Severity)
        return tuple(group for group in made if group.findings)

    @property
    def dismissed(self) -> tuple[Finding, ...]:
        """The findings that somebody dismissed."""
        return tuple(f for f in self.checked.findings if f.dismissal)

    @property
    def count(self) -> int:
        """How many findings stand."""
        return len(self.checked.standing)

    def at(self, keys: Iterable[str]) -> tuple[Finding, ...]:
        """The standing findings that quote one of the items (by key), gravest first."""
        wanted = set(keys)
        return tuple(f for f in self.checked.standing if any(c.item in wanted for c in f.citations))


def places(finding: Finding) -> tuple[FindingPlace, ...]:
    """The sections that a finding names, then those that only its quotes stand in."""
    sections = dict.fromkeys((*finding.sections, *(c.section for c in finding.citations)))
    return tuple(_place(finding, section) for section in sections)


def _place(finding: Finding, section: str) -> FindingPlace:
    cited = [c for c in finding.citations if c.section == section]
    quotes = tuple(Quote(c.label, c.quote, _address(finding, c)) for c in cited)
    return FindingPlace(wording.place_name(section), quotes[0].address if quotes else "", quotes)


def _address(finding: Finding, cited: Citation) -> str:
    return links.citation(cited) if finding.version else ""

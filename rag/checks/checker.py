"""Checks what is collected and files that are not, with what people dismissed: what commands and pages call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from ingest.read import read_assessment
from rag.checks import run
from rag.checks.dismissals import Dismissals
from rag.checks.finding import Dismissal, Finding
from rag.checks.paper import Reading, of_assessment, of_version
from rag.errors import NotFound
from rag.types import Version

#: In Japan, where the deadlines are counted.
JAPAN = dt.timezone(dt.timedelta(hours=9))


class Collection(Reading, Protocol):
    """What is needed of the catalog, and of the database that it is in."""

    @property
    def engine(self) -> sa.Engine:
        """The database, where dismissals are kept too."""

    def versions(self, document: str | None = None, current_only: bool = True) -> list[Version]:
        """Versions of one document or of all."""

    def version(self, document: str, as_of: dt.date | None = None) -> Version:
        """The current version; raises NotFound."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One assessment and its findings, gravest first, dismissed ones among them."""

    version: Version
    findings: tuple[Finding, ...]

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that nobody dismissed."""
        return tuple(f for f in self.findings if f.dismissal is None)

    def under(self, dismissals: Mapping[str, Dismissal]) -> Checked:
        """The same with what people dismissed since: key of the finding → its dismissal."""
        return Checked(self.version, tuple(f.dismissed(dismissals.get(f.key)) for f in self.findings))


class Checker:
    """Runs the checks over the catalog or a file; `today`: the day that deadlines are counted to, by default today."""

    def __init__(self, catalog: Collection, *, today: dt.date | None = None, max_bytes: int = 50 * 2**20) -> None:
        self.catalog = catalog
        self.dismissals = Dismissals(catalog.engine)
        self.today = today or dt.datetime.now(JAPAN).date()
        self._max_bytes = max_bytes

    def check(self, targets: Sequence[str | Path | Version] = ()) -> Iterator[Checked]:
        """The documents (by name or version) and files (by path) in the order given; without any, all documents.

        Raises NotFound for a document that is not collected, IngestError for a file that cannot be read.
        """
        dismissed = self.dismissals.all()
        for target in targets or self.catalog.versions():
            yield self._of(target, dismissed)

    def _of(self, target: str | Path | Version, dismissed: Mapping[str, Dismissal]) -> Checked:
        if isinstance(target, Path):
            read = read_assessment(target, max_bytes=self._max_bytes)
            paper = of_assessment(read, target.name, self.today)
        else:
            version = self.catalog.version(target) if isinstance(target, str) else target
            paper = of_version(self.catalog, version, self.today)
        return Checked(paper.version, run.check(paper)).under(dismissed)

    def dismiss(self, key: str, reason: str, targets: Sequence[str | Path] = ()) -> Finding:
        """Dismisses the finding of that key among those of the targets. Raises NotFound, BadEntry."""
        for checked in self.check(targets):
            for finding in checked.findings:
                if finding.key == key:
                    return finding.dismissed(self.dismissals.dismiss(finding, reason))
        raise NotFound(f"指摘「{key}」はありません。番号を指摘の一覧(hyoka check)で確かめてください。")

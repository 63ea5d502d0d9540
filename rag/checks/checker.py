"""Checks what is collected and files that are not, with what people dismissed: what commands and pages call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.read import read_assessment
from rag.catalog import Catalog
from rag.checks import run
from rag.checks.dismissals import Dismissals
from rag.checks.finding import Dismissal, Finding
from rag.checks.paper import of_assessment, of_version
from rag.errors import NotFound
from rag.types import Version

#: In Japan, where the deadlines are counted.
JAPAN = dt.timezone(dt.timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Checked:
    """One assessment and its findings, gravest first, dismissed ones among them."""

    version: Version
    findings: tuple[Finding, ...]

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that nobody dismissed."""
        return tuple(f for f in self.findings if f.dismissal is None)


class Checker:
    """Runs the checks over the catalog or a file; `today`: the day that deadlines are counted to, by default today."""

    def __init__(self, catalog: Catalog, *, today: dt.date | None = None, max_bytes: int = 50 * 2**20) -> None:
        self.catalog = catalog
        self.dismissals = Dismissals(catalog.engine)
        self.today = today or dt.datetime.now(JAPAN).date()
        self._max_bytes = max_bytes

    def check(self, targets: Sequence[str | Path] = ()) -> Iterator[Checked]:
        """The documents (by name) and files (by path) in the order given; without any, all that is collected.

        Raises NotFound for a document that is not collected, IngestError for a file that cannot be read.
        """
        dismissed = self.dismissals.all()
        for target in targets or self.catalog.versions():
            yield self._of(target, dismissed)

    def _of(self, target: str | Path | Version, dismissed: dict[str, Dismissal]) -> Checked:
        if isinstance(target, Path):
            read = read_assessment(target, max_bytes=self._max_bytes)
            paper = of_assessment(read, target.name, self.today)
        else:
            version = self.catalog.version(target) if isinstance(target, str) else target
            paper = of_version(self.catalog, version, self.today)
        return Checked(paper.version, tuple(f.dismissed(dismissed.get(f.key)) for f in run.check(paper)))

    def dismiss(self, key: str, reason: str, targets: Sequence[str | Path] = ()) -> Finding:
        """Dismisses the finding of that key among those of the targets. Raises NotFound, BadEntry."""
        for checked in self.check(targets):
            for finding in checked.findings:
                if finding.key == key:
                    return finding.dismissed(self.dismissals.dismiss(finding, reason))
        raise NotFound(f"指摘「{key}」はありません。番号は hyoka check の一覧で確かめてください。")

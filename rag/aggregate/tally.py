"""The count under every answer over all documents: n of N, and by name those that cannot be counted either way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.finding import Finding, Statement, TableRow
from rag.question import Plan
from rag.shelf import Book
from rag.types import Status, Version
from rag.wording import name, say


@dataclass(frozen=True, slots=True)
class Tally:
    """Documents that match and those whose place is lost, of all that were looked at."""

    matched: Sequence[Book]
    lost: Sequence[Book]
    books: Sequence[Book]

    def found(self, plan: Plan, ja: str, en: str, rows: Sequence[TableRow], by: str = "records") -> Finding:
        """The finding.

        ja  what the documents do, as in `…評価書`
        en  the same, as in `n of N assessments …`
        """
        status = Status.ANSWERED if self.matched else Status.NOT_STATED
        counted = (Statement(self._total(plan, ja, en)),)
        return self.finding(plan, status, counted, rows, len(self.matched), by)

    def finding(
        self,
        plan: Plan,
        status: Status,
        statements: Sequence[Statement],
        rows: Sequence[TableRow],
        matched: int,
        by: str = "records",
    ) -> Finding:
        """A finding in other words than the count, with the same warning of lost documents."""
        return Finding(
            status,
            tuple(statements),
            tuple(rows),
            self._warnings(plan),
            matched=matched,
            unreadable=len(self.lost),
            considered=len(self.books),
            by=by,
        )

    def _total(self, plan: Plan, ja: str, en: str) -> str:
        n, of = len(self.matched), len(self.books)
        if not n:
            return say(
                plan.language,
                f"{ja}評価書は、収録{of}件のうちにはありません。",
                f"0 of {of} collected assessments {en}.",
            )
        names = names_of(self.matched)
        return say(
            plan.language,
            f"{ja}評価書は、収録{of}件中{n}件です: {names}。",
            f"{n} of {of} collected assessments {en}: {names}.",
        )

    def _warnings(self, plan: Plan) -> tuple[Statement, ...]:
        if not self.lost:
            return ()
        n, who = len(self.lost), names_of(self.lost)
        ja = f"読取不可{n}件({who})は、該当箇所が失われているか印が読み取れないため、原本を確認してください。"
        return (Statement(say(plan.language, ja, f"Unreadable: {n} ({who}); please check the originals.")),)


def names_of(books: Sequence[Book]) -> str:
    """The documents by name."""
    return "、".join(name(b.version) for b in books)


def document_cells(version: Version) -> tuple[tuple[str, str], ...]:
    """The first cells of every row: whose document it is."""
    return (("自治体", version.municipality), ("事務", version.duty))

"""What the checks find, for pages and programs: kept until the catalog or the day moves on; with the dismissals."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator

from api.services import Catalogue
from rag.checks.checker import Checked, Checker
from rag.checks.finding import Finding
from rag.errors import NotFound
from rag.types import Version

#: Some ten to fifty findings each; of more documents than this, the first to come are checked anew.
MAX_KEPT = 1024


class FindingsCache:
    """Findings by version, of one generation of the catalog and one day. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[int, dt.date] | None = None
        self._kept: dict[int, Checked] = {}

    def of(self, state: tuple[int, dt.date], checker: Checker, version: Version) -> Checked:
        """The findings of a version, looked for where they are not known yet. One search at a time."""
        with self._lock:
            if self._state != state:
                self._state, self._kept = state, {}
            if version.id not in self._kept:
                while len(self._kept) >= MAX_KEPT:
                    del self._kept[next(iter(self._kept))]
                (self._kept[version.id],) = checker.check([version])
            return self._kept[version.id]

    def known(self, state: tuple[int, dt.date], version: Version) -> Checked | None:
        """The findings of a version where they are known; None else, at once."""
        return self._kept.get(version.id) if self._state == state else None


class Inspection:
    """The checks over what is collected, as of now.

    max_bytes  of a file that is checked without being collected
    """

    def __init__(self, catalog: Catalogue, cache: FindingsCache, max_bytes: int) -> None:
        self.checker = Checker(catalog, max_bytes=max_bytes)
        self._cache = cache
        self._state = catalog.generation(), self.checker.today
        self._dismissals = self.checker.dismissals.all()

    def of(self, version: Version) -> Checked:
        """The findings of a version, dismissed ones among them."""
        return self._cache.of(self._state, self.checker, version).under(self._dismissals)

    def known(self, versions: Iterable[Version]) -> dict[int, Checked]:
        """Id of a version → its findings, where that takes no search."""
        found = ((v.id, self._cache.known(self._state, v)) for v in versions)
        return {id: checked.under(self._dismissals) for id, checked in found if checked}

    def every(self, versions: Iterable[Version]) -> Iterator[Checked]:
        """The findings of each of the versions."""
        return map(self.of, versions)

    def dismiss(self, key: str, reason: str, versions: Iterable[Version]) -> Finding:
        """Dismisses the finding of that key in one of the versions. Raises NotFound, BadEntry."""
        finding = self.find(key, versions)
        return finding.dismissed(self.checker.dismissals.dismiss(finding, reason))

    def find(self, key: str, versions: Iterable[Version]) -> Finding:
        """The finding of that key in one of the versions. Raises NotFound."""
        for checked in self.every(versions):
            for finding in checked.findings:
                if finding.key == key:
                    return finding
        raise NotFound(f"指摘「{key}」はありません。番号を指摘の一覧で確かめてください。")

"""Items of whole versions that were read lately, for the catalog: reading a thousand rows takes longer than a page."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from ingest.assessment import Item

#: Versions kept in memory, some 1 to 2 MB each.
MAX_KEPT = 24


class KeptItems:
    """The items of versions at one generation of the catalog, those used last kept. Safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = -1
        self._kept: OrderedDict[int, tuple[Item, ...]] = OrderedDict()

    def of(self, generation: int, version_id: int, read: Callable[[], list[Item]]) -> list[Item]:
        """The items of a version, read where they are not known at this generation; the list is the caller's own."""
        with self._lock:
            if generation != self._generation:
                self._generation, self._kept = generation, OrderedDict()
            known = self._kept.get(version_id)
            if known is not None:
                self._kept.move_to_end(version_id)
                return list(known)
        found = tuple(read())
        with self._lock:
            if generation == self._generation:
                self._kept[version_id] = found
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        return list(found)

"""Which chunks each item of a version has. A version never changes once written, so each is read only once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rag.catalog import Catalog
from rag.ports import VectorIndex, Vectors

#: Versions kept in memory, some 20 kB each.
KEPT_VERSIONS = 1_024


@dataclass(frozen=True, slots=True)
class Layout:
    """The chunks of a version in order. `owners[n]` is the place in `items` of the item that chunk n belongs to."""

    keys: tuple[str, ...]
    items: tuple[str, ...]
    owners: npt.NDArray[np.intp]

    def similarities(self, index: VectorIndex, vector: Vectors) -> dict[str, float]:
        """By item key, the highest cosine similarity of its chunks, not below 0."""
        best = np.zeros(len(self.items), dtype=np.float32)
        if self.keys:
            np.maximum.at(best, self.owners, index.similarities(vector, self.keys))
        return dict(zip(self.items, best.tolist(), strict=True))


class Layouts:
    """Layouts by version id, the ones used last kept. Safe to share between threads."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, Layout] = OrderedDict()

    def of(self, version_id: int) -> Layout:
        """The layout of a version, empty for one that is not collected (any more)."""
        with self._lock:
            layout = self._kept.get(version_id)
            if layout is not None:
                self._kept.move_to_end(version_id)
                return layout
        layout = self._read(version_id)
        with self._lock:
            if layout.keys:
                self._kept[version_id] = layout
            while len(self._kept) > KEPT_VERSIONS:
                self._kept.popitem(last=False)
        return layout

    def _read(self, version_id: int) -> Layout:
        pairs = self._catalog.chunk_items(version_id)
        places: dict[str, int] = {}
        owners = [places.setdefault(item, len(places)) for _, item in pairs]
        return Layout(tuple(key for key, _ in pairs), tuple(places), np.array(owners, dtype=np.intp))

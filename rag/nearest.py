"""Chunks by meaning: exact search in a matrix of all vectors while there are few, Chroma's index beyond that.

The matrix is a copy of what Chroma holds, made anew for a generation of the catalog, swapped whole and memory-mapped:
a question then needs neither chromadb (0.6 s to import) nor its `where`, which is slow for selective filters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag import snapshots
from rag.ports import Vectors
from rag.ranking import best_places
from rag.types import Hit
from rag.vectors import ChromaVectors

FOLDER = "vectors"
#: Up to here every question is compared with every chunk: 50,000 × 512 takes some 10 ms and 100 MB.
MAX_EXACT = 50_000


class Matrix:
    """All vectors of one generation, those of past versions too: read only, safe to share between threads."""

    def __init__(self, snapshot: snapshots.Snapshot) -> None:
        listing = json.loads((snapshot.folder / "chunks.json").read_text("utf-8"))
        self.generation = snapshot.generation
        self.encoder: str = listing["encoder"]
        self.keys: list[str] = listing["keys"]
        self.digests: list[str] = listing["digests"]
        self._current = np.flatnonzero(np.load(snapshot.folder / "current.npy"))
        self._vectors: Vectors = np.load(snapshot.folder / "vectors.npy", mmap_mode="r")

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self.keys)}

    def search(self, vector: Vectors, limit: int) -> list[Hit]:
        """The `limit` nearest chunks of current versions, best first."""
        if not len(self._current):
            return []
        everything = len(self._current) == len(self.keys)
        scores = self._vectors @ vector if everything else (self._vectors @ vector)[self._current]
        best = best_places(scores, limit)
        return [Hit(self.keys[self._current[place]], float(scores[place])) for place in best]

    def score(self, vector: Vectors, chunk_keys: Sequence[str]) -> list[Hit]:
        """Cosine similarities of the named chunks, best first; unknown keys are left out."""
        rows = np.array([self._row_of[key] for key in dict.fromkeys(chunk_keys) if key in self._row_of], dtype=np.int64)
        if not len(rows):
            return []
        scores = self._products(vector, rows)
        return [Hit(self.keys[rows[place]], float(scores[place])) for place in best_places(scores, len(rows))]

    def similarities(self, vector: Vectors, chunk_keys: Sequence[str]) -> Vectors:
        """Cosine similarities in the order of the keys, 0 for unknown ones."""
        row_of = self._row_of
        rows = np.fromiter((row_of.get(key, -1) for key in chunk_keys), dtype=np.int64, count=len(chunk_keys))
        if not len(self.keys):
            return np.zeros(len(rows), dtype=np.float32)
        scores: Vectors = np.where(rows >= 0, self._products(vector, rows), 0).astype(np.float32)
        return scores

    def _products(self, vector: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        # Beyond a fifth of all rows, picking them costs more than multiplying with all.
        products: Vectors = (
            (self._vectors @ vector)[rows] if 5 * len(rows) > len(self.keys) else self._vectors[rows] @ vector
        )
        return products

    def vectors(self, digests: Mapping[str, str]) -> dict[str, Vectors]:
        """The vectors of those of these chunks that are held with the same digest."""
        held = zip(self.keys, self.digests, self._vectors, strict=True)
        return {key: row for key, digest, row in held if digests.get(key) == digest}


class Nearest:
    """The vector index of `ports`: the matrix where there is one, else Chroma."""

    def __init__(
        self, matrix: Matrix | None, store: ChromaVectors, among_current: Callable[[Sequence[str]], set[str]]
    ) -> None:
        self._matrix = matrix
        self._store = store
        self._among_current = among_current

    def search(self, vector: Vectors, limit: int) -> list[Hit]:
        """The `limit` nearest chunks of current versions, best first."""
        if self._matrix is not None:
            return self._matrix.search(vector, limit)
        total = self._store.count()
        wanted = 2 * limit
        while True:  # few chunks are of past versions: ask for more until enough are of current ones
            hits = self._store.nearest(vector, min(wanted, total)) if total else []
            current = self._among_current([hit.chunk for hit in hits])
            found = [hit for hit in hits if hit.chunk in current]
            if len(found) >= limit or wanted >= total:
                return found[:limit]
            wanted *= 4

    def score(self, vector: Vectors, chunk_keys: Sequence[str]) -> list[Hit]:
        """Cosine similarities of the named chunks, best first; unknown keys are left out."""
        if self._matrix is not None:
            return self._matrix.score(vector, chunk_keys)
        found = self._store.vectors(list(dict.fromkeys(chunk_keys)))
        hits = [Hit(key, float(held @ vector)) for key, held in found.items()]
        return sorted(hits, key=lambda hit: -hit.score)

    def similarities(self, vector: Vectors, chunk_keys: Sequence[str]) -> Vectors:
        """Cosine similarities in the order of the keys, 0 for unknown ones."""
        if self._matrix is not None:
            return self._matrix.similarities(vector, chunk_keys)
        found = {hit.chunk: hit.score for hit in self.score(vector, chunk_keys)}
        return np.array([found.get(key, 0.0) for key in chunk_keys], dtype=np.float32)


def read(root: Path) -> Matrix | None:
    """The newest matrix under `root`, None where there is none or it is damaged."""
    snapshot = snapshots.newest(root)
    try:
        return Matrix(snapshot) if snapshot else None
    except (OSError, ValueError, KeyError):
        return None  # derived: the caller makes it again


def rebuild(
    root: Path,
    generation: int,
    encoder: str,
    digests: Mapping[str, str],
    current: Iterable[str],
    fetch: Callable[[Sequence[str]], Mapping[str, Vectors]],
) -> Matrix | None:
    """Makes the matrix of a generation; `fetch` gets the vectors that the one before does not have.

    None, and no matrix, beyond MAX_EXACT chunks. Raises OSError where it cannot be written, KeyError where `fetch`
    does not know a chunk; the matrix before it then stays.
    """
    if len(digests) > MAX_EXACT:
        (root / snapshots.POINTER).unlink(missing_ok=True)
        return None
    before = read(root)
    held = dict(before.vectors(digests)) if before is not None and before.encoder == encoder else {}
    held.update(fetch([key for key in digests if key not in held]))
    answering = set(current)

    def fill(folder: Path) -> None:
        listing = {"encoder": encoder, "keys": list(digests), "digests": list(digests.values())}
        (folder / "chunks.json").write_text(json.dumps(listing, ensure_ascii=False), "utf-8")
        np.save(folder / "current.npy", np.array([key in answering for key in digests], dtype=np.bool_))
        np.save(folder / "vectors.npy", np.stack([held[key] for key in digests]) if digests else np.zeros((0, 1)))

    return Matrix(snapshots.publish(root, generation, fill))

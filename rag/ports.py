"""The joints where another implementation fits: what `rag` needs of an encoder and of the two indexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ingest.assessment import Chunk
from rag.types import Hit

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Identifies model and weights; vectors of two names do not mix."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimensions), each of length 1."""

    def encode_query(self, text: str) -> Vectors:
        """One vector of shape (dimensions,), of length 1."""


class VectorIndex(Protocol):
    """Chunks by meaning. Scores are cosine similarities: higher is nearer."""

    def search(self, vector: Vectors, limit: int) -> list[Hit]:
        """The `limit` nearest chunks of current versions, best first."""

    def score(self, vector: Vectors, chunk_keys: Sequence[str]) -> list[Hit]:
        """Exact scores of the named chunks, best first; unknown keys are left out."""

    def similarities(self, vector: Vectors, chunk_keys: Sequence[str]) -> Vectors:
        """Exact scores in the order of the keys, shape (len(chunk_keys),); 0 for unknown keys."""


class LexicalIndex(Protocol):
    """Chunks by words. Scores are BM25: higher is better."""

    def search(self, query: str, limit: int, within: Iterable[str] | None = None) -> list[Hit]:
        """The best chunks for the words of `query`, only among `within` where it is given."""


class ChunkSource(Protocol):
    """Where the derived indexes read their chunks from: the catalog."""

    def current_chunks(self) -> list[Chunk]:
        """All chunks of current versions, in a stable order."""

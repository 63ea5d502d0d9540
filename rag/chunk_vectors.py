"""Chunks → vectors: whose chunk it is and what stands where are encoded apart and added. Used by `indexes`.

Texts that stand in many places, such as national model text or the same words for each of two files, are then encoded
once; and it finds more than one vector of everything (docs/adr/0007-fusion.md).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.assessment import Chunk
from rag.encoders import unit
from rag.ports import Encoder, Vectors

#: Goes up when this module makes other vectors of the same chunk and encoder.
RECIPE = 2
#: Texts whose vectors are kept between documents of one run: 20 MB at 512 dimensions.
KEPT_TEXTS = 10_000


class ChunkEncoder:
    """Encodes chunks with any encoder, each distinct text of a run once. Not for several threads at once."""

    def __init__(self, encoder: Encoder) -> None:
        self.edition = f"{encoder.name} {RECIPE}"
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def encode(self, chunks: Sequence[Chunk]) -> Vectors:
        """Vectors of shape (len(chunks), dimensions), each of length 1. Raises EncoderError."""
        if not chunks:
            return np.zeros((0, 0), dtype=np.float32)
        owners, places = [owner(chunk) for chunk in chunks], [place_and_text(chunk) for chunk in chunks]
        self._learn([*owners, *places])
        return unit(np.stack([self._known[a] + self._known[b] for a, b in zip(owners, places, strict=True)]))

    def forget(self) -> None:
        """Gives the memory back at the end of a run."""
        self._known.clear()

    def _learn(self, texts: Sequence[str]) -> None:
        if len(self._known) > KEPT_TEXTS:
            self.forget()
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._encoder.encode_documents(new), strict=True))


def owner(chunk: Chunk) -> str:
    """Whose chunk it is: municipality and duty, which the headings of `ingest.chunk` begin with."""
    return f"{chunk.municipality} {chunk.duty}"


def place_and_text(chunk: Chunk) -> str:
    """Where in the form it stands, and what it says."""
    place = chunk.heading.removeprefix(owner(chunk)).strip()
    return f"{place}\n{chunk.text}" if place else chunk.text

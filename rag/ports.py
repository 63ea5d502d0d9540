"""The joints where another implementation fits: what `rag` needs of an encoder, the two indexes and a chat model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

from ingest.assessment import Chunk
from prompts import Message
from rag.stop import Stop
from rag.types import Hit, ModelCard

Vectors = npt.NDArray[np.float32]
Structure = TypeVar("Structure", bound=BaseModel)


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


class ChatModel(Protocol):
    """A language model. Safe to use from several threads."""

    @property
    def card(self) -> ModelCard:
        """Its name and how far the text travels to reach it."""

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and answer may take together."""

    def stream(self, messages: Sequence[Message], stop: Stop) -> Iterator[str]:
        """Pieces of the answer's text as they come; ends early, and the request with it, once `stop` is set.

        Raises ModelError where the model cannot be reached, fails, is not in time or says nothing.
        """

    def structured(self, messages: Sequence[Message], shape: type[Structure], stop: Stop) -> Structure:
        """The answer as an object of `shape`. Raises ModelError as `stream`, and where the answer has another shape."""

    def close(self) -> None:
        """Lets go of connections."""

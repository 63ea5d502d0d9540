"""Our encoder as LangChain's `Embeddings`, for whoever builds on LangChain. Not imported on the way to an answer."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from rag.ports import Encoder


class EncoderEmbeddings(Embeddings):
    """Wraps an `Encoder`; vectors are of length 1."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text."""
        vectors: list[list[float]] = self._encoder.encode_documents(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self._encoder.encode_query(text).tolist()
        return vector

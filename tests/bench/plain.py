"""The pipeline that everybody builds first: 500-character pieces in Chroma, the ten nearest to the question."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter

from rag.embeddings import EncoderEmbeddings
from rag.ports import Encoder

CHUNK_CHARS = 500
OVERLAP_CHARS = 50
TOP = 10


@dataclass(frozen=True, slots=True)
class Source:
    """A document's name and decoded text."""

    document: str
    text: str


class PlainPipeline:
    """LangChain's recursive splitter, Chroma in a folder, our encoder through LangChain's `Embeddings`."""

    def __init__(self, sources: Sequence[Source], encoder: Encoder, folder: Path) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS)
        documents = [Document(source.text, metadata={"document": source.document}) for source in sources]
        started = time.perf_counter()
        pieces = splitter.split_documents(documents)
        self._store = Chroma.from_documents(pieces, EncoderEmbeddings(encoder), persist_directory=str(folder))
        self.load_s = time.perf_counter() - started
        self.pieces = len(pieces)

    def search(self, question: str) -> tuple[float, str]:
        """Milliseconds, and the text of the ten nearest pieces."""
        started = time.perf_counter()
        found = self._store.similarity_search(question, k=TOP)
        return (time.perf_counter() - started) * 1000, "\n".join(piece.page_content for piece in found)

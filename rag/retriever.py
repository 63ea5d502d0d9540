"""Our search as LangChain's `BaseRetriever`, for chains and agents of others. Not imported on the way to an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from ingest.assessment import Chunk

Search = Callable[[str], Sequence[tuple[Chunk, float]]]


class AssessmentRetriever(BaseRetriever):
    """Wraps any search from a question to (chunk, score) pairs, best first."""

    search: Search

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(chunk, score) for chunk, score in self.search(query)]


def as_document(chunk: Chunk, score: float) -> Document:
    """A chunk as LangChain's `Document`: its id is the chunk's key, its metadata place in the form and score."""
    return Document(
        id=chunk.key,
        page_content=chunk.text,
        metadata={
            "document": chunk.document,
            "municipality": chunk.municipality,
            "duty": chunk.duty,
            "section": chunk.section,
            "label": chunk.label,
            "file": chunk.file,
            "published": chunk.published,
            "kind": chunk.kind.value,
            "item": chunk.item,
            "start": chunk.start,
            "end": chunk.end,
            "score": score,
        },
    )

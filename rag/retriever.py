"""Our search as LangChain's `BaseRetriever`, for chains and agents of others. Not imported on the way to an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from ingest.assessment import Chunk, Kind
from rag.library import Library
from rag.search import search

Search = Callable[[str], Sequence[tuple[Chunk, float]]]


class AssessmentRetriever(BaseRetriever):
    """Wraps any search from a question to (chunk, score) pairs, best first."""

    search: Search

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(chunk, score) for chunk, score in self.search(query)]


def retriever(
    library: Library,
    *,
    versions: Sequence[int] | None = None,
    parts: Sequence[str] | None = None,
    kinds: Sequence[Kind] | None = None,
    limit: int = 10,
) -> AssessmentRetriever:
    """The hybrid search of `rag.search`, with its filters, as a LangChain retriever."""

    def found(question: str) -> list[tuple[Chunk, float]]:
        hits = search(library, question, versions=versions, parts=parts, kinds=kinds, limit=limit)
        scores = {hit.chunk: hit.score for hit in hits}
        return [(chunk, scores[chunk.key]) for chunk in library.catalog.chunks(list(scores))]

    return AssessmentRetriever(search=found)


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

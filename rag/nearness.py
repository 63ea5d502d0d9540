"""Similarity of meaning between a question and passages, from the vectors of their chunks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.library import Library
from rag.shelf import Book, Passage


def nearness_of(library: Library, question: str, books: Sequence[Book]) -> Callable[[Passage], float] | None:
    """A function that gives each passage the cosine similarity of its chunk, 0 or more; None where nothing is encoded."""
    keys = library.catalog.chunk_keys([b.version.id for b in books])
    if not keys:
        return None
    hits = library.vectors.score(library.encoder.encode_query(question), keys)
    found: dict[tuple[str, str], float] = {}
    for hit in hits:
        document, _, rest = hit.chunk.partition("@")
        item = rest.split(":", 1)[1].rsplit(":", 1)[0]
        mark = (document, item)
        found[mark] = max(found.get(mark, 0.0), hit.score)
    return lambda p: max(0.0, found.get((p.version.document, p.item.key), 0.0))

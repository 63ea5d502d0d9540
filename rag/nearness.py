"""Similarity of meaning between a question and passages, from the vectors of their chunks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.library import Library
from rag.shelf import Book, Passage


def nearness_of(library: Library, question: str, books: Sequence[Book]) -> Callable[[Passage], float] | None:
    """A function from a passage to the highest cosine similarity among its item's chunks, 0 to 1; None without chunks.

    Raises EncoderChanged, EncoderError, StoreError.
    """
    layouts = {book.version.id: library.layouts.of(book.version.id) for book in books}
    if not any(layout.keys for layout in layouts.values()):
        return None
    index, vector = library.vectors, library.question_vector(question)
    found = {version: layout.similarities(index, vector) for version, layout in layouts.items()}
    return lambda passage: found[passage.version.id].get(passage.item.key, 0.0)

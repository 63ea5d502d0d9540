"""What a run of loading still owes to the indexes: written to Chroma and cut into words in the background.

`indexes` hands each document on and reads the next file meanwhile; at the end of the run it settles. Vectors and words
of the run are kept until then, so that the matrix and the lexical index need not fetch or make them again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from ingest.assessment import Chunk
from rag.ports import Vectors
from rag.serial import chunk_digest, searchable
from rag.tokens import Words
from rag.vectors import ChromaVectors

Given = TypeVar("Given")
#: Chunks written to Chroma at once: one large write costs half of many small ones.
BATCH = 500
#: Chunks of a run whose vectors and words are kept, some 3 kB each.
KEPT_CHUNKS = 20_000


class Backlog:
    """Changes on their way to Chroma, in order; the last one of a chunk counts. For one writing thread."""

    def __init__(self, store: ChromaVectors, words: Words) -> None:
        self.behind = False  # Chroma lacks a document: its generation must not be stamped
        self.vectors: dict[str, Vectors] = {}
        self.words: dict[str, list[str]] = {}
        self._store = store
        self._words = words
        self._pool: ThreadPoolExecutor | None = None
        self._running: list[Future[None]] = []
        self._waiting: dict[str, tuple[Chunk, Vectors] | None] = {}

    def expect(self) -> None:
        """Opens Chroma in the background: there will be something to write."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="indexes")
            self._running.append(self._pool.submit(self._open))

    def put(self, chunks: Sequence[Chunk], vectors: Vectors, gone: Sequence[str]) -> None:
        """Takes one document on; a fault of the writing shows here at a later call, or in `settle`."""
        self._raise_faults(wait=False)
        self.expect()
        for key in gone:
            self._waiting[key] = None
        for chunk, vector in zip(chunks, vectors, strict=True):
            self._waiting[chunk.key] = (chunk, vector)
        self._keep({chunk.key: vector for chunk, vector in zip(chunks, vectors, strict=True)})
        self._submit(self._tokenise, chunks)
        if len(self._waiting) >= BATCH:
            self._write()

    def settle(self) -> None:
        """Waits until everything is written. Raises StoreError."""
        if self._waiting:
            self._write()
        self._raise_faults(wait=True)

    def forget(self) -> None:
        """Gives the memory back at the end of a run."""
        self.vectors.clear()
        self.words.clear()

    def close(self) -> None:
        """Ends the thread."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, {}
        self._submit(self._bring, waiting)

    def _submit(self, work: Callable[[Given], None], argument: Given) -> None:
        assert self._pool is not None
        self._running.append(self._pool.submit(work, argument))

    def _raise_faults(self, wait: bool) -> None:
        ended = [future for future in self._running if wait or future.done()]
        self._running = [future for future in self._running if future not in ended]
        try:
            for future in ended:
                future.result()
        except BaseException:
            self.behind = True
            raise

    def _open(self) -> None:
        self._store.count()

    def _tokenise(self, chunks: Sequence[Chunk]) -> None:
        if len(self.words) < KEPT_CHUNKS:
            self.words.update({chunk_digest(chunk): self._words(searchable(chunk)) for chunk in chunks})

    def _keep(self, vectors: Mapping[str, Vectors]) -> None:
        if len(self.vectors) < KEPT_CHUNKS:
            self.vectors.update(vectors)
        else:
            for key in vectors:
                self.vectors.pop(key, None)

    def _bring(self, changes: Mapping[str, tuple[Chunk, Vectors] | None]) -> None:
        held = [change for change in changes.values() if change is not None]
        if held:
            self._store.put([chunk for chunk, _ in held], np.stack([vector for _, vector in held]))
        gone = [key for key, change in changes.items() if change is None]
        if gone:
            self._store.delete(gone)

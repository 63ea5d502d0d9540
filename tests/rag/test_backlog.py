"""What is owed to Chroma during a run: written in batches, the last change of a chunk counts, faults show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import CountingEncoder, cut_form, read_form, write_form

from ingest.assessment import Chunk
from rag import backlog
from rag.backlog import Backlog
from rag.errors import StoreError
from rag.ports import Vectors
from rag.serial import chunk_digest
from rag.tokens import Words


class Store:
    """Chroma, as far as a backlog needs it."""

    def __init__(self) -> None:
        self.held: dict[str, Vectors] = {}
        self.writes = 0
        self.fault: Exception | None = None

    def count(self) -> int:
        return len(self.held)

    def put(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        if self.fault:
            raise self.fault
        self.writes += 1
        self.held.update(zip([chunk.key for chunk in chunks], vectors, strict=True))

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.held.pop(key, None)


@pytest.fixture
def chunks(tmp_path: Path) -> list[Chunk]:
    return list(cut_form(read_form(write_form(tmp_path / "form.txt"))))


def vectors_of(chunks: Sequence[Chunk]) -> Vectors:
    return CountingEncoder().encode_documents([chunk.text for chunk in chunks])


def made(store: Store) -> Backlog:
    return Backlog(store, Words())  # type: ignore[arg-type]


def test_documents_are_written_together(chunks: list[Chunk]) -> None:
    store = Store()
    owed = made(store)
    for chunk in chunks:
        owed.put([chunk], vectors_of([chunk]), [])
    owed.settle()
    assert store.writes == 1
    assert list(store.held) == [chunk.key for chunk in chunks]
    assert set(owed.vectors) == set(store.held)
    assert set(owed.words) == {chunk_digest(chunk) for chunk in chunks}
    owed.forget()
    assert not owed.vectors
    assert not owed.words
    owed.close()


@pytest.mark.parametrize("batch", [1, 500])
def test_the_last_change_counts(chunks: list[Chunk], monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(backlog, "BATCH", batch)
    store = Store()
    owed = made(store)
    first, second = chunks[:2]
    owed.put([first], vectors_of([first]), [])
    owed.put([second], vectors_of([second]), [first.key])
    owed.put([first], vectors_of([first]), [second.key])
    owed.settle()
    assert list(store.held) == [first.key]
    owed.put([], np.zeros((0, 0), np.float32), [first.key])
    owed.settle()
    assert not store.held
    owed.close()


def test_a_fault_shows_and_is_remembered(chunks: list[Chunk]) -> None:
    store = Store()
    store.fault = StoreError("満杯です。")
    owed = made(store)
    owed.put(chunks, vectors_of(chunks), [])
    with pytest.raises(StoreError):
        owed.settle()
    assert owed.behind
    owed.close()


def test_few_chunks_are_kept(chunks: list[Chunk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "KEPT_CHUNKS", 1)
    store = Store()
    owed = made(store)
    owed.put(chunks[:2], vectors_of(chunks[:2]), [])
    owed.put(chunks[1:], vectors_of(chunks[1:]), [])
    owed.settle()
    assert set(owed.vectors) == {chunks[0].key}
    assert len(store.held) == len(chunks)
    owed.close()

"""Vectors of chunks: the owner's and the text's added, each distinct text encoded once."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from fakes import CountingEncoder, cut_form, read_form, write_form

from ingest.assessment import Chunk
from rag import chunk_vectors
from rag.chunk_vectors import ChunkEncoder, owner, place_and_text
from rag.encoders import unit


@pytest.fixture
def chunks(tmp_path: Path) -> list[Chunk]:
    found = cut_form(read_form(write_form(tmp_path / "form.txt")))
    return [dataclasses.replace(chunk, heading=f"{owner(chunk)} {chunk.label}") for chunk in found]


def test_owner_and_text_are_added(chunks: list[Chunk]) -> None:
    encoder = CountingEncoder()
    vectors = ChunkEncoder(encoder).encode(chunks)
    assert vectors.shape == (len(chunks), encoder.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert place_and_text(chunks[1]) == f"{chunks[1].label}\n{chunks[1].text}"
    expected = unit(encoder.encode_query(owner(chunks[1])) + encoder.encode_query(place_and_text(chunks[1])))
    assert vectors[1] == pytest.approx(expected, abs=1e-6)


def test_a_text_is_encoded_once(chunks: list[Chunk]) -> None:
    encoder = CountingEncoder()
    encoding = ChunkEncoder(encoder)
    first = encoding.encode(chunks)
    assert encoder.encoded == len(chunks) + 1
    elsewhere = [dataclasses.replace(c, municipality="乙市", heading=f"乙市 {c.duty} {c.label}") for c in chunks]
    second = encoding.encode(elsewhere)
    assert encoder.encoded == len(chunks) + 2
    assert not np.allclose(first, second)
    encoding.forget()
    assert np.array_equal(encoding.encode(chunks), first)


def test_memory_is_bounded(chunks: list[Chunk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk_vectors, "KEPT_TEXTS", 2)
    encoding = ChunkEncoder(CountingEncoder())
    assert np.array_equal(encoding.encode(chunks), encoding.encode(chunks))
    assert encoding.encode([]).shape[0] == 0


def test_a_chunk_without_heading(chunks: list[Chunk]) -> None:
    assert place_and_text(dataclasses.replace(chunks[0], heading="")) == chunks[0].text

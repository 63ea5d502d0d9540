"""Exact search in the matrix, and the way to Chroma where there are too many chunks for one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rag import nearest
from rag.ports import Vectors
from rag.types import Hit

RANDOM = np.random.default_rng(5)
KEYS = [f"k{n}" for n in range(200)]
VECTORS = RANDOM.normal(size=(200, 16)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
DIGESTS = {key: f"d{key}" for key in KEYS}
QUESTION = VECTORS[17]


class Store:
    """Chroma, as far as `Nearest` needs it."""

    def __init__(self, keys: Sequence[str] = KEYS) -> None:
        self.held = {key: VECTORS[KEYS.index(key)] for key in keys}
        self.asked: list[str] = []

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        self.asked += keys
        return {key: self.held[key] for key in keys if key in self.held}

    def nearest(self, vector: Vectors, limit: int) -> list[Hit]:
        hits = sorted((Hit(key, float(held @ vector)) for key, held in self.held.items()), key=lambda hit: -hit.score)
        return hits[:limit]

    def count(self) -> int:
        return len(self.held)


def build(root: Path, current: Sequence[str] = KEYS, store: Store | None = None) -> nearest.Matrix | None:
    return nearest.rebuild(root, 3, "encoder", DIGESTS, current, (store or Store()).vectors)


def index(matrix: nearest.Matrix | None, current: Sequence[str] = KEYS) -> nearest.Nearest:
    return nearest.Nearest(matrix, Store(), lambda keys: set(keys) & set(current))  # type: ignore[arg-type]


@pytest.mark.parametrize("exact", [True, False])
def test_search_and_score(tmp_path: Path, exact: bool) -> None:
    found = index(build(tmp_path) if exact else None)
    hits = found.search(QUESTION, 5)
    expected = np.argsort(-(VECTORS @ QUESTION))[:5]
    assert [hit.chunk for hit in hits] == [KEYS[row] for row in expected]
    assert hits[0].score == pytest.approx(1, abs=1e-5)
    few = ["k3", "k17", "unknown", "k3", "k100"]
    scored = found.score(QUESTION, few)
    assert {hit.chunk for hit in scored} == {"k3", "k17", "k100"}
    assert scored[0].chunk == "k17"
    assert [hit.score for hit in found.score(QUESTION, KEYS)] == pytest.approx(
        sorted(VECTORS @ QUESTION, reverse=True), abs=1e-5
    )
    assert found.score(QUESTION, []) == []
    assert found.search(QUESTION, 0) == []


@pytest.mark.parametrize("exact", [True, False])
def test_past_versions_are_scored_only_when_named(tmp_path: Path, exact: bool) -> None:
    current = [key for key in KEYS if int(key[1:]) % 10 == 0]
    found = index(build(tmp_path, current) if exact else None, current)
    assert len(found.search(QUESTION, 15)) == 15
    assert {hit.chunk for hit in found.search(QUESTION, 50)} == set(current)
    assert [hit.chunk for hit in found.score(QUESTION, ["k17"])] == ["k17"]


def test_vectors_held_before_are_not_fetched_again(tmp_path: Path) -> None:
    build(tmp_path)
    store = Store()
    digests = {**DIGESTS, "k5": "changed"}
    digests.pop("k6")
    matrix = nearest.rebuild(tmp_path, 4, "encoder", digests, KEYS, store.vectors)
    assert store.asked == ["k5"]
    assert matrix is not None
    assert matrix.keys == [key for key in KEYS if key != "k6"]
    nearest.rebuild(tmp_path, 5, "other", digests, KEYS, store.vectors)
    assert len(store.asked) == 200


def test_a_chunk_that_nobody_has_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        build(tmp_path, store=Store(KEYS[:-1]))
    assert nearest.read(tmp_path) is None


def test_no_matrix_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path)
    monkeypatch.setattr(nearest, "MAX_EXACT", 199)
    assert build(tmp_path) is None
    assert nearest.read(tmp_path) is None


def test_a_damaged_matrix_counts_as_none(tmp_path: Path) -> None:
    build(tmp_path)
    for path in tmp_path.rglob("vectors.npy"):
        path.write_bytes(b"x")
    assert nearest.read(tmp_path) is None


def test_an_empty_catalog(tmp_path: Path) -> None:
    matrix = nearest.rebuild(tmp_path, 1, "encoder", {}, [], Store().vectors)
    assert index(matrix).search(QUESTION, 3) == []
    assert index(matrix).score(QUESTION, ["k1"]) == []
    assert index(matrix).similarities(QUESTION, ["k1"]).tolist() == [0]


@pytest.mark.parametrize("exact", [True, False])
def test_similarities_in_the_order_of_the_keys(tmp_path: Path, exact: bool) -> None:
    found = index(build(tmp_path) if exact else None)
    asked = ["k9", "unknown", "k17", "k9"]
    expected = [float(VECTORS[9] @ QUESTION), 0, 1, float(VECTORS[9] @ QUESTION)]
    assert found.similarities(QUESTION, asked) == pytest.approx(expected, abs=1e-5)
    assert found.similarities(QUESTION, KEYS) == pytest.approx(VECTORS @ QUESTION, abs=1e-5)
    assert found.similarities(QUESTION, []).shape == (0,)

"""The table of BM25 scores, compared with another implementation and with the formula."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from rag import postings


def built(texts: list[list[int]], vocabulary: int) -> postings.Postings:
    words = np.array([word for text in texts for word in text], dtype=np.int32)
    return postings.build(words, np.array([len(text) for text in texts], dtype=np.int64), vocabulary)


def test_scores_follow_the_formula() -> None:
    table = built([[0, 0, 1], [1], [2, 2]], 3)
    rarity = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    norm = postings.K1 * (1 - postings.B + postings.B * 3 / 2)
    assert table.scores([0]) == pytest.approx([rarity * 2 / (2 + norm), 0, 0])
    assert table.scores([0, 0]) == pytest.approx(2 * table.scores([0]))


def test_scores_are_those_of_bm25s() -> None:
    bm25s = pytest.importorskip("bm25s")
    random = np.random.default_rng(3)
    texts = [random.zipf(1.5, random.integers(1, 60)).clip(max=99).tolist() for _ in range(300)]
    texts[-1].extend(range(100))
    other = bm25s.BM25(k1=postings.K1, b=postings.B, method="lucene")
    other.index((texts, {word: word for word in range(100)}), show_progress=False, create_empty_token=False)
    table = built(texts, 100)
    for query in ([1], [2, 5, 40], [7, 7, 3]):
        assert table.scores(query) == pytest.approx(other.get_scores_from_ids(query), rel=1e-4, abs=1e-5)


def test_an_empty_table_and_empty_texts() -> None:
    assert built([], 0).scores([]).shape == (0,)
    assert built([[], [0]], 1).scores([0])[0] == 0


def test_saved_and_mapped(tmp_path: Path) -> None:
    table = built([[0, 1], [1, 1, 2]], 3)
    table.save(tmp_path)
    again = postings.load(tmp_path, 2)
    assert isinstance(again.weights, np.memmap)
    assert again.scores([1, 2]).tolist() == table.scores([1, 2]).tolist()

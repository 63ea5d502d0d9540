"""The optional cross-encoder, with a model made on the spot."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.errors import EncoderError
from rag.rerank import CrossEncoderReranker, open_reranker


def test_none_by_default() -> None:
    assert open_reranker("") is None


def test_a_score_for_each_text(tiny_bert: Callable[..., Path]) -> None:
    reranker = open_reranker(str(tiny_bert(labels=1)))
    assert reranker is not None
    scores = reranker.scores("who is it", ["the city", "a contractor", "the city"])
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert scores[0] != pytest.approx(scores[1], abs=1e-7)
    assert reranker.scores("who is it", []).shape == (0,)


def test_a_model_that_cannot_be_had_is_said(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="HYOKA_RERANKER"):
        CrossEncoderReranker(str(tmp_path)).scores("x", ["y"])


def test_missing_torch_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError, match=r"hyoka\[transformers\]"):
        CrossEncoderReranker("hotchpotch/japanese-reranker").scores("x", ["y"])

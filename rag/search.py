"""Question → the best chunks: filters first, BM25 and similarity of meaning fused, an optional cross-encoder last.

versions, parts, kinds ──► keys (SQL) ──► BM25 ───┐
                                    └───► dense ──┴──► fuse ──► rerank
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ingest.assessment import Kind
from rag.library import Library
from rag.serial import searchable
from rag.types import Hit

#: Share of meaning in a fused score, the rest is BM25's. Measured by tests/bench/fusion.py (docs/adr/0007-fusion.md).
MEANING = 0.5
#: Best chunks of each index that are fused, and fused ones that a cross-encoder reads.
CANDIDATES = 200
RERANKED = 30
#: The same where documents are looked for: several chunks of one document must not crowd out the others.
CANDIDATES_FOR_DOCUMENTS = 1_000


class Reranker(Protocol):
    """Reads question and text together; `rag.rerank` has the real one."""

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """How well each text answers the question: higher is better."""


def search(
    library: Library,
    question: str,
    *,
    versions: Sequence[int] | None = None,
    parts: Sequence[str] | None = None,
    kinds: Sequence[Kind] | None = None,
    limit: int = 10,
) -> list[Hit]:
    """The best chunks for a question, best first; with a cross-encoder, its order and scores come first.

    versions  ids of the versions to search, past ones too; None: all current ones
    parts     I … V, 別添2 …; None: all
    kinds     None: all

    Scores are comparable within one call only. Raises EncoderChanged, EncoderError, StoreError.
    """
    within = None
    if not (versions is None and parts is None and kinds is None):
        within = library.catalog.chunk_keys(versions, parts, kinds)
    reranker = library.reranker
    hits = _fused(library, question, within, CANDIDATES)
    if reranker is not None:
        hits = rerank(library, reranker, question, hits)
    return hits[: max(limit, 0)]


def nearest_documents(library: Library, question: str, version_ids: Sequence[int], limit: int) -> list[int]:
    """Those of these versions whose best chunk fits the question best, best first, at most `limit`.

    A version without any chunk among the candidates is left out. Raises as `search` does.
    """
    allowed = set(version_ids)
    within = None if allowed >= library.catalog.current_ids() else library.catalog.chunk_keys(list(allowed))
    hits = _fused(library, question, within, CANDIDATES_FOR_DOCUMENTS)
    owners = library.catalog.chunk_owners([hit.chunk for hit in hits])
    found = dict.fromkeys(owners[hit.chunk] for hit in hits if hit.chunk in owners)
    return [version for version in found if version in allowed][: max(limit, 0)]


def _fused(library: Library, question: str, within: Sequence[str] | None, candidates: int) -> list[Hit]:
    words = library.lexical.search(question, candidates, within)
    vectors, vector = library.vectors, library.question_vector(question)
    near = vectors.search(vector, candidates) if within is None else vectors.score(vector, within)[:candidates]
    known = {hit.chunk for hit in near}
    others = vectors.score(vector, [hit.chunk for hit in words if hit.chunk not in known])
    return fuse(words, [*near, *others])


def fuse(words: Sequence[Hit], meaning: Sequence[Hit], weight: float = MEANING) -> list[Hit]:
    """Both lists as one, best first: `weight` of the meaning, the rest of the words, each as a share of its best."""
    by_words, by_meaning = shares(words), shares(meaning)
    scores = {
        key: (1 - weight) * by_words.get(key, 0.0) + weight * by_meaning.get(key, 0.0)
        for key in dict.fromkeys([*by_words, *by_meaning])
    }
    return sorted((Hit(key, score) for key, score in scores.items()), key=lambda hit: -hit.score)


def shares(hits: Sequence[Hit]) -> Mapping[str, float]:
    """Scores as shares of the best, 0 to 1: 0 means the same for both indexes, whichever candidates there are."""
    best = max((hit.score for hit in hits), default=0.0)
    return {hit.chunk: max(hit.score, 0.0) / best for hit in hits} if best > 0 else {}


def rerank(library: Library, reranker: Reranker, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The first hits in the order of the cross-encoder and with its scores; those behind them are dropped."""
    chunks = library.catalog.chunks([hit.chunk for hit in hits[:RERANKED]])
    scores = reranker.scores(question, [searchable(chunk) for chunk in chunks])
    scored = (Hit(chunk.key, float(score)) for chunk, score in zip(chunks, scores, strict=True))
    return sorted(scored, key=lambda hit: -hit.score)

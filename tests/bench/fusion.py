"""Which fusion of BM25 and dense search finds most: the figures behind `rag.search` and its decision record.

    python tests/bench/fusion.py [QUESTIONS.jsonl …]

A question counts where each of its facts stands in the text of the ten best chunks. Measured on the questions of
`corpus` and on those of the files named, over the same documents, with and without keeping to the municipality named.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ingest.assessment import Chunk  # noqa: E402
from ingest.chunk import chunks  # noqa: E402
from ingest.errors import IngestError  # noqa: E402
from ingest.read import assessment_files, read_assessment  # noqa: E402
from rag.bodies import Gazetteer  # noqa: E402
from rag.chunk_vectors import ChunkEncoder  # noqa: E402
from rag.encoders import BundledEncoder  # noqa: E402
from rag.evals.cases import Case, read_cases  # noqa: E402
from rag.evals.scoring import fold, has_facts  # noqa: E402
from rag.lexical import K1, B  # noqa: E402
from rag.places import normal  # noqa: E402
from rag.tokens import Words  # noqa: E402
from tests.bench.corpus import corpus  # noqa: E402

TOP = 10
Scores = npt.NDArray[np.float32]
Fusion = Callable[[Scores, Scores], Scores]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its scores by kind of index, each over all chunks, and the chunks of the municipality named."""

    question: Case
    lexical: dict[str, Scores]
    dense: dict[str, Scores]
    named: npt.NDArray[np.intp]


def main(files: Sequence[str]) -> None:
    """Prints the tables."""
    measured_on = corpus()
    questions = [*measured_on.answerable]
    for file in files:
        questions += [q for q in read_cases(Path(file)) if not q.abstain]
    pieces = list(read(measured_on.documents))
    texts = [fold(piece.text) for piece in pieces]
    asked = list(score(pieces, questions))
    print(f"{measured_on.name}, {len(pieces)} chunks, {len(questions)} answerable questions\n")

    def found(fusion: Fusion, lexical: str, dense: str, named: bool) -> list[bool]:
        verdicts = []
        for one in asked:
            rows = one.named if named else np.arange(len(pieces))
            fused = fusion(one.lexical[lexical][rows], one.dense[dense][rows])
            best = rows[np.argsort(-fused, kind="stable")[:TOP]]
            verdicts.append(has_facts(one.question, "".join(texts[row] for row in best)))
        return verdicts

    words_alone = found(lambda words, _: words, "heading and text", "text", True)
    print("| search | all documents | the municipality named | gained, lost against BM25 |\n|---|---|---|---|")

    def line(name: str, fusion: Fusion, lexical: str, dense: str) -> None:
        everywhere, there = (found(fusion, lexical, dense, named) for named in (False, True))
        gained = sum(now and not before for now, before in zip(there, words_alone, strict=True))
        lost = sum(before and not now for now, before in zip(there, words_alone, strict=True))
        shares = " | ".join(f"{sum(verdicts) / len(asked):.1%}" for verdicts in (everywhere, there))
        print(f"| {name} | {shares} | +{gained} −{lost} |")

    for kind in ("text", "heading and text"):
        line(f"BM25, {kind}", lambda words, _: words, kind, "text")
    for kind in ("text", "heading and text", "owner + place and text"):
        line(f"dense, {kind}", lambda _, meaning: meaning, "text", kind)
    for dense in ("text", "heading and text", "owner + place and text"):
        line(f"RRF (60), dense of {dense}", reciprocal_ranks, "heading and text", dense)
        for name, norm in (("share of the best", shares_of_best), ("min-max", least_to_most), ("z-score", deviations)):
            for tenth in range(11):
                fusion = weighted(norm, tenth / 10)
                line(f"{name} {tenth / 10:.1f}, dense of {dense}", fusion, "heading and text", dense)


def read(folder: Path) -> Iterator[Chunk]:
    """The chunks of every assessment in a folder."""
    for path in assessment_files([folder]):
        try:
            yield from chunks(read_assessment(path))
        except IngestError:
            continue  # a note beside the assessments


def score(pieces: Sequence[Chunk], questions: Sequence[Case]) -> Iterator[Asked]:
    """The scores of every chunk for every question."""
    words, encoder = Words(), BundledEncoder()
    gazetteer = Gazetteer({piece.municipality for piece in pieces}, words)
    texts = {
        "text": [piece.text for piece in pieces],
        "heading and text": [f"{piece.heading}\n{piece.text}" for piece in pieces],
    }
    tables = {kind: table([words(text) for text in these]) for kind, these in texts.items()}
    vectors = {kind: encoder.encode_documents(these) for kind, these in texts.items()}
    vectors["owner + place and text"] = ChunkEncoder(encoder).encode(pieces)
    for question in questions:
        vector = encoder.encode_query(question.question)
        bodies = {body.name for body in gazetteer.find(normal(question.question)) if body.collected}
        rows = [row for row, piece in enumerate(pieces) if piece.municipality in bodies or not bodies]
        asked = words(question.question)
        yield Asked(
            question,
            {kind: scores(bm25, asked) for kind, bm25 in tables.items()},
            {kind: these @ vector for kind, these in vectors.items()},
            np.array(rows),
        )


def table(texts: list[list[str]]) -> bm25s.BM25:
    """BM25 over these words, as `rag.lexical` makes it."""
    bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
    bm25.index(texts, create_empty_token=False, show_progress=False)
    return bm25


def scores(bm25: bm25s.BM25, asked: list[str]) -> Scores:
    """BM25 of every chunk."""
    found: Scores = bm25.get_scores_from_ids(bm25.get_tokens_ids(asked))
    return found


def shares_of_best(scores: Scores) -> Scores:
    """1 for the most, 0 for nothing in common."""
    spread: Scores = np.maximum(scores, 0) / max(float(scores.max()), 1e-9)
    return spread


def least_to_most(scores: Scores) -> Scores:
    """0 for the least, 1 for the most."""
    spread: Scores = (scores - scores.min()) / max(float(scores.max() - scores.min()), 1e-9)
    return spread


def deviations(scores: Scores) -> Scores:
    """Standard deviations above the mean."""
    spread: Scores = (scores - scores.mean()) / max(float(scores.std()), 1e-9)
    return spread


def weighted(norm: Callable[[Scores], Scores], weight: float) -> Fusion:
    """`weight` of the meaning, the rest of the words."""
    return lambda words, meaning: (1 - weight) * norm(words) + weight * norm(meaning)


def reciprocal_ranks(words: Scores, meaning: Scores) -> Scores:
    """Reciprocal rank fusion (Cormack et al. 2009)."""
    ranks = [np.argsort(np.argsort(-scores, kind="stable")) for scores in (words, meaning)]
    fused: Scores = sum(1 / (61 + rank) for rank in ranks)
    return fused


if __name__ == "__main__":
    main(sys.argv[1:])

"""Which earlier replies answer the like: shared words of the questions, rare ones first, and shared documents."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.reply.inquiry import TOKEN
from rag.tokens import Words

#: Weight of the questions' words; the documents have the rest.
WORDS_WEIGHT = 0.7
#: Less is chance: what any two questions about these assessments share.
LEAST = 0.35


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like an earlier reply is, 0 to 1; `documents`: those that both rest on."""

    reply: str
    score: float
    documents: tuple[str, ...]


def words_of(questions: Sequence[str]) -> str:
    """The words of the questions, each once, in one line; tokens of masking are none."""
    return " ".join(dict.fromkeys(_words()(TOKEN.sub(" ", "\n".join(questions)))))


def alike(
    words: str, documents: Sequence[str], earlier: Sequence[tuple[str, str, Sequence[str]]], limit: int
) -> list[Likeness]:
    """The best of the `earlier` ones (id, words, documents), best first."""
    mine, own = set(words.split()), set(documents)
    weights = _weights([mine, *(set(said.split()) for _, said, _ in earlier)])
    found = []
    for id, said, of in earlier:
        shared = own & set(of)
        score = WORDS_WEIGHT * _share(mine, set(said.split()), weights) + (1 - WORDS_WEIGHT) * _overlap(own, set(of))
        if score >= LEAST and mine & set(said.split()):
            found.append(Likeness(id, round(score, 4), tuple(sorted(shared))))
    return sorted(found, key=lambda likeness: -likeness.score)[:limit]


def _weights(texts: Sequence[set[str]]) -> dict[str, float]:
    """A word's weight: the fewer texts have it, the more."""
    counts = Counter(word for text in texts for word in text)
    return {word: math.log(1 + len(texts) / count) for word, count in counts.items()}


def _share(mine: set[str], other: set[str], weights: dict[str, float]) -> float:
    """The weight of shared words by that of all (weighted Jaccard)."""
    total = sum(weights[word] for word in mine | other)
    return sum(weights[word] for word in mine & other) / total if total else 0.0


def _overlap(mine: set[str], other: set[str]) -> float:
    return len(mine & other) / len(mine | other) if mine | other else 0.0


@functools.cache
def _words() -> Words:
    return Words()

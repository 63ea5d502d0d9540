"""Finds the sentences that answer: all scored by what the question demands (`rag.demand`), then the fewest chosen.

Everything is scored in the documents that the plan allows; where those are many, the hybrid search picks them first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ingest.assessment import Kind
from rag.demand import Demand, Ranked
from rag.evidence import preferred
from rag.places import Naming
from rag.question import Plan
from rag.shelf import Book, Passage
from rag.terms import Term, rarities

__all__ = ["Ranked", "Ranking", "choose", "rank"]

#: Share of a good neighbour's score that a sentence wins.
NEIGHBOUR = 0.15
#: Weight of a term found nowhere, as a share of the rarest one that is found.
NOWHERE = 0.6
#: A sentence below this share of the best one's score is no part of the answer.
NEARLY_AS_GOOD = 0.62
#: A sentence of another document must be nearly as good as the best one to stand beside it.
OTHER_DOCUMENT = 0.85
#: A sentence of the best one's item may be this much worse where it adds a term of this share of the highest weight.
ADDS_TERM, NEW_TERM = 0.22, 0.25
#: Sentences looked at for standing beside the best one, and those added for the kind of thing they hold.
LOOKED_AT, ADDED = 60, 3
_NATIONAL = re.compile(r"中間サーバ|ガバメントクラウド|クラウド|government cloud")


@dataclass(frozen=True, slots=True)
class Ranking:
    """All candidates best first.

    weights   of the terms among them
    missing   terms that stand nowhere
    asked     what shows the kinds of thing that the question asks for
    """

    ranked: tuple[Ranked, ...]
    weights: Mapping[Term, float]
    missing: tuple[Term, ...]
    asked: tuple[re.Pattern[str], ...] = ()

    def coverage(self, chosen: Sequence[Ranked]) -> float:
        """Share of the question's weight that the chosen passages have, 0 to 1."""
        top = max(self.weights.values(), default=1.0)
        total = sum(self.weights.values()) + sum(min(1.0, t.weight) * top * NOWHERE for t in self.missing)
        got = {t for r in chosen for t in r.terms}
        return sum(self.weights[t] for t in got) / total if total else 0.0


def rank(
    plan: Plan,
    books: Sequence[Book],
    terms: Sequence[Term],
    namings: Sequence[Naming],
    allow: Callable[[Passage], bool],
    nearness: Callable[[Passage], float] | None = None,
) -> Ranking:
    """Scores all allowed passages of the books.

    terms     what the answer must be about
    namings   places that the question names: their passages score more
    nearness  similarity of meaning of a passage to the question, 0 to 1
    """
    passages = [p for b in books for p in b.passages if allow(p)]
    weights = rarities(terms, [f"{p.folded} {p.label}" for p in passages])
    demand = Demand(tuple(terms), weights, tuple(namings), preferred(plan.text), bool(_NATIONAL.search(plan.text)))
    ranked = _with_neighbours([demand.rank(p, nearness(p) if nearness else 0.0) for p in passages])
    ranked.sort(key=lambda r: (-r.score, r.passage.version.document, r.passage.item.order, r.passage.start))
    found = {t: w for t, w in weights.items() if w > 0}
    # a compound that no text has is not lacking where its parts are found
    missing = tuple(t for t, w in weights.items() if w <= 0 and not _made_up(t, list(found)))
    return Ranking(tuple(ranked), found, missing, demand.asked)


def _made_up(term: Term, found: Sequence[Term]) -> bool:
    """Whether the found parts make up at least half of a compound."""
    inside = [f for f in found if term.span[0] <= f.span[0] and f.span[1] <= term.span[1] and f.span[1] - f.span[0] > 1]
    return 2 * sum(f.span[1] - f.span[0] for f in inside) >= term.span[1] - term.span[0]


def _with_neighbours(ranked: list[Ranked]) -> list[Ranked]:
    """A sentence next to a good one is a little better for it: the answer may stand beside the question's words."""
    found = []
    for i, r in enumerate(ranked):
        near = [x for x in ranked[max(0, i - 1) : i + 2] if x is not r and x.passage.item is r.passage.item]
        found.append(Ranked(r.passage, r.score + NEIGHBOUR * max((x.score for x in near), default=0.0), r.terms))
    return found


def choose(ranking: Ranking, limit: int = 3) -> list[Ranked]:
    """The fewest sentences that answer: the best, those nearly as good, those that add a term still lacking."""
    if not ranking.ranked:
        return []
    best = ranking.ranked[0]
    chosen = [best]
    for candidate in ranking.ranked[1:LOOKED_AT]:
        if len(chosen) < limit and _belongs(candidate, chosen, ranking.weights):
            chosen.append(candidate)
    return chosen + _of_asked_kind(ranking, chosen)


def _belongs(candidate: Ranked, chosen: Sequence[Ranked], weights: Mapping[Term, float]) -> bool:
    """Whether a sentence should stand beside the chosen ones, of which the first is the best."""
    best = chosen[0]
    same_version = candidate.passage.version.id == best.passage.version.id
    if any(candidate.passage.folded == r.passage.folded for r in chosen):
        return False
    if not same_version and candidate.score < OTHER_DOCUMENT * best.score:
        return False
    if candidate.score >= NEARLY_AS_GOOD * best.score:
        return True
    if not same_version or candidate.passage.item.key != best.passage.item.key:
        return False
    enough = NEW_TERM * max(weights.values(), default=0.0)
    new = candidate.terms.difference(*(r.terms for r in chosen))
    return candidate.score >= ADDS_TERM * best.score and any(weights.get(t, 0.0) >= enough for t in new)


def _of_asked_kind(ranking: Ranking, chosen: Sequence[Ranked]) -> list[Ranked]:
    """Where a date or a number is asked for and the chosen sentences of a case have none: those of the case that do."""

    def holds(passage: Passage) -> bool:
        return any(shown.search(passage.folded) for shown in ranking.asked)

    best = chosen[0].passage
    in_appendix = best.kind is Kind.APPENDIX
    case = in_appendix or (best.item.part == "III" and best.item.number == "7")
    if not case or not ranking.asked or any(holds(r.passage) for r in chosen):
        return []

    def of_case(passage: Passage) -> bool:
        same = passage.item is best.item or (not in_appendix and passage.kind is Kind.APPENDIX)
        return same and passage.version.id == best.version.id

    return list(itertools.islice((r for r in ranking.ranked if of_case(r.passage) and holds(r.passage)), ADDED))

"""Which sentences are shown together: those of the named place, those under one heading, in the document's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.assessment import Kind
from rag.demand import Ranked
from rag.passages import Ranking
from rag.places import Naming, Place
from rag.shelf import Passage

#: Sentences under one heading, or of one item, that together are no longer than this are shown together.
GROUP_CHARS = 160
#: A place is named outright from the first weight on, surely from the second.
OUTRIGHT = 6.0
SURE = 4.0
#: The named place is looked for among so many of the best sentences.
DEPTH = 25


def at_place(ranking: Ranking, namings: Sequence[Naming]) -> Ranking:
    """Without sentences of other places, where a good one stands at a place that the question surely names."""
    outright = [n.place for n in namings if n.weight >= OUTRIGHT][:1]
    if any(r.terms and _stands_at(r.passage, outright) for r in ranking.ranked[:DEPTH]):
        return replace(ranking, ranked=tuple(r for r in ranking.ranked if _stands_at(r.passage, outright)))
    sure = [n.place for n in namings if n.weight >= SURE][:2]
    best = ranking.ranked[0].passage
    if best.item.marks or not _stands_at(best, sure):
        return ranking
    sections = {p.section for p in sure}
    return replace(ranking, ranked=tuple(r for r in ranking.ranked if r.passage.item.section.split(" ")[0] in sections))


def _stands_at(passage: Passage, places: Sequence[Place]) -> bool:
    return any(p.holds(passage.item, passage.version.form) for p in places)


def in_order(chosen: Sequence[Ranked]) -> list[Ranked]:
    """Best item first, its sentences in order of the document."""
    rank_of: dict[tuple[int, str], int] = {}
    for r in chosen:
        rank_of.setdefault(_item(r.passage), len(rank_of))
    return sorted(chosen, key=lambda r: (rank_of[_item(r.passage)], r.passage.start))


def _item(passage: Passage) -> tuple[int, str]:
    return passage.version.id, passage.item.key


def with_group(chosen: Sequence[Passage], every: Sequence[Passage]) -> list[Passage]:
    """The best sentence with the others under its heading, where together they are no longer than one sentence."""
    best = chosen[0]
    item = best.item
    group = sorted((p for p in every if p.item is item and p.heading == best.heading), key=lambda p: p.start)
    short_item = item.kind is Kind.PRESENT and len(item.text) <= GROUP_CHARS and not item.choice and not item.marks
    short_group = bool(best.heading) and sum(len(p.text) for p in group) <= GROUP_CHARS
    if short_item or short_group:
        return [*group, *(p for p in chosen if p not in group)]
    return list(chosen)

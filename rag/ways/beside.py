"""Another place that the question may mean, where the surest one is lost or blank: only one that answers well."""

from __future__ import annotations

from dataclasses import replace

from ingest.assessment import Kind
from rag.finding import Finding
from rag.lookup.boxes import named_marks
from rag.lookup.items import items_at
from rag.passages import rank
from rag.places import Naming
from rag.question import Shape
from rag.terms import has, key
from rag.types import Status
from rag.ways.ask import MEANT, Ask
from rag.ways.facts import facts
from rag.ways.pertinent import pertinent
from rag.ways.quoting import quote
from rag.ways.rows import records

#: A place named as surely as this is meant, though it says nothing.
OUTRIGHT = 6.5


@pertinent
def beside(ask: Ask) -> Finding | None:
    """What another named place answers, else a record item or a case that has every remaining word."""
    top = ask.top
    if top is None or _is_certain(ask, top):
        return None
    others = tuple(
        n for n in ask.namings if n.place.section != top.place.section and n.weight >= max(MEANT, top.weight - 1.0)
    )
    if others:
        own = replace(ask, namings=others)
        for way in (records, facts):
            found = way(own)
            if found is not None and found.status is Status.ANSWERED:
                return found
    return _with_every_word(ask)


def _is_certain(ask: Ask, top: Naming) -> bool:
    """Whether the surest place is the one meant: by its number, its weight, or a box that is asked for itself."""
    if top.explicit or top.weight >= OUTRIGHT or ask.plan.quoted or {Shape.WHICH, Shape.CHANGE} & ask.plan.shapes:
        return True
    return any(named_marks(ask.plan, i) for b in ask.books for i in items_at(b, top.place))


def _with_every_word(ask: Ask) -> Finding | None:
    strange = [t for t in ask.residual if len(key(t.surface)) > 2]
    if not strange:
        return None
    ranking = rank(ask.plan, ask.books, strange, (), lambda p: p.item.part == "別添1" or p.kind is Kind.APPENDIX)
    if not ranking.ranked or ranking.missing:
        return None
    best = ranking.ranked[0].passage
    if not all(has(t, best.folded + best.label) for t in strange):
        return None
    said = (quote(best, many=False),)
    return Finding(Status.ANSWERED, said, matched=1, considered=len(ask.books), by="quotes")

"""The sentences that answer, verbatim: ranked by the words of the question, the fewest that hold them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.assessment import Kind
from rag.contradictions import among_passages
from rag.demand import Ranked
from rag.evidence import lacks_kind
from rag.finding import Finding, Statement
from rag.focus import focus_of
from rag.lookup.facts import fact
from rag.lookup.items import gap_at
from rag.passages import Ranking, choose, rank
from rag.places import Naming, Place
from rag.question import Shape
from rag.shelf import Passage
from rag.terms import Term, has, key
from rag.types import Status
from rag.ways.ask import MEANT, NAMED, Ask, names_place
from rag.ways.neighbours import at_place, in_order, with_group
from rag.ways.quoting import quote
from rag.wording import say

#: Quoted sentences must hold this share of the question's weight, or nothing is said; half of it at a place meant.
ENOUGH = 0.34
#: English words reach the documents only through a word list, so more of them must be found.
ENOUGH_ENGLISH = 0.45
#: A place named as surely as this is read out whole where a list is wanted.
OUTRIGHT = 6.0


def quotes(ask: Ask) -> Finding | None:
    """The sentences that answer; the whole text of a place where no word tells some of its sentences apart."""
    top = ask.top
    named = [n for n in ask.namings if n.weight >= NAMED][:4]
    beside = [t for t in ask.plan.terms if not names_place(t, top)] if top and top.place.part == "III" else []
    terms = beside or list(ask.plan.terms)
    if top and top.weight >= MEANT and top.place.type == "text" and _wants_whole(ask, top, terms):
        whole = fact(ask.plan, ask.books, top.place, ())
        if whole.status in {Status.ANSWERED, Status.UNREADABLE}:
            return whole
    return quoted(ask, terms, named, _is_present)


def spoken_of(ask: Ask) -> Finding | None:
    """As `quotes`, of the sentences only that hold what is asked for: others may hold more of the question's words."""
    heads = focus_of(ask.plan).heads
    if not heads:
        return None
    named = [n for n in ask.namings if n.weight >= NAMED][:4]

    def speaks(passage: Passage) -> bool:
        return _is_present(passage) and any(has(h, f"{passage.folded} {passage.label}") for h in heads)

    return quoted(ask, list(ask.plan.terms), named, speaks)


def _is_present(passage: Passage) -> bool:
    """What the document says today, of its cover only what is written there in words."""
    cover = passage.item.part == "表紙"
    return (passage.kind is not Kind.HISTORY and not cover) or passage.item.name == "特記事項"


def _wants_whole(ask: Ask, top: Naming, terms: Sequence[Term]) -> bool:
    everything = top.weight >= OUTRIGHT and Shape.LIST in ask.plan.shapes
    return everything or not _tells_apart(ask, top, terms)


def _tells_apart(ask: Ask, top: Naming, terms: Sequence[Term]) -> bool:
    """Whether some word of the question stands in a few sentences of the named place only: then those are meant."""
    labels = [
        key(label)
        for b in ask.books
        for i in b.items
        if f"{i.part}.{i.number}" == top.place.section
        for label in (i.path[-1], i.name)
        if label
    ]
    strange = [t for t in terms if len(key(t.surface)) > 1 and not any(key(t.surface) in x for x in labels)]
    if any(t in strange for t in ask.residual):
        return True
    inside = [p.folded for b in ask.books for p in b.passages if top.place.holds(p.item, b.version.form)]
    few = max(1, len(inside) // 2)
    return any(0 < sum(has(t, text) for text in inside) <= few for t in strange)


def quoted(
    ask: Ask,
    terms: Sequence[Term],
    namings: Sequence[Naming],
    allow: Callable[[Passage], bool],
    limit: int = 4,
) -> Finding | None:
    """The best sentences with these words; None where they hold too little of what the question asks.

    namings  places whose sentences score more, surest first
    allow    which sentences may answer
    limit    most sentences shown
    """
    ranking = rank(ask.plan, ask.books, terms, namings, allow, ask.nearness())
    if not ranking.ranked or ranking.ranked[0].score <= 0:
        return None
    ranking = _without_explained(at_place(ranking, namings), namings[:1])
    chosen = _of_case(ask, choose(ranking, limit))
    if not _answers(ask, ranking, chosen, namings[:1]):
        return None
    books = [b for b in ask.books if any(r.passage.version.id == b.version.id for r in chosen)]
    passages = [r.passage for r in chosen]
    clashes = tuple(w for b in books for w in among_passages(b, ask.plan, passages))
    told = with_group([r.passage for r in in_order(chosen)], [r.passage for r in ranking.ranked])
    said = (*_unsaid_note(ask, ranking), *(quote(p, many=len(told) > 1) for p in told), *clashes)
    return Finding(
        Status.ANSWERED,
        said,
        warnings=clashes,
        matched=len(books),
        unreadable=_lost(ask, namings[:1]),
        considered=len(ask.books),
        by="quotes",
    )


def _of_case(ask: Ask, chosen: Sequence[Ranked]) -> list[Ranked]:
    """Of several cases of an appendix only those with the proper names of the question, where one has them."""
    names = [t for t in ask.plan.terms if t.entity]
    cases = {r: key(f"{r.passage.item.label} {r.passage.item.text}") for r in chosen if r.passage.kind is Kind.APPENDIX}
    said = [t for t in names if any(has(t, text) for text in cases.values())]
    return [r for r in chosen if r not in cases or all(has(t, cases[r]) for t in said)]


def _without_explained(ranking: Ranking, namings: Sequence[Naming]) -> Ranking:
    """A word by which the place is named lacks nowhere."""
    spans = [s for n in namings for s in n.spans]
    missing = (t for t in ranking.missing if not any(a <= t.span[0] and t.span[1] <= b for a, b in spans))
    return replace(ranking, missing=tuple(missing))


def _answers(ask: Ask, ranking: Ranking, chosen: Sequence[Ranked], namings: Sequence[Naming]) -> bool:
    """Whether the chosen sentences hold enough of the question, its names and the kind of thing it asks for."""
    best = chosen[0].passage
    meant = any(n.weight >= MEANT and n.place.holds(best.item, best.version.form) for n in namings)
    enough = ENOUGH if ask.plan.language == "ja" else ENOUGH_ENGLISH
    coverage = ranking.coverage(chosen)
    if coverage < (enough * 0.5 if meant else enough):
        return False
    unsaid = _unsaid(ranking)
    doubted = Shape.YES_NO in ask.plan.shapes and coverage >= 0.3 and any(t.weight >= 3.0 for t in unsaid)
    if unsaid and not meant and not doubted:
        return False
    return not lacks_kind(ask.plan, [r.passage.folded for r in chosen])


def _unsaid(ranking: Ranking) -> list[Term]:
    """Names in the question that stand nowhere."""
    return [t for t in ranking.missing if t.entity and len(key(t.surface)) > 2]


def _unsaid_note(ask: Ask, ranking: Ranking) -> list[Statement]:
    said = [ask.plan.said(t.span) for t in _unsaid(ranking)[:1]]
    return [
        Statement(
            say(
                ask.plan.language,
                f"「{s}」という記載は見つかりません。関連する記載は次のとおりです。",
                f"「{s}」 is not found as such. Related text:",
            )
        )
        for s in said
    ]


def _lost(ask: Ask, namings: Sequence[Naming]) -> int:
    """Documents whose named item is lost."""
    wholes = [Place(n.place.part, n.place.number, label=n.place.title) for n in namings]
    return sum(bool(gap_at(b, place)) for place in wholes for b in ask.books)

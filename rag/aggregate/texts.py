"""Documents whose present text says what the question names, at the place it names if it names one."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.assessment import Kind
from rag.aggregate.choices import file_cells
from rag.aggregate.tally import Tally, document_cells
from rag.demand import Ranked
from rag.finding import Finding, Ref, TableRow
from rag.lookup.items import gap_at
from rag.passages import Ranking, rank
from rag.places import Naming, Place
from rag.question import Plan
from rag.shelf import Book, Passage
from rag.terms import Term, has
from rag.wording import flat

#: A document belongs to the list when its best passage has this share of the best passage of all.
MEMBER_SHARE = 0.3
#: Rows shown of one document.
ROWS_EACH = 4
#: Longer sentences are cut in the table; their citation holds them.
SHOWN_CHARS = 160


def by_text(plan: Plan, books: Sequence[Book], terms: Sequence[Term], namings: Sequence[Naming]) -> Finding | None:
    """Documents whose present text has the rarest word of the question; None where nothing has it."""
    place = next((n.place for n in namings if n.weight >= 3.0), None)
    ranking = rank(plan, books, terms, (), lambda p: p.kind is not Kind.HISTORY and _stands_at(p, place))
    if not ranking.weights or any(t.entity for t in ranking.missing):
        return None
    telling = _rarest(ranking)
    whole = _compound(terms, telling, ranking)
    if whole is not None:
        telling = whole
    hits = [r for r in ranking.ranked if has(telling, r.passage.folded)]
    best = max((r.score for r in hits), default=0.0)
    rows: list[TableRow] = []
    matched: list[Book] = []
    for book in books:
        own = [r for r in hits if r.passage.version.id == book.version.id and r.score >= MEMBER_SHARE * best]
        if own:
            matched.append(book)
            rows.extend(_row(book, r.passage) for r in _one_a_section(own)[:ROWS_EACH])
    lost = [b for b in books if b not in matched and place is not None and gap_at(b, place)]
    said = plan.said(telling.span)
    return Tally(matched, lost, books).found(plan, f"「{said}」の記載がある", f"mention 「{said}」", rows, "quotes")


def _stands_at(passage: Passage, place: Place | None) -> bool:
    """Whether a passage stands in the block of a place: what is said may stand in the field beside the named one."""
    return place is None or Place(place.part, place.number, place.block).holds(passage.item, passage.version.form)


def _rarest(ranking: Ranking) -> Term:
    """The word that tells the documents apart, whatever else is said: no part of a longer one, names first."""
    terms = ranking.weights
    whole = [t for t in terms if not any(o is not t and _inside(t, o) for o in terms)]
    return max(whole, key=lambda t: (t.entity, t.weight >= 1.0, terms[t] / t.weight, len(t.surface)))


def _compound(terms: Sequence[Term], part: Term, ranking: Ranking) -> Term | None:
    """The compound around a word (虹彩認証) whose other part stands nowhere: its common part alone tells nothing."""
    wholes = [t for t in terms if t is not part and _inside(part, t)]
    return next((w for w in wholes if any(_inside(m, w) for m in ranking.missing)), None)


def _inside(part: Term, whole: Term) -> bool:
    return whole.span[0] <= part.span[0] and part.span[1] <= whole.span[1]


def _one_a_section(hits: Sequence[Ranked]) -> list[Ranked]:
    """The best passage of each section, in order of the document."""
    best: dict[str, Ranked] = {}
    for r in hits:
        best.setdefault(r.passage.item.section, r)
    return sorted(best.values(), key=lambda r: r.passage.item.order)


def _row(book: Book, passage: Passage) -> TableRow:
    quote = flat(passage.text)
    shown = quote if len(quote) <= SHOWN_CHARS else quote[:SHOWN_CHARS] + "…"
    cells = (*document_cells(book.version), *file_cells(passage.item), ("箇所", passage.item.section), ("記載", shown))
    return TableRow(book.version, cells, Ref(passage.version, passage.item, passage.text))

"""What a word of the question belongs to: the place that it names, and what it is said of (委託先の|担当者)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.assessment import Item, Kind
from rag.finding import Ref
from rag.focus import is_general
from rag.keywords import NOUN
from rag.places import Naming
from rag.terms import Term, has, key
from rag.ways.ask import NAMED, Ask
from rag.ways.contractors import is_company

_CONTRACTOR = re.compile(r"(?:委託先|受託者|受託業者|業者|事業者|会社|外注先|ベンダー)(?:の|における|側の)$")


def explained(term: Term, namings: Iterable[Naming]) -> bool:
    """Whether words that name a place of the form make up the term."""
    return any(n.weight >= NAMED and names(n, term) for n in namings)


def names(naming: Naming, term: Term) -> bool:
    """Whether a place is named by the whole of the term; by any part of an English word, whose stem is enough."""
    start, end = term.span
    covered = {i for a, b in naming.spans for i in range(max(a, start), min(b, end))}
    if len(covered) >= (1 if term.surface.isascii() else end - start):
        return True
    return any(key(term.surface) in key(x) for x in (naming.place.label, naming.place.name) if x)


def is_of_place(ask: Ask, term: Term, refs: Iterable[Ref]) -> bool:
    """Whether one of these is of the item that the term names."""
    namings = [n for n in (*ask.namings, *ask.plan.places) if n.weight >= NAMED and names(n, term)]
    return any(_is_at(n, r) for r in refs for n in namings)


def _is_at(naming: Naming, ref: Ref) -> bool:
    place, item = naming.place, ref.item
    if item.kind is Kind.APPENDIX and place.section == "III.7":  # its cases are told there
        return True
    if place.holds(item, ref.version.form):
        return True
    section = f"{item.part}.{item.number}" if item.number else item.part
    return section == place.section and (not item.block or not place.block or item.block.startswith(place.block))


def owner(ask: Ask, term: Term) -> Term | None:
    """What the term is said of, directly before it: 納税証明書 in 納税証明書の様式."""
    if not ask.plan.text[: term.span[0]].endswith("の"):
        return None
    before = (t for t in ask.plan.terms if t.span[1] == term.span[0] - 1 and not is_general(t))
    nouns = (t for t in before if t.weight >= NOUN or t.surface.isascii())
    return max(nouns, key=lambda t: t.span[1] - t.span[0], default=None)


def is_of_contractor(ask: Ask, term: Term) -> bool:
    """Whether the term is said of someone that work is delegated to."""
    of: Term | None = term
    while of is not None:
        if _CONTRACTOR.search(ask.plan.text[: of.span[0]]):
            return True
        of = owner(ask, of)
        if of is not None and is_company(of, ask.books):
            return True
    return False


def is_of_case(ask: Ask, term: Term) -> bool:
    """Whether the term is said of something that only incidents tell of: 誤廃棄の責任者."""
    of = owner(ask, term)
    if of is None or explained(of, ask.namings):
        return False
    told = [p.item for b in ask.books for p in b.passages if has(of, p.folded) or has(of, key(p.item.label))]
    return bool(told) and all(tells_case(item) for item in told)


def tells_case(item: Item) -> bool:
    """Whether an item tells what happened: III.7, or a case of the appendices."""
    return item.kind is Kind.APPENDIX or (item.part, item.number) == ("III", "7")

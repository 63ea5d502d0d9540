"""Contracts, recipients and systems as complete rows: which kind, which rows, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.assessment import State
from rag.contradictions import among_rows
from rag.finding import Finding, Statement
from rag.lookup.columns import KIND_OF_BLOCK, asked_columns
from rag.lookup.facts import fact, kind_lacks
from rag.lookup.items import gap_at, items_at
from rag.lookup.rows import Row, lost_rows, narrow, numbered_rows, rows_of, table
from rag.places import Naming, Place, places
from rag.question import Plan, Shape
from rag.terms import Term, has, key
from rag.types import Status
from rag.ways import telling
from rag.ways.ask import Ask
from rag.ways.elsewhere import better_elsewhere
from rag.wording import lost

_BLOCK_NUMBER = re.compile(r"(委託事項|システム|提供先|移転先)\s*(\d{1,2})(?!\d|人|件)")
_COUNTED = re.compile(r"何(?:件|回|社|本)の([一-龥ァ-ヴー]{2,})")
#: The field that says whether there are such blocks at all.
_FLAGS = {"委託事項": "II.4 委託の有無", "提供先": "II.5 提供・移転の有無", "移転先": "II.5 提供・移転の有無"}


def records(ask: Ask) -> Finding | None:
    """Complete rows of the records that the question names; None where their rows do not answer it."""
    top = ask.top
    if top is None or top.place.block not in KIND_OF_BLOCK:
        return None
    kinds = _kinds(ask, top)
    texts = [r.folded for kind in kinds for r in rows_of(ask.books, kind)]
    if (texts and better_elsewhere(ask, texts)) or _counts_else(ask.plan, kinds) or _tells_incident(ask, texts):
        return None
    found = [f for kind in kinds if (f := _rows(ask, kind)) is not None]
    if not found:
        return _no_rows(ask, top)
    merged = _merged(found)
    return None if kind_lacks(ask.plan, merged) and Shape.COUNT not in ask.plan.shapes else merged


def _kinds(ask: Ask, top: Naming) -> list[str]:
    """The kinds of record meant; giving data away means both 提供 and 移転 unless one is named outright."""
    kind = KIND_OF_BLOCK[top.place.block]
    twin = {"provisions": "transfers", "transfers": "provisions"}.get(kind)
    if twin is None:
        return [kind]
    other = max((n.weight for n in ask.namings if KIND_OF_BLOCK.get(n.place.block) == twin), default=0.0)
    outright = ("提供先" if kind == "provisions" else "移転") in ask.plan.text
    both = other > 0 and other >= top.weight - 2.0 and not outright
    return [kind, twin] if both or not rows_of(ask.books, kind) else [kind]


def _counts_else(plan: Plan, kinds: Sequence[str]) -> bool:
    """Whether the number of something is asked for that is no record (何件のアクセス)."""
    match = _COUNTED.search(plan.text)
    return match is not None and not any(key(match[1]) in key(telling.NOUNS[k].ja + "業務委託事項件数") for k in kinds)


def _tells_incident(ask: Ask, texts: Sequence[str]) -> bool:
    """Whether the question is about an incident, of which no row tells."""
    words = [ask.plan.text[a:b] for n in ask.namings if n.place.section == "III.7" for a, b in n.spans]
    return any(len(word) > 1 and not any(key(word) in text for text in texts) for word in words)


def _merged(found: Sequence[Finding]) -> Finding:
    return replace(
        found[0],
        statements=tuple(s for f in found for s in f.statements),
        rows=tuple(r for f in found for r in f.rows),
        warnings=tuple(w for f in found for w in f.warnings),
        matched=max(f.matched for f in found),
    )


def _rows(ask: Ask, kind: str) -> Finding | None:
    every = rows_of(ask.books, kind)
    if not every:
        return None
    terms = _row_words(ask, kind)
    absent = [t for t in terms if t.entity and not any(has(t, r.folded) for r in every)] if kind == "contracts" else []
    if _asks_stranger(ask, kind, every):
        return Finding(Status.NOT_STATED, tuple(telling.absent(ask, _strangers(ask, every))), considered=len(ask.books))
    chosen = _chosen(ask, kind, every, terms)
    if not chosen:
        return None
    asked = asked_columns(kind, ask.namings)
    column = asked[0] if asked else ""
    if column and all(r.cell(column).state is not State.STATED for r in chosen):
        return telling.blank_column(ask, chosen, kind, column)
    statements = (
        *telling.absent(ask, absent),
        telling.counted(ask, kind, every, chosen),
        *telling.named(ask.plan, kind, chosen, column),
        *telling.quoted_elsewhere(ask, chosen),
    )
    rows = table(chosen, kind, asked, several=len(ask.books) > 1)
    books = [b for b in ask.books if any(r.book is b for r in chosen)]
    clashes = tuple(w for b in books for w in among_rows(b, ask.plan, kind))
    return Finding(
        Status.ANSWERED,
        (*statements, *clashes) if _asks_clash(ask.plan, kind) else statements,
        tuple(rows),
        clashes,
        matched=len(books),
        unreadable=sum(not b.records.get(kind) and lost_rows(b, kind) for b in ask.books),
        considered=len(ask.books),
    )


def _row_words(ask: Ask, kind: str) -> list[Term]:
    """The words that may tell rows apart: not the documents' own names."""
    own = key(" ".join(f"{b.version.duty} {b.version.title}" for b in ask.books))
    words = [t for t in ask.residual if t.entity or key(t.surface) not in own]
    return [t for t in words if not (kind == "systems" and t.surface == "システム")]


def _asks_stranger(ask: Ask, kind: str, every: Sequence[Row]) -> bool:
    """Whether the question takes a company that no contract names for a contractor."""
    return kind == "contracts" and Shape.YES_NO not in ask.plan.shapes and bool(_strangers(ask, every))


def _strangers(ask: Ask, every: Sequence[Row]) -> list[Term]:
    return [t for t in ask.residual if t.entity and "会社" in t.surface and not any(has(t, r.folded) for r in every)]


def _chosen(ask: Ask, kind: str, every: list[Row], terms: Sequence[Term]) -> list[Row]:
    """The rows meant by number, else by words and choice."""
    plan = ask.plan
    numbers = [int(m[2]) for m in _BLOCK_NUMBER.finditer(plan.text) if KIND_OF_BLOCK[m[1]] == kind]
    rows = numbered_rows(ask.books, kind, numbers) if numbers else narrow(every, terms)
    if Shape.YES_NO in plan.shapes or kind != "contracts":  # whether there is one, not which
        return rows
    options = [key(o) for p, o in plan.options if p.block == "委託事項" and p.sub == "④"]
    return [r for r in rows if key(r.cell("subcontract").value) in options] or rows


def _asks_clash(plan: Plan, kind: str) -> bool:
    """Whether the contradiction is what is asked about, and so belongs into the answer itself."""
    return (kind == "contracts" and "再委託" in plan.text) or "subcontract" in plan.text


def _no_rows(ask: Ask, top: Naming) -> Finding | None:
    """Why there are no rows: none by the document's own word, lost, or nothing said."""
    plan, place = ask.plan, top.place
    numbered = _BLOCK_NUMBER.search(plan.text)
    for book in ask.books if numbered else ():
        assert numbered is not None
        block = f"{numbered[1]}{numbered[2]}"
        gap = next((r for s, r in book.version.gaps if s.endswith(f" {block}")), "")
        if gap:
            text = lost(plan.language, book.version, block, gap)
            return Finding(Status.UNREADABLE, (Statement(text),), unreadable=1, considered=len(ask.books))
    if place.block in _FLAGS:
        return fact(plan, ask.books, places()[_FLAGS[place.block]], ())
    item = Place(place.part, place.number, label=place.title, title=place.title)
    if any(items_at(b, place) or gap_at(b, item) for b in ask.books):
        return fact(plan, ask.books, item, ())
    return None

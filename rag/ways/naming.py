"""The named places, settled: what the words of the question name, weighed against the documents at hand.

Each step takes the namings found so far and gives them back with weights lent, places added or left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.focus import is_general
from rag.keywords import NOUN
from rag.lookup.columns import BLOCK_OF_KIND
from rag.lookup.rows import rows_of
from rag.places import Naming, places
from rag.question import Plan
from rag.shelf import Book
from rag.terms import has, key
from rag.ways.contractors import is_contractor
from rag.ways.groups import record_groups

#: IV.1 is asked for its desk by what one can request there, IV.2 by everything else.
_REQUEST = re.compile(r"請求|開示|訂正|利用停止|見せ|直し|直す|修正し|消して|閲覧|disclos|correct|access my|see my")
_WHO = re.compile(
    r"誰|だれ|(?:どこの?|どの|何という)(?:会社|業者|企業|事業者)|(?:会社|業者|企業|事業者)(?:は|が|って|の名|名)|"
    r"\bwho\b|which compan"
)
_PEOPLE = re.compile(r"何人|何名|\bhow many (?:people|persons|staff|employees)")
_AGAINST = re.compile(r"措置|対策|防(ぐ|止|ぎ|い)|ない(ため|よう)|リスク|measures?\b|prevent|safeguard")
_MANNER = re.compile(
    r"どう(する|やって|いう|対応|実施|し(て|ま))|どのように|どんな(方法|対策|措置|手順)|何をして|"
    r"\bhow (do|does|is|are)\b(?! many| much)"
)
_GIVEN = re.compile(r"移転|提供|渡|伝わ|共有|流れ|知らせ|transfer|provid|shar")

Settling = Callable[[Plan, Sequence[Book], list[Naming]], list[Naming]]


def namings_of(plan: Plan, books: Sequence[Book]) -> tuple[Naming, ...]:
    """The places that a question names in these documents, surest first."""
    found = list(plan.places)
    for settle in _STEPS:
        found = settle(plan, books, found)
    return tuple(sorted(found, key=lambda n: -n.weight))


def _one_desk(plan: Plan, books: Sequence[Book], namings: list[Naming]) -> list[Naming]:
    """One of the two desks: IV.1 takes requests for disclosure, IV.2 answers questions."""
    if not {"IV.1", "IV.2"} <= {n.place.section for n in namings}:
        return namings
    other = "IV.2" if _REQUEST.search(plan.text) else "IV.1"
    return [n for n in namings if n.place.section != other]


def _contracts(plan: Plan, books: Sequence[Book], namings: list[Naming]) -> list[Naming]:
    """Contracts, where a contractor's name stands in the question."""
    if any(n.place.block == "委託事項" and n.weight >= 4 for n in namings):
        return namings
    if not any(is_contractor(t, books) for t in plan.terms):
        return namings
    return [*namings, Naming(places()["II.4 委託事項 ③"], 4.5, ())]


def _delegated_work(plan: Plan, books: Sequence[Book], namings: list[Naming]) -> list[Naming]:
    """Contracts, where the words of a question about who or how many people name the work or the contractor of one."""
    who, many = _WHO.search(plan.text), _PEOPLE.search(plan.text)
    words = [t for t in plan.terms if t.weight >= NOUN and not is_general(t) and not _PEOPLE.search(t.surface)]
    if not (who or many) or not any(len(key(t.surface)) > 2 for t in words):
        return namings
    works = [key(f"{r.cell('title').value} {r.cell('content').value}") for r in rows_of(books, "contracts")]
    by_name = many and any(is_contractor(t, books) for t in words)
    if not by_name and not any(all(has(t, work) for t in words) for work in works):
        return namings
    meant = places()[f"II.4 委託事項 {'③' if who else '②'}"]
    spans = tuple(s for n in namings if n.place == meant for s in n.spans)
    return [*(n for n in namings if n.place != meant), Naming(meant, 4.5, spans)]


def _manner(plan: Plan, books: Sequence[Book], namings: list[Naming]) -> list[Naming]:
    """A choice or a box tells whether, never how."""
    if not _MANNER.search(plan.text):
        return namings

    def tells_whether(n: Naming) -> bool:
        return n.place.type == "choice" or (n.place.type == "boxes" and n.place.part == "III")

    return [replace(n, weight=n.weight - 2.5) if tells_whether(n) else n for n in namings]


def _measures(plan: Plan, books: Sequence[Book], namings: list[Naming]) -> list[Naming]:
    """A measure is asked for, not the fact that it guards."""
    if not _AGAINST.search(plan.text):
        return namings
    return [replace(n, weight=n.weight + 2.5) if n.place.part == "III" else n for n in namings]


def _recipients(plan: Plan, books: Sequence[Book], namings: list[Naming]) -> list[Naming]:
    """Recipients, where one of their names stands in a question about giving data away; their fields before all."""
    if not _GIVEN.search(plan.text):
        return namings
    words = [w for t in plan.terms if len(w := key(t.surface)) >= 3]
    named = []
    for kind in ("transfers", "provisions"):
        names = [key(r.cell("recipient").value) for r in rows_of(books, kind)]
        if any(w in n for w in words for n in names):
            named.append(BLOCK_OF_KIND[kind])
    lent = [replace(n, weight=n.weight + 4.0) if n.place.block in named and n.place.sub else n for n in namings]
    return [*lent, *(Naming(places()[f"II.5 {block}"], 6.0, ()) for block in named)]


def _groups(plan: Plan, books: Sequence[Book], namings: list[Naming]) -> list[Naming]:
    """Groups of record items in 別添1 that the question names."""
    return [*namings, *record_groups(plan, books)]


def _most_exact(plan: Plan, books: Sequence[Book], namings: list[Naming]) -> list[Naming]:
    """A place named as a whole (I.2) or by number alone (II.2 ③) lends its weight to a field named beside it."""
    lenders = [n for n in namings if _lends(n, namings, key(plan.text))]
    return [_with_loan(n, lenders) for n in namings if not any(n is m for m in lenders)]


def _lends(naming: Naming, namings: Sequence[Naming], text: str) -> bool:
    place = naming.place
    others = (m for m in namings if m is not naming and m.place.section == place.section and m.weight >= 2.0)
    fields = [m.place for m in others if m.place.sub or m.place.name or m.place.block]
    if place.number and not (place.sub or place.name or place.block):
        return bool(fields)
    labelled = any(p.sub == place.sub and p.name and p.block == place.block for p in fields)
    return bool(place.sub) and not place.name and labelled and key(place.label) not in text


def _with_loan(naming: Naming, lenders: Sequence[Naming]) -> Naming:
    same = (m for m in lenders if m.place.section == naming.place.section)
    near = [m for m in same if not m.place.sub or m.place.sub == naming.place.sub]
    if not near:
        return naming
    weight = naming.weight + 0.5 * max(m.weight for m in near)
    return replace(naming, weight=weight, explicit=naming.explicit or any(m.explicit for m in near))


_STEPS: tuple[Settling, ...] = (
    _one_desk,
    _contracts,
    _delegated_work,
    _manner,
    _measures,
    _recipients,
    _groups,
    _most_exact,
)

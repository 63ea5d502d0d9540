"""Questions over all documents: which of them, how many, in which order. The first sign in the question decides how."""

from __future__ import annotations

import re

from rag.aggregate.boxes import by_box
from rag.aggregate.choices import by_choice
from rag.aggregate.covers import by_date, collected, ordered, wants_order
from rag.aggregate.records import by_number, by_record, having
from rag.aggregate.texts import by_text
from rag.finding import Finding
from rag.lookup.columns import KEY_COLUMN, KIND_OF_BLOCK, column_of
from rag.lookup.rows import rows_of
from rag.places import Naming
from rag.question import Shape
from rag.terms import Term, has, key
from rag.types import Status
from rag.ways.ask import Ask, names_place
from rag.ways.contractors import is_contractor
from rag.ways.delegated import delegated

_MOST = re.compile(r"(最も|一番|もっとも|いちばん)(多|少)|(多|少な)い順|\bmost\b|\bfewest\b")
#: What may stand beside the name of a municipality without asking anything.
_FILLING = re.compile(r"について|に関して|のこと|教えて|ください|下さい|評価書|です|[のはをとやか、。・?！!\s]")
_COLLECTION = re.compile(r"(評価書|自治体|市|町|assessments?|municipalit)")


def over_all(ask: Ask) -> Finding | None:
    """Which documents, how many, in which order; None where the question is about given documents."""
    plan = ask.plan
    if _only_names(ask):  # what there is to ask about
        return collected(plan, ask.books)
    if wants_order(plan) and (Shape.WHICH in plan.shapes or not ask.narrowed):
        found = ordered(plan, ask.books)
        if found is not None:
            return found
    if not plan.collected and (by_name := delegated(ask)) is not None:
        return by_name
    contractor = any(is_contractor(t, ask.books) for t in plan.terms)
    if not _is_wide(ask, contractor):
        return None
    top, kind = _records_meant(ask, contractor)
    if kind and _MOST.search(plan.text):
        return by_number(plan, ask.books, kind)
    if _asks_collection(ask):
        return collected(plan, ask.books)
    return _by_form(ask, top, kind) or _by_words(ask, top)


def _is_wide(ask: Ask, contractor: bool) -> bool:
    shapes = ask.plan.shapes
    if ask.plan.collected:
        return False
    return Shape.WHICH in shapes or (not ask.narrowed and (contractor or bool({Shape.LIST, Shape.COUNT} & shapes)))


def _only_names(ask: Ask) -> bool:
    """Whether a municipality is named and nothing asked about it (川口市は？)."""
    plan = ask.plan
    if not plan.bodies or not plan.collected or plan.duties or plan.places or plan.options or plan.terms:
        return False
    rest = plan.text
    for body in reversed(plan.bodies):
        rest = rest[: body.span[0]] + rest[body.span[1] :]
    return len(_FILLING.sub("", rest)) == 0


def _asks_collection(ask: Ask) -> bool:
    """Whether the question is about nothing but what is collected (評価書は何件ありますか)."""
    plan = ask.plan
    nothing_else = not plan.places and not plan.options and not any(len(key(t.surface)) > 2 for t in plan.terms)
    return nothing_else and bool(_COLLECTION.search(plan.text))


def _records_meant(ask: Ask, contractor: bool) -> tuple[Naming | None, str | None]:
    """The place and the kind of record; a contractor's name means contracts."""
    top = ask.top
    kind = KIND_OF_BLOCK.get(top.place.block) if top else None
    if top is not None and top.place.id == "II.4 委託の有無" and _MOST.search(ask.plan.text):
        return top, "contracts"  # the field that has the number of contracts
    if kind is None and contractor:
        top = next((n for n in ask.namings if n.place.block == "委託事項"), None)
        kind = "contracts" if top else None
    return top, kind


def _by_form(ask: Ask, top: Naming | None, kind: str | None) -> Finding | None:
    """By what the form itself knows: choices, dates of publication, boxes, records."""
    plan, books = ask.plan, ask.books
    names = [t for t in ask.residual if len(key(t.surface)) > 1] if kind else []
    boxes = top is not None and top.place.type == "boxes"
    if plan.options and not boxes and not _name_rows(ask, kind, names):
        found = by_choice(plan, books, ask.namings)
        if found is not None:
            return found
    found = by_date(plan, books) or by_box(plan, books, ask.namings)
    if found is not None or not kind or top is None:
        return found
    found = by_record(plan, books, kind, names, column_of(top.place))
    if found is None and Shape.WHICH in plan.shapes:
        return having(plan, books, kind)
    return found


def _name_rows(ask: Ask, kind: str | None, terms: list[Term]) -> bool:
    """Whether a word names a contractor, recipient or system: then its rows are meant, whatever they choose."""
    if not kind:
        return False
    names = [key(r.cell(KEY_COLUMN[kind]).value) for r in rows_of(ask.books, kind)]
    return any(has(t, n) for n in names for t in terms)


def _by_words(ask: Ask, top: Naming | None) -> Finding | None:
    """By the sentences; what is nowhere at the named place may stand elsewhere."""
    terms = [t for t in ask.plan.terms if not names_place(t, top)]
    found = by_text(ask.plan, ask.books, terms, ask.namings)
    if found is not None and found.status is Status.ANSWERED:
        return found
    return by_text(ask.plan, ask.books, terms, ()) or found

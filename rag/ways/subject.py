"""What a question says only to name the documents at hand: no answer needs to hold these words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.lookup.rows import rows_of
from rag.places import normal
from rag.question import Plan
from rag.shelf import Book
from rag.terms import Term, key


def without_duty(plan: Plan, books: Sequence[Book]) -> Plan:
    """The plan without what only names the documents: the duty in quotes, or the rest of its name (収滞納|管理)."""
    names = [key(f"{b.version.duty} {b.version.title}") for b in books]
    names += [key(r.cell("name").value) for r in rows_of(books, "files")]
    dropped = [t.span for t in plan.terms if _names_document(plan, t, names)]
    kept = [t for t in plan.terms if not any(a <= t.span[0] and t.span[1] <= b for a, b in dropped)]
    quoted = tuple(q for q in plan.quoted if not any(key(q) in n for n in names))
    return replace(plan, terms=(*kept, *_of_other_duties(plan, books)), quoted=quoted)


def _names_document(plan: Plan, term: Term, names: Sequence[str]) -> bool:
    if len(key(term.surface)) >= 5 and any(key(term.surface) in n for n in names):
        return True
    before = (d.span[0] for d in plan.duties if d.span[0] <= term.span[0])
    return not term.entity and any(key(plan.text[start : term.span[1]]) in n for start in before for n in names)


def _of_other_duties(plan: Plan, books: Sequence[Book]) -> list[Term]:
    """A duty that is not the documents' own is said of something else: the section of a recipient, a lost form."""
    own = [normal(b.version.duty + b.version.title) for b in books]
    strange = [d for d in plan.duties if not any(d.duty.also.search(o) for o in own)]
    return [Term(plan.text[a:b], (key(plan.text[a:b]),), 1.5, (a, b)) for d in strange for a, b in d.spans[:1]]

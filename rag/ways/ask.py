"""What every way of answering is given: the plan, the opened documents, the places that the question names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rag.places import Naming
from rag.question import Plan
from rag.shelf import Book, Passage
from rag.terms import Term, key

#: From this weight on a place is named, from the second on it is meant, not only hinted at.
NAMED = 2.0
MEANT = 3.0


@dataclass(frozen=True, slots=True)
class Ask:
    """One question over some opened documents.

    narrowed  whether the question or the person chose the documents; else they are all that are collected
    nearness  gives the similarity of meaning of a passage, or None where no encoder is at hand
    """

    plan: Plan
    books: tuple[Book, ...]
    namings: tuple[Naming, ...]
    narrowed: bool
    nearness: Callable[[], Callable[[Passage], float] | None]

    @property
    def residual(self) -> tuple[Term, ...]:
        """Terms that the named place does not explain."""
        return self.plan.residual(self.namings[:1])

    @property
    def top(self) -> Naming | None:
        """The place that is meant, if any."""
        return self.namings[0] if self.namings and self.namings[0].weight >= NAMED else None


def names_place(term: Term, top: Naming | None) -> bool:
    """Whether a word only names the place of the form that is meant, and so need not stand in the text there."""
    if top is None or term.entity:
        return False
    if any(key(term.surface) in key(x) for x in (top.place.label, top.place.title, top.place.name) if x):
        return True
    # the long texts of II and III may well repeat the words that name them
    return top.place.part not in {"II", "III"} and any(a <= term.span[0] and term.span[1] <= b for a, b in top.spans)


def apart(terms: list[Term]) -> list[Term]:
    """Terms that do not overlap, the longest first."""
    found: list[Term] = []
    for t in sorted(terms, key=lambda t: t.span[0] - t.span[1]):
        if all(t.span[1] <= f.span[0] or f.span[1] <= t.span[0] for f in found):
            found.append(t)
    return found

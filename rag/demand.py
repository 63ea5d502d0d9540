"""What a question demands of a passage, and how well one passage meets it: words, place, kind of thing, meaning."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.assessment import Kind
from rag.places import Naming
from rag.shelf import Passage
from rag.terms import Term, has, strength

#: Weight of a term that stands only in the item's label, of a place named by the question, of meaning, of holding the
#: kind of thing asked for; share that boilerplate keeps.
IN_LABEL = 0.3
PLACE = 0.55
MEANING = 2.0
OF_ASKED_KIND = 0.6
BOILERPLATE = 0.75


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score (higher is better) and the terms it has."""

    passage: Passage
    score: float
    terms: frozenset[Term]


@dataclass(frozen=True)
class Demand:
    """What a question demands of a passage.

    terms      what it must be about, with their `weights` among all passages
    namings    places that the question names
    asked      what shows the kinds of thing that it asks for
    national   whether it is about the systems that all municipalities share, of which boilerplate speaks
    """

    terms: tuple[Term, ...]
    weights: Mapping[Term, float]
    namings: tuple[Naming, ...]
    asked: tuple[re.Pattern[str], ...]
    national: bool

    @functools.cached_property
    def _place_weight(self) -> float:
        """Where words weigh much, so does the place."""
        return PLACE * max(1.0, max(self.weights.values(), default=1.0) / 3)

    def rank(self, passage: Passage, near: float) -> Ranked:
        """A passage with its score, of which `near` is its similarity of meaning."""
        inside = [t for t in self.terms if has(t, passage.folded)]
        labelled = [t for t in self.terms if t not in inside and has(t, passage.label)]
        score = sum(self.weights[t] * strength(t, passage.folded) for t in inside)
        score += IN_LABEL * sum(self.weights[t] for t in labelled)
        score += self._place_weight * self._place(passage)
        if any(shown.search(passage.folded) for shown in self.asked):
            score += OF_ASKED_KIND
        if passage.kind is Kind.BOILERPLATE and not self.national:
            score *= BOILERPLATE
        return Ranked(passage, score + MEANING * near, frozenset([*inside, *labelled]))

    def _place(self, passage: Passage) -> float:
        form = passage.version.form
        return max((n.weight for n in self.namings if n.place.holds(passage.item, form)), default=0.0)

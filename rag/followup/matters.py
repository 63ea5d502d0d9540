"""Which words of a question say what is asked for, and which of them an assessment may speak of."""

from __future__ import annotations

import functools
import re
import unicodedata

from rag.followup.phrases import phrases
from rag.keywords import NOUN
from rag.places import Place, places
from rag.synonyms import forms_of
from rag.terms import Term, key

_COUNTER = re.compile(r"[\d一二三四五六七八九十]+[つ社件個]?")


def is_matter(term: Term) -> bool:
    """Whether a word is what is asked for: a noun, and none that only ties names to a question (同じ)."""
    noun = term.entity or term.weight >= NOUN or (len(term.surface) == 1 and not term.surface.isdigit())
    return noun and not _COUNTER.fullmatch(term.surface) and not phrases().filler.fullmatch(term.surface)


@functools.lru_cache(maxsize=4096)
def is_of_the_form(word: str) -> bool:
    """Whether a word (already `key`) stands in a label or a choice of the form, or others of its sense are known."""
    return len(word) > 1 and (word in _printed() or len(forms_of(word)) > 1)


@functools.cache
def _printed() -> str:
    def words(place: Place) -> str:
        return " ".join((place.label, place.title, place.name, *place.options))

    return unicodedata.normalize("NFKC", key("\n".join(words(p) for p in places().values())))

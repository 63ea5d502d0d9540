"""Terms: what an answer must be about, and how a text matches them. `rag.keywords` finds them in a question.

A term is a content word, or a run of nouns that belong together (電算データ入力). A text has a term when the term, or a
word that means the same, stands in it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.labels import fold

#: Share of a term's weight for a text that has only a word meaning the same.
SYNONYM = 0.75


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `forms` any of which in a folded text means that the text has it; `weight` before rarity is counted.

    entity: a proper name or quoted phrase, which a text either has or not.
    """

    surface: str
    forms: tuple[str, ...]
    weight: float
    span: tuple[int, int]
    entity: bool = False


def key(text: str) -> str:
    """What terms and texts are compared by: folded, lower case, サーバ without ー."""
    return fold(text).lower().replace("サーバー", "サーバ").replace("ユーザー", "ユーザ")


def has(term: Term, text: str) -> bool:
    """Whether a text (already `key`) has the term."""
    return any(form in text for form in term.forms)


def strength(term: Term, text: str) -> float:
    """1 where a text (already `key`) has the term itself, less for a synonym, 0 where it has neither."""
    if key(term.surface) in text or term.forms[0] in text:
        return 1.0
    return SYNONYM if has(term, text) else 0.0


def rarities(terms: Sequence[Term], texts: Sequence[str]) -> dict[Term, float]:
    """Weight of each term among the texts: its own times how rare it is (as BM25's idf), 0 where no text has it."""
    n = len(texts)
    found = {}
    for term in terms:
        df = sum(1 for text in texts if has(term, text))
        found[term] = term.weight * math.log(1 + (n - df + 0.5) / (df + 0.5)) if df else 0.0
    return found

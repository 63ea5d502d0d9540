"""Whether a text, or the documents at hand, speak of a word of the question: in any spelling, or by its parts."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from rag.focus import is_filler
from rag.keywords import NOUN
from rag.question import Plan
from rag.shelf import Book
from rag.terms import Term, has, key

#: Shorter Latin words (os, ai) stand inside others by chance.
LATIN_CHARS = 5
_INFLECTED = "[いきぎけげしじちみびりれえわせめべねっ]?"
_CHINESE = re.compile(r"[一-龥々]")
_KANA = re.compile(r"[ぁ-ん]")


def stands(plan: Plan, term: Term, books: Sequence[Book]) -> bool:
    """Whether the word, or each word that it is made of, stands anywhere in these documents."""
    texts = [_everything(book) for book in books]
    parts = _parts(plan, term)
    if any(_holds(term, text) for text in texts):
        return True
    return bool(parts) and all(is_filler(p) or any(_holds(p, text) for text in texts) for p in parts)


def speaks(plan: Plan, term: Term, text: str) -> bool:
    """Whether a text (as `key`) has the word, or each word that it is made of."""
    parts = _parts(plan, term)
    return _holds(term, text) or (bool(parts) and all(is_filler(p) or _holds(p, text) for p in parts))


def _parts(plan: Plan, term: Term) -> list[Term]:
    """The words that a run of nouns is made of, without single characters."""
    start, end = term.span
    inside = (t for t in plan.terms if start <= t.span[0] and t.span[1] <= end and t.span != term.span)
    return [t for t in inside if len(t.surface) > 1 and (t.weight >= NOUN or t.surface.isascii())]


def _holds(term: Term, text: str) -> bool:
    if term.surface.isascii() and len(term.surface) < LATIN_CHARS:
        alone = re.search(rf"(?<![a-z]){re.escape(key(term.surface))}(?![a-z])", text)
        return bool(alone) or any(form in text for form in term.forms if not form.isascii())
    spelled = _spelled(term.surface)
    return has(term, text) or (spelled is not None and bool(spelled.search(text)))


@functools.lru_cache(maxsize=4096)
def _spelled(surface: str) -> re.Pattern[str] | None:
    """取扱い, 取り扱い and 取扱 as one; None for a word without two Chinese characters in it."""
    if len(_CHINESE.findall(surface)) < 2:
        return None
    return re.compile("".join(_character(c) for c in key(_KANA.sub("", surface))))


def _character(character: str) -> str:
    return re.escape(character) + (_INFLECTED if _CHINESE.match(character) else "")


@functools.lru_cache(maxsize=128)
def _everything(book: Book) -> str:
    """All that a book says, past entries and its labels too."""
    said = [f"{p.folded} {p.label}" for p in book.passages]
    labels = [key(" ".join((i.label, *i.path, i.block, i.name))) for i in book.items]
    return " ".join((key(f"{book.version.title} {book.version.duty}"), *said, *labels))

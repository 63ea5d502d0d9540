"""Cuts and checks the quotes of cells: each stands verbatim in its document's source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.assessment import Item
from rag.cite import Citations, fold
from rag.compare.item import Sentence
from rag.shelf import Book
from rag.terms import key
from rag.types import Citation

#: A list without punctuation (…に関する事項 …に関する事項) is quoted by its entry.
_BETWEEN = re.compile(r"[ \u3000\t]+")
_LONG = 24


def cited(book: Book, pairs: Iterable[tuple[Item, str]]) -> tuple[Citation, ...]:
    """Verified citations of texts of items, each quote of a section once; what cannot be quoted is left out."""
    citations = Citations()
    for item, text in pairs:
        citations.add(book.version, item, text, book.source)
    once: dict[tuple[str, str], Citation] = {}
    for citation in citations.all():
        once.setdefault((citation.section, fold(citation.quote)), citation)
    return tuple(once.values())


def clipped(sentence: Sentence, said: re.Pattern[str]) -> str:
    """The entry of a list that says it, where the sentence is a list by white space; else the whole sentence."""
    text = sentence.passage.text
    entries = _BETWEEN.split(text)
    if "。" in text.rstrip("。") or len(text) < _LONG or len(entries) < 3:
        return text
    return next((entry for entry in entries if said.search(key(entry))), text)

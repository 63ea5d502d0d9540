"""How a sentence of a document is told: where it stands, under which heading, verbatim."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.look import marked
from rag.finding import Ref, Statement
from rag.shelf import Passage
from rag.terms import Term
from rag.wording import flat, label_of

#: Longer texts are cut around the words of the question.
SHOWN_CHARS = 140


def quote(passage: Passage, many: bool) -> Statement:
    """The sentence with its place; `many`: as one of a list."""
    item = passage.item
    shown = flat(passage.text)
    if item.marks:
        shown = marked(item.marks) or shown
    under = f"({passage.heading})" if passage.heading else ""
    text = f"{passage.version.municipality} {label_of(item)}{under}: 「{shown}」"
    return Statement(text, (Ref(passage.version, item, passage.text),), 1 if many else 0)


def cut(text: str, at: int = 0) -> str:
    """A text as shown: whole where short, else the part around a position."""
    plain = flat(text)
    return plain if len(plain) <= SHOWN_CHARS else plain[max(0, at - 40) : at + 100] + "…"


def around(text: str, terms: Sequence[Term], chars: int) -> str:
    """Up to `chars` characters of a text around the words of the question."""
    plain = flat(text)
    if len(plain) <= chars:
        return plain
    lower = plain.lower()
    at = [lower.find(f) for t in terms for f in t.forms if len(f) > 1 and f in lower]
    start = max(0, min(at, default=0) - 40)
    return ("…" if start else "") + plain[start : start + chars] + ("…" if start + chars < len(plain) else "")

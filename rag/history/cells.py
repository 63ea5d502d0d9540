"""Rows of the record of changes: which a question is about, and how their cells are shown and quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.lookup.columns import KIND_OF_BLOCK
from rag.lookup.rows import Row, narrow, rows_of
from rag.places import Naming
from rag.shelf import Book
from rag.terms import Term, has, key
from rag.wording import flat

#: Longer texts are shown around the words of the question.
SHOWN_CHARS = 110
#: Texts by which a change is not told: the form's own signs for "nothing" and "left out".
_ELIDED = {"(略)", "（略）"}


def targets(books: Sequence[Book], terms: Sequence[Term], namings: Sequence[Naming]) -> list[tuple[str, float]]:
    """Patterns of sections the question is about, with weights: a block is found by its present title."""
    found: list[tuple[str, float]] = []
    for naming in namings[:3]:
        place = naming.place
        if place.part.startswith("別添"):
            continue
        weight = min(naming.weight, 5.0)
        blocks = _blocks_meant(books, terms, naming)
        if blocks:
            found += [(block, weight + 3.0) for block in blocks]
            continue
        section = re.escape(place.section)
        tail = "".join(rf".*{re.escape(x)}" for x in (place.block, place.sub, place.name) if x)
        found.append((section + r"(?!\d)" + tail, weight))
        if tail:  # a row may name only the item
            found.append((section + r"$", 0.7 * weight))
    return found


def _blocks_meant(books: Sequence[Book], terms: Sequence[Term], naming: Naming) -> list[str]:
    """Patterns of the numbered blocks whose present records the words tell apart."""
    place = naming.place
    kind = KIND_OF_BLOCK.get(place.block)
    rows = rows_of(books, kind) if kind else []
    meant = narrow(rows, terms) if rows else []
    if len(meant) == len(rows):
        return []
    head, tail = f"{re.escape(place.section)} {place.block}", re.escape(place.sub)
    return [rf"{head}{r.record.number}(?!\d).*{tail}" for r in meant]


def quoted(row: Row, terms: Sequence[Term]) -> str:
    """The cell to quote: what stands after the change; if only a dash or 略, what stood before, or the item."""
    cells = [row.cell(c).value for c in ("after", "before", "explanation", "item")]
    said = [c for c in cells if len(c) > 1 and c not in _ELIDED]
    if not said:
        return row.cell("date").value
    return next((c for c in said[:2] if any(has(t, key(c)) for t in terms)), said[0])


def shown(text: str, terms: Sequence[Term] = ()) -> str:
    """A cell as shown: whole where short, else the part around the words of the question."""
    plain = flat(text) or "(空欄)"
    if len(plain) <= SHOWN_CHARS:
        return plain
    lower = plain.lower()
    at = min((lower.find(f) for t in terms for f in t.forms if len(f) > 1 and f in lower), default=0)
    start = max(0, at - 30)
    end = start + SHOWN_CHARS
    return ("…" if start else "") + plain[start:end] + ("…" if end < len(plain) else "")

"""Groups of record items (別添1) that a question names by their heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.lookup.rows import rows_of
from rag.places import Naming, Place, normal, places
from rag.question import Plan
from rag.shelf import Book
from rag.terms import key

#: A heading stands in the question outright, so it is surer than any label.
WEIGHT = 9.0
_ITEMS = re.compile(r"項目|記録|載|含ま")
_EVERY = re.compile(r"(すべて|全て|全部|どんな|何).{0,12}|項目を")
_RECORDED = re.compile(r"記録(される|項目|して)|載って")


def record_groups(plan: Plan, books: Sequence[Book]) -> list[Naming]:
    """別添1, or the one group of it whose heading stands in a question about record items."""
    if not _ITEMS.search(plan.text):
        return []
    text = key(plan.text)
    every = _EVERY.search(plan.text) and _RECORDED.search(plan.text) and "主な" not in plan.text
    if every and any(len(h) >= 4 and h in text for h in _headings(books)):
        return [Naming(places()["別添1"], WEIGHT, ())]
    files = [f for r in rows_of(books, "files") if (f := key(r.cell("name").value))]
    blocks = dict.fromkeys(i.block for b in books for i in b.items if i.part == "別添1" and len(key(i.block)) >= 4)
    named = (x for x in blocks if key(x) in text and not any(f in key(x) for f in files))
    return [_naming(plan, x) for x in list(named)[:1]]


def _headings(books: Sequence[Book]) -> set[str]:
    """Headings inside 別添1 without their numbers, as `key`."""
    found = (p.heading for b in books for p in b.passages if p.item.part == "別添1" and p.heading)
    return {key(h).lstrip("0123456789") for h in found}


def _naming(plan: Plan, block: str) -> Naming:
    place = Place("別添1", block=block, label=block, title="特定個人情報ファイル記録項目")
    at = plan.text.find(normal(block))
    return Naming(place, WEIGHT, ((at, at + len(block)),) if at >= 0 else ())

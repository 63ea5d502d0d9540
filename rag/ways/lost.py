"""An item named by its number that the source lost: nothing else may answer for it."""

from __future__ import annotations

from rag.finding import Finding, Statement
from rag.lookup.items import gap_at, items_at
from rag.places import Place
from rag.types import Status
from rag.ways.ask import Ask
from rag.wording import lost


def referred(ask: Ask) -> Finding | None:
    """That the numbered item (III.6) is lost, in every document it was lost from; None where any of them has it."""
    numbered = [n.place for n in ask.namings if n.explicit]
    if any(items_at(b, Place(p.part, p.number)) for p in numbered for b in ask.books):
        return None
    said = dict.fromkeys(  # several places of one item say the same of it
        lost(ask.plan.language, b.version, p.section, reason)
        for p in numbered
        for b in ask.books
        if (reason := gap_at(b, p))
    )
    if not said:
        return None
    return Finding(
        Status.UNREADABLE,
        tuple(map(Statement, said)),
        unreadable=sum(any(gap_at(b, p) for p in numbered) for b in ask.books),
        considered=len(ask.books),
    )

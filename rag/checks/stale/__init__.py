"""Citations and forms that the law has left behind, judged by the 公表日: what was right then is a note."""

from __future__ import annotations

from collections.abc import Iterator

from rag.checks.finding import Raised
from rag.checks.paper import Paper
from rag.checks.stale import disclosure, forms, linkage, tables


def check(paper: Paper) -> Iterator[Raised]:
    """What each part of the law and of the forms raises."""
    for part in (tables, linkage, disclosure, forms):
        yield from part.check(paper)

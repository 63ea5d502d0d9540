"""Choices and texts that disagree between items: contracts, counts, people, linkage, and what is said in words."""

from __future__ import annotations

from collections.abc import Iterator

from rag.checks.contradiction import contracts, counts, linkage, people, wording
from rag.checks.finding import Raised
from rag.checks.paper import Paper


def check(paper: Paper) -> Iterator[Raised]:
    """What each pair of items raises."""
    for pairs in (contracts, counts, people, linkage, wording):
        yield from pairs.check(paper)

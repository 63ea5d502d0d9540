"""The ways of answering in one visible list, surest first: each looks at the question over the opened documents
and gives a finding, or passes it on to the next.
"""

from __future__ import annotations

from collections.abc import Callable

from rag.finding import Finding
from rag.ways.ask import Ask
from rag.ways.beside import beside
from rag.ways.comparison import compared
from rag.ways.documents import over_all
from rag.ways.either import either
from rag.ways.facts import facts
from rag.ways.incidents import incident
from rag.ways.lost import referred
from rag.ways.naming import namings_of
from rag.ways.pertinent import pertinent
from rag.ways.quotes import quotes, spoken_of
from rag.ways.rows import records
from rag.ways.subject import without_duty
from rag.ways.time import future, once, past, superseded
from rag.ways.unstated import unstated

__all__ = ["WAYS", "Ask", "beside", "namings_of", "without_duty"]

Way = Callable[[Ask], Finding | None]

WAYS: tuple[Way, ...] = (
    future,
    referred,
    pertinent(past),
    either,
    *map(pertinent, (superseded, over_all, compared, incident, records, facts, quotes, spoken_of, once)),
    unstated,
)

"""What became of the assessments that a reply rests on: the version then, that of now, and what it no longer says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.cite import fold, verified
from rag.staleness import CitationState, Versions, citation_states
from rag.types import Answer, Citation, Status, Version


@dataclass(frozen=True, slots=True)
class Since:
    """What changed in one assessment.

    then, now             ids of the versions; `now` is 0 where none is collected any more
    published_then, _now  their 公表日 as printed
    gone                  markers of quotes that do not stand in the version of now
    """

    document: str
    then: int
    now: int
    published_then: str
    published_now: str
    gone: tuple[int, ...]


def since(catalog: Versions, citations: Sequence[Citation]) -> tuple[Since, ...]:
    """The assessments of which another version answers today, or none; those that stand as they were are left out."""
    states = citation_states(catalog, Answer("", Status.ANSWERED, "", citations=tuple(citations)))
    moved: dict[str, list[Citation]] = {}
    for citation in citations:
        if states[citation.marker] is not CitationState.CURRENT:
            moved.setdefault(citation.document, []).append(citation)
    return tuple(_changed(catalog, document, cited) for document, cited in moved.items())


def _changed(catalog: Versions, document: str, cited: Sequence[Citation]) -> Since:
    now: Version | None = next(iter(catalog.versions(document)), None)
    source = fold(catalog.source(now.id)) if now else ""
    gone = tuple(c.marker for c in cited if not verified(c.quote, source))
    first = cited[0]
    return Since(document, first.version, now.id if now else 0, first.published, now.published if now else "", gone)

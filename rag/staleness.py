"""What became of the sources of an answer that was kept: whether each still stands, and in which version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from ingest.assessment import Item
from rag.cite import fold, verified
from rag.errors import NotFound
from rag.types import Answer, Citation, Version


class CitationState(StrEnum):
    """How a citation stands today."""

    CURRENT = "current"  # in the version that answers
    OUTDATED = "outdated"  # in a version that a newer 公表日 has followed
    GONE = "gone"  # the version was removed, or replaced by another text


class Versions(Protocol):
    """What is needed of the catalog."""

    def versions(self, document: str | None = None, current_only: bool = True) -> list[Version]:
        """Versions of one document."""

    def item(self, version_id: int, key: str) -> Item:
        """One item; raises NotFound."""

    def source(self, version_id: int) -> str:
        """The decoded text of the file."""


def citation_states(catalog: Versions, answer: Answer) -> dict[int, CitationState]:
    """Marker → how the citation stands today."""
    return {c.marker: _state(version) for c, version in _found(catalog, answer)}


def up_to_date(catalog: Versions, answer: Answer) -> Answer:
    """The answer with citations that lead to where their quotes stand today; those that are gone are as they were.

    A version that is read anew from the same text has another id: only `Citation.version` differs.
    """
    found = _found(catalog, answer)
    return replace(answer, citations=tuple(replace(c, version=v.id) if v else c for c, v in found))


def _state(version: Version | None) -> CitationState:
    if version is None:
        return CitationState.GONE
    return CitationState.CURRENT if version.current else CitationState.OUTDATED


def _found(catalog: Versions, answer: Answer) -> list[tuple[Citation, Version | None]]:
    """Each citation with the version that holds its quote today, None where none does."""
    documents = dict.fromkeys(c.document for c in answer.citations)
    known = {document: catalog.versions(document, current_only=False) for document in documents}
    sources: dict[int, str] = {}
    return [(c, _holder(catalog, c, known[c.document], sources)) for c in answer.citations]


def _holder(
    catalog: Versions, citation: Citation, versions: Sequence[Version], sources: dict[int, str]
) -> Version | None:
    """The version that was cited, or the one of the same 公表日 in its place; `sources` are folded, by version."""
    cited = [v for v in versions if v.id == citation.version]
    rivals = cited or [v for v in versions if v.published == citation.published]
    return next((v for v in rivals if _holds(catalog, v, citation, sources)), None)


def _holds(catalog: Versions, version: Version, citation: Citation, sources: dict[int, str]) -> bool:
    """Whether a version has the item, and the quote in it or around it."""
    try:
        item = catalog.item(version.id, citation.item)
    except NotFound:
        return False
    if verified(citation.quote, fold(item.text)):
        return True
    if version.id not in sources:  # folded only where the quote is more than the item's own text
        sources[version.id] = fold(catalog.source(version.id))
    return verified(citation.quote, sources[version.id])

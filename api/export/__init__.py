"""A kept conversation as a file for people: Markdown or Word. Both are written from the same `content`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.export.content import blocks_of
from api.export.markdown import markdown_of
from rag.conversations import Conversation, KeptTurn
from rag.staleness import CitationState

#: Turn → how each of its citations stands today, by marker; a turn that is left out is exported as it was answered.
States = Mapping[str, Mapping[int, CitationState]]


def as_markdown(conversation: Conversation, turns: Sequence[KeptTurn], states: States | None = None) -> str:
    """The conversation as Markdown in which nothing of a document is active: no HTML, images, addresses to follow."""
    return markdown_of(blocks_of(conversation, turns, states or {}))


def as_docx(conversation: Conversation, turns: Sequence[KeptTurn], states: States | None = None) -> bytes:
    """The conversation as a Word document (.docx)."""
    from api.export.docx import docx_of

    return docx_of(blocks_of(conversation, turns, states or {}), conversation)

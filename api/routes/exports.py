"""A conversation as a file, for the page and for other programs."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import quote

from starlette.responses import Response

from api.export import as_docx, as_markdown
from api.services import Services
from rag.staleness import citation_states

MARKDOWN = "text/markdown; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: What no file name takes on Windows, and control characters.
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


class Format(StrEnum):
    """The kinds of file."""

    MARKDOWN = "markdown"
    DOCX = "docx"


def exported(services: Services, id: str, format: Format) -> Response:
    """A conversation as a file to be saved under its title, with how its sources stand today. Raises NotFound."""
    turns = services.conversations.turns(id)
    conversation = services.conversations.get(id)
    states = {turn.trace.id: citation_states(services.catalog, turn.trace.answer) for turn in turns}
    if format is Format.DOCX:
        return _file(as_docx(conversation, turns, states), DOCX, f"{conversation.title}.docx")
    return _file(as_markdown(conversation, turns, states).encode(), MARKDOWN, f"{conversation.title}.md")


def _file(content: bytes, media_type: str, name: str) -> Response:
    safe = NOT_IN_NAMES.sub("_", name).lstrip(".") or "会話"
    disposition = f"attachment; filename*=UTF-8''{quote(safe)}"
    return Response(content, media_type=media_type, headers={"content-disposition": disposition})

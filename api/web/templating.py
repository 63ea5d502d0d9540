"""The Jinja environment of the pages: autoescape on, undefined names are faults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.web import draft_links, links, wording
from api.web.findings_place import places
from rag.accounts.who import LOCAL, NOBODY, Role
from rag.checks.dismissals import MAX_REASON_CHARS
from rag.checks.finding import Severity
from rag.checks.stale.judging import day as day_words
from rag.draft.entries import MAX_TEXT_CHARS
from rag.feedback import MAX_COMMENT_CHARS, REASONS

TEMPLATES = Path(__file__).parent / "templates"

environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.globals.update(draft_links=draft_links, max_text_chars=MAX_TEXT_CHARS)
environment.globals.update(
    places_of=places, day_words=day_words, severities=tuple(Severity), max_reason_chars=MAX_REASON_CHARS
)
environment.globals.update(Role=Role, roles=tuple(Role))
environment.globals.update(links=links, wording=wording, reasons=REASONS, max_comment_chars=MAX_COMMENT_CHARS)


def render(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A page or fragment; `context` is joined with what every page's frame shows."""
    html = fragment(request, template, context)
    return HTMLResponse(html, status_code=status, headers={"vary": "HX-Request"})


def fragment(request: Request, template: str, context: Mapping[str, Any]) -> str:
    """The same as text."""
    return environment.get_template(template).render({**frame(request), **context})


def frame(request: Request) -> dict[str, Any]:
    """What the header shows. A page about a fault must come out even when the store is broken."""
    settings = request.app.state.settings
    services = request.app.state.services
    local = settings.auth == "local"
    return {
        "path": request.url.path,
        "standing": wording.standing(services.model if services else None),
        "collected": request.app.state.overviews.collected,
        "me": getattr(request.state, "who", LOCAL if local else NOBODY),
        "local": local,
        "foreign": False,  # whether what is shown is another's
    }

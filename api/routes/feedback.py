"""The page of what people said of answers, for whoever looks after the quality; each can become an evaluation case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.routes.overviews import OverviewDep
from api.services import ServicesDep
from api.web.templating import render

router = APIRouter(prefix="/feedback")


@router.get("")
def show(
    request: Request, services: ServicesDep, overview: OverviewDep, bad: Annotated[bool, Query()] = False
) -> HTMLResponse:
    """All that was said, newest first; `bad` for what did not help only."""
    said = services.conversations.feedbacks(only_bad=bad)
    return render(request, "feedback.html", {"said": said, "bad": bad})


@router.post("/{turn}/case")
def make_case(services: ServicesDep, turn: str) -> Response:
    """Notes that an evaluation case is made of what was said; the page then offers it."""
    services.conversations.mark_case(turn)
    return RedirectResponse(f"/feedback#said-{turn}", 303)

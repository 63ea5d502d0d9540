"""The page of what people said of answers, for whoever looks after the quality; each can become an evaluation case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.routes.overviews import OverviewDep
from api.services import Services, ServicesDep
from api.web.templating import render
from rag.conversations import KeptTurn
from rag.errors import NotFound
from rag.evals import harvest

router = APIRouter(prefix="/feedback")

NO_FEEDBACK = "その回答への評価はありません。取り消された可能性があります。"


@router.get("")
def show(
    request: Request, services: ServicesDep, overview: OverviewDep, bad: Annotated[bool, Query()] = False
) -> HTMLResponse:
    """All that was said, newest first; `bad` for what did not help only."""
    said = services.conversations.feedbacks(only_bad=bad)
    return render(request, "feedback.html", {"said": said, "bad": bad})


@router.get("/{turn}/case.jsonl")
def save_case(services: ServicesDep, turn: str) -> Response:
    """The evaluation case as a line of a question set, for a person to complete."""
    kept = services.conversations.turn(turn)
    if kept.feedback is None:
        raise NotFound(NO_FEEDBACK)
    earlier = [t for t in before(services, kept.conversation) if t.number < kept.number]
    line = harvest.line(harvest.case_of(kept.feedback, kept, earlier), harvest.note(kept.feedback)) + "\n"
    name = f"feedback-{turn}.jsonl"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(line.encode(), media_type="application/jsonl; charset=utf-8", headers=headers)


def before(services: Services, conversation: str) -> list[KeptTurn]:
    """The turns of a conversation, none where it is another's: of that only what feedback was given on is seen."""
    try:
        return services.conversations.turns(conversation) if conversation else []
    except NotFound:
        return []


@router.post("/{turn}/case")
def make_case(services: ServicesDep, turn: str) -> Response:
    """Notes that an evaluation case is made of what was said; the page then offers it."""
    services.conversations.mark_case(turn)
    return RedirectResponse(f"/feedback#said-{turn}", 303)

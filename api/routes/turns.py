"""What a person does with a turn: stop it, say whether it helped, save its rows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.services import RunsDep, ServicesDep
from api.spreadsheet import CsvResponse, answer_lines
from api.web.templating import render
from rag.conversations import KeptTurn
from rag.errors import BadEntry

router = APIRouter(prefix="/turns")


@router.post("/{id}/stop")
def stop(services: ServicesDep, runs: RunsDep, id: str) -> Response:
    """Stops a model that words an answer; the composed answer stands. Nothing to do where it is done already."""
    if not runs.stop(id, services.who.id):
        services.conversations.turn(id)
    return Response(status_code=204)


@router.get("/{id}/rows.csv")
def save_rows(services: ServicesDep, id: str) -> Response:
    """The rows of an answer as a file."""
    return CsvResponse(answer_lines(services.conversations.turn(id).trace.answer), "回答.csv")


@router.post("/{id}/feedback")
def say(
    request: Request,
    services: ServicesDep,
    id: str,
    good: Annotated[bool, Form()],
    reason: Annotated[str, Form(max_length=100)] = "",
    comment: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Keeps whether an answer helped, and why not."""
    try:
        services.conversations.say(id, good, reason, comment)
    except BadEntry as refused:
        if not is_part(request):
            raise
        return feedback_part(request, services.conversations.turn(id), str(refused), comment)
    return said(request, services.conversations.turn(id))


@router.post("/{id}/feedback/withdrawal")
def unsay(request: Request, services: ServicesDep, id: str) -> Response:
    """Takes back what was said of an answer."""
    services.conversations.unsay(id)
    return said(request, services.conversations.turn(id))


def said(request: Request, turn: KeptTurn) -> Response:
    """What the turn shows now, or the page that it stands on."""
    if is_part(request):
        return feedback_part(request, turn)
    place = (
        f"/conversations/{turn.conversation}#turn-{turn.trace.id}" if turn.conversation else f"/traces/{turn.trace.id}"
    )
    return RedirectResponse(place, 303)


def feedback_part(request: Request, turn: KeptTurn, fault: str = "", comment: str = "") -> HTMLResponse:
    """The feedback of a turn, to be given or taken back; `fault`: why a comment was not kept."""
    context = {
        "id": turn.trace.id,
        "feedback": turn.feedback if not fault else None,
        "fault": fault,
        "comment": comment,
    }
    return render(request, "feedback_part.html", context, 422 if fault else 200)


def is_part(request: Request) -> bool:
    """Whether htmx asks for a fragment."""
    return request.headers.get("hx-request") == "true"

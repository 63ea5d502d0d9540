"""The page 質問: the conversation, with and without JavaScript.

Nothing is kept on the server: without JavaScript the earlier questions travel in the form and are answered anew;
with it htmx adds one turn to the page.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import HTMLResponse, Response

from api.routes import shelf
from api.routes.overviews import OverviewDep
from api.schemas import AskIn, FiltersIn
from api.services import Services, ServicesDep, settings_of
from api.spreadsheet import CsvResponse, answer_lines
from api.web.overview import Overview
from api.web.templating import render
from api.web.turn import TurnView, answer_turn, fault_turn
from rag.errors import BadQuestion

router = APIRouter()
router.include_router(shelf.router)

#: Turns a page without JavaScript keeps; older ones are left out.
MAX_TURNS = 20

Texts = Annotated[list[str], Form(max_length=200)]
Parts = Annotated[list[str], Form(max_length=20)]


@router.get("/")
def show(
    request: Request,
    overview: OverviewDep,
    documents: Annotated[list[str], Query(max_length=200)] = [],  # noqa: B006 - FastAPI copies defaults
) -> HTMLResponse:
    """The empty page; `documents` come ticked."""
    return conversation(request, overview, [], FiltersIn(documents=documents))


@router.post("/")
def ask(
    request: Request,
    services: ServicesDep,
    overview: OverviewDep,
    question: Annotated[str, Form()] = "",
    suggestion: Annotated[str, Form()] = "",
    municipalities: Texts = [],  # noqa: B006
    documents: Texts = [],  # noqa: B006
    parts: Parts = [],  # noqa: B006
    earlier: Texts = [],  # noqa: B006
) -> HTMLResponse:
    """One more turn: alone for htmx, with the whole conversation otherwise."""
    filters = FiltersIn(municipalities=municipalities, documents=documents, parts=parts)
    asked = AskIn.model_construct(question=(suggestion or question).strip(), filters=filters)
    turn = take_turn(services, asked)
    status = 422 if turn.fault else 200
    if request.headers.get("hx-request") == "true":
        return render(request, "turn_part.html", {"turn": turn, "latest": False}, status)
    turns = [take_turn(services, again) for again in map(carried_turn, earlier[-MAX_TURNS:])] + [turn]
    kept = asked.question if turn.fault else ""
    return conversation(request, overview, turns, filters, kept, status)


@router.post("/answer.csv")
def save_rows(services: ServicesDep, turn: Annotated[str, Form()]) -> Response:
    """The rows of an answer as a file; the question travels in the body, never in an address."""
    asked = carried_turn(turn)
    answer = services.answerer.ask(asked.question, asked.filters.filters())
    return CsvResponse(answer_lines(answer), "回答.csv")


def take_turn(services: Services, asked: AskIn) -> TurnView:
    """Answers one question; a question that cannot be taken becomes a turn that says why."""
    try:
        return answer_turn(asked, services.answerer.ask(asked.question, asked.filters.filters()))
    except BadQuestion as refused:
        return fault_turn(asked, str(refused))


def carried_turn(text: str) -> AskIn:
    """A question a page carries along; what was tampered with is a fault of the request."""
    try:
        return AskIn.model_validate_json(text)
    except ValidationError as fault:
        raise RequestValidationError(fault.errors()) from fault


def conversation(
    request: Request,
    overview: Overview,
    turns: list[TurnView],
    filters: FiltersIn,
    kept: str = "",
    status: int = 200,
) -> HTMLResponse:
    """The whole page; `kept` stays in the question box."""
    max_chars = settings_of(request).max_question_chars
    context = {"overview": overview, "turns": turns, "filters": filters, "kept": kept, "max_chars": max_chars}
    return render(request, "ask.html", context, status)

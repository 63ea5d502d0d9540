"""The page 質問: a conversation, with and without JavaScript.

A question without JavaScript leads to the page of its conversation. With it htmx adds the turn to the page: at once
where the answer is composed, as a stream where a language model words it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import conversing
from api.routes import account, admin, conversations, feedback, findings_pages, login, shelf, traces, turns
from api.routes.overviews import OverviewDep
from api.run import Asked
from api.schemas import FiltersIn
from api.services import RunsDep, Services, ServicesDep
from api.sse import EventStream, takes_stream
from api.web.live import Telling
from api.web.overview import Overview
from api.web.page import ConversationView, ask_page, conversation_view
from api.web.templating import render
from api.web.turn import TurnView, answer_turn, fault_turn
from rag.errors import BadQuestion

router = APIRouter()
for part in (login, account, admin, conversations, turns, traces, feedback, shelf, findings_pages):
    router.include_router(part.router)

Texts = Annotated[list[str], Form(max_length=200)]
Parts = Annotated[list[str], Form(max_length=20)]
Id = Annotated[str, Form(max_length=64)]


@dataclass(frozen=True, slots=True)
class Posed:
    """What the form of the page says. `again`: the turn to be answered anew, "" for a new question."""

    question: str
    filters: FiltersIn
    conversation: str
    again: str


def posed(
    question: Annotated[str, Form()] = "",
    suggestion: Annotated[str, Form()] = "",
    conversation: Id = "",
    again: Id = "",
    municipalities: Texts = [],  # noqa: B006 - FastAPI copies defaults
    documents: Texts = [],  # noqa: B006
    parts: Parts = [],  # noqa: B006
) -> Posed:
    """The form of the page."""
    filters = FiltersIn(municipalities=municipalities, documents=documents, parts=parts)
    return Posed((suggestion or question).strip(), filters, conversation, again)


@router.get("/")
def show(
    request: Request,
    services: ServicesDep,
    overview: OverviewDep,
    documents: Annotated[list[str], Query(max_length=200)] = [],  # noqa: B006
) -> HTMLResponse:
    """The page of a new conversation; `documents` come ticked."""
    return ask_page(request, services, overview, ConversationView(), FiltersIn(documents=documents))


@router.post("/")
async def ask(
    request: Request,
    services: ServicesDep,
    overview: OverviewDep,
    runs: RunsDep,
    posed: Annotated[Posed, Depends(posed)],
) -> Response:
    """One more turn: alone for htmx, otherwise the page of its conversation."""
    asked = await run_in_threadpool(asked_of, services, posed)
    run = runs.start(asked, lambda stop: conversing.events(services, asked, stop))
    part = request.headers.get("hx-request") == "true"
    try:
        found = await run.found(request)
    except BadQuestion as refused:
        turn = fault_turn(posed.question, str(refused))
        return await run_in_threadpool(turn_page, request, services, overview, posed, turn, part, 422)
    telling = Telling(request, services, asked)
    address = {"hx-replace-url": f"/conversations/{asked.conversation}"} if asked.begins and found.answer.id else {}
    if found.worded and part and takes_stream(request):
        return EventStream(run, found, telling.told, telling.failed, address)
    answer = (await run.done(request)).answer
    if part:
        response = await run_in_threadpool(telling.finished, answer)
        response.headers.update(address)
        return response
    if answer.id:
        return RedirectResponse(place_of(asked), 303)
    return await run_in_threadpool(turn_page, request, services, overview, posed, answer_turn(answer), part, 200)


def asked_of(services: Services, posed: Posed) -> Asked:
    """The question with its conversation. Raises NotFound for a conversation or turn that is not there."""
    if posed.again:
        return conversing.anew(services, posed.again)
    filters = posed.filters.filters()
    if posed.conversation:
        return conversing.following(services, posed.question, filters, posed.conversation)
    return conversing.first(services, posed.question, filters)


def place_of(asked: Asked) -> str:
    """Where the turn that became of a question stands."""
    if not asked.conversation:
        return f"/traces/{asked.id}"
    return f"/conversations/{asked.conversation}#{f'turn-{asked.id}' if asked.replaces else 'latest'}"


def turn_page(
    request: Request, services: Services, overview: Overview, posed: Posed, turn: TurnView, part: bool, status: int
) -> HTMLResponse:
    """A turn that is not kept, below those that are."""
    if part:
        return render(request, "turn_part.html", {"turn": turn, "latest": False}, status)
    before = conversation_view(services, posed.conversation)
    shown = replace(before, turns=(*before.turns, turn))
    kept = posed.question if turn.fault else ""
    return ask_page(request, services, overview, shown, posed.filters, kept=kept, status=status)

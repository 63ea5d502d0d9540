"""The page 質問 as a whole: the conversation, the list of all, the filters."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.run import Run
from api.schemas import FiltersIn
from api.services import Services
from api.web.listing import listing
from api.web.overview import Overview
from api.web.templating import render
from api.web.turn import TurnView, kept_turn
from rag.conversations import Conversation
from rag.types import Filters


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation as it was kept. `filters`: those of its last question."""

    conversation: Conversation | None = None
    turns: tuple[TurnView, ...] = ()
    filters: Filters = field(default_factory=Filters)


def conversation_view(services: Services, id: str) -> ConversationView:
    """A conversation with its turns; an empty one for "". Raises NotFound."""
    if not id:
        return ConversationView()
    kept = services.conversations.turns(id)
    turns = tuple(kept_turn(turn, services.catalog) for turn in kept)
    return ConversationView(services.conversations.get(id), turns, kept[-1].trace.filters if kept else Filters())


def ask_page(
    request: Request,
    services: Services,
    overview: Overview,
    view: ConversationView,
    filters: FiltersIn,
    running: list[Run] | None = None,
    kept: str = "",
    status: int = 200,
) -> HTMLResponse:
    """The page. `kept` stays in the question box; `running` are answers that are not there yet."""
    current = view.conversation.id if view.conversation else ""
    context = {
        "overview": overview,
        "conversation": view.conversation,
        "foreign": view.conversation is not None and view.conversation.owner != services.who.id,
        "turns": view.turns,
        "running": running or [],
        "listing": listing(services.conversations, current=current),
        "filters": filters,
        "kept": kept,
        "max_chars": request.app.state.settings.max_question_chars,
    }
    return render(request, "ask.html", context, status)

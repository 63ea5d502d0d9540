"""Pages of conversations: one of them, the list of all, renaming, deleting, export."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.routes.exports import Format, exported
from api.routes.overviews import OverviewDep
from api.schemas import FiltersIn
from api.services import RunsDep, ServicesDep
from api.web.listing import PER_PAGE, listing
from api.web.page import ask_page, conversation_view
from api.web.templating import render
from rag.errors import BadEntry

router = APIRouter(prefix="/conversations")

#: An answer whose page was closed is kept within this time: whoever opens the conversation at once finds it.
SETTLE_S = 1.5


@router.get("")
def show_list(
    request: Request,
    services: ServicesDep,
    overview: OverviewDep,
    q: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    conversation: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """All conversations, newest first; for htmx the list beside the question. `conversation` is the current one."""
    if request.headers.get("hx-request") == "true":
        shown = listing(services.conversations, q, page, conversation)
        return render(request, "conversations_part.html", {"listing": shown})
    shown = listing(services.conversations, q, page, per_page=PER_PAGE)
    return render(request, "conversations.html", {"listing": shown})


@router.get("/{id}")
def show(request: Request, services: ServicesDep, overview: OverviewDep, runs: RunsDep, id: str) -> HTMLResponse:
    """One conversation as it was kept."""
    running = runs.of(id, SETTLE_S)
    kept = conversation_view(services, id)
    filters = FiltersIn(
        municipalities=list(kept.filters.municipalities),
        documents=list(kept.filters.documents),
        parts=list(kept.filters.parts),
    )
    return ask_page(request, services, overview, kept, filters, running)


@router.get("/{id}/rename")
def show_rename(request: Request, services: ServicesDep, overview: OverviewDep, id: str) -> HTMLResponse:
    """Asks for another title: in the list for htmx, on a page otherwise."""
    return rename_form(request, {"conversation": services.conversations.get(id), "fault": ""})


@router.post("/{id}/rename")
def rename(
    request: Request,
    services: ServicesDep,
    overview: OverviewDep,
    id: str,
    title: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Gives a conversation another title."""
    try:
        services.conversations.rename(id, title)
    except BadEntry as refused:
        context = {"conversation": services.conversations.get(id), "fault": str(refused)}
        return rename_form(request, context, 422)
    if request.headers.get("hx-request") == "true":
        shown = listing(services.conversations, current=id)
        return render(request, "conversations_part.html", {"listing": shown})
    return RedirectResponse(f"/conversations/{id}#latest", 303)


def rename_form(request: Request, context: dict[str, object], status: int = 200) -> HTMLResponse:
    """The form, alone for htmx."""
    part = request.headers.get("hx-request") == "true"
    response = render(request, "rename_part.html" if part else "rename.html", context, status)
    if part and status != 200:
        # The form asked for the whole list; what is wrong with the title stands beside the title.
        response.headers.update({"hx-retarget": "#renaming", "hx-reswap": "outerHTML"})
    return response


@router.get("/{id}/delete")
def show_delete(request: Request, services: ServicesDep, overview: OverviewDep, id: str) -> HTMLResponse:
    """Asks whether a conversation is really to be deleted."""
    return render(request, "delete.html", {"conversation": services.conversations.get(id)})


@router.post("/{id}/delete")
def delete(services: ServicesDep, id: str) -> Response:
    """Deletes a conversation."""
    services.conversations.delete(id)
    return RedirectResponse("/conversations", 303)


@router.post("/{id}/share")
def share(services: ServicesDep, id: str) -> Response:
    """Shows a conversation to everybody with an account."""
    services.conversations.share(id, True)
    return RedirectResponse(f"/conversations/{id}#latest", 303)


@router.post("/{id}/unshare")
def unshare(services: ServicesDep, id: str) -> Response:
    """Shows a conversation to its owner only."""
    services.conversations.share(id, False)
    return RedirectResponse(f"/conversations/{id}#latest", 303)


@router.get("/{id}/export")
def export(services: ServicesDep, id: str, format: Format = Format.MARKDOWN) -> Response:
    """A conversation as a file."""
    return exported(services, id, format)

"""Pages of replies to residents: the list, a new inquiry (masked before anything else), one reply, its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.replying import RepliesDep, ReplyServices, as_sealed, masked_inquiry, seal, while_waited_for
from api.routes.overviews import OverviewDep
from api.web import reply_page
from api.web.reply_page import pieces
from api.web.templating import render
from rag.errors import BadQuestion
from rag.privacy import Masked
from rag.replies.entries import MAX_INQUIRY_CHARS
from rag.replies.types import Shelf
from rag.reply.types import Length, Reply, Variant
from rag.stop import Stop

router = APIRouter(prefix="/replies")

PER_PAGE = 50
LISTED_DOCUMENTS = 300
#: The browser that sent the request has gone.
GONE = 499


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person chose for the text."""

    variant: Variant = Variant.LETTER
    length: Length = Length.NORMAL
    document: str = ""


def wanted(
    variant: Annotated[Variant, Form()] = Variant.LETTER,
    length: Annotated[Length, Form()] = Length.NORMAL,
    document: Annotated[str, Form(max_length=200)] = "",
) -> Wanted:
    """The choices of a form."""
    return Wanted(variant, length, document)


WantedDep = Annotated[Wanted, Depends(wanted)]


@router.get("")
def show_list(
    request: Request,
    services: RepliesDep,
    overview: OverviewDep,
    shelf: Shelf | None = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """The replies that a person may see, by where they stand."""
    found = services.replies.list(shelf, PER_PAGE + 1, (page - 1) * PER_PAGE)
    context = {
        "entries": found[:PER_PAGE],
        "more": len(found) > PER_PAGE,
        "page": page,
        "shelf": shelf,
        "counts": services.replies.counts(),
        "words": reply_page,
    }
    return render(request, "replies.html", context)


@router.get("/new")
def show_new(request: Request, services: RepliesDep, overview: OverviewDep) -> HTMLResponse:
    """The form for a pasted inquiry."""
    return new_page(request, services)


@router.post("/new")
def show_masked(
    request: Request, services: RepliesDep, overview: OverviewDep, inquiry: Annotated[str, Form()] = ""
) -> HTMLResponse:
    """What is left of the inquiry when personal data has gone, and what was found. Nothing is kept."""
    try:
        return masked_page(request, services, masked_inquiry(inquiry), Wanted())
    except BadQuestion as refused:
        # The text is not repeated: it may hold what should not go through the wires twice.
        return new_page(request, services, str(refused))


@router.post("")
async def start(
    request: Request,
    services: RepliesDep,
    overview: OverviewDep,
    chosen: WantedDep,
    masked: Annotated[str, Form()] = "",
    found: Annotated[list[str], Form()] = [],  # noqa: B006
    sealed: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Composes a reply to the masked inquiry, keeps it and opens it."""
    try:
        text = await run_in_threadpool(as_sealed, masked, counted(found), sealed)
    except BadQuestion as refused:
        return new_page(request, services, str(refused))
    try:
        reply = await while_waited_for(request, lambda stop: composed(services, text, chosen, stop))
        if reply is None:
            return Response(status_code=GONE)
        kept = await run_in_threadpool(services.replies.start, reply)
    except BadQuestion as refused:
        return await run_in_threadpool(masked_page, request, services, text, chosen, str(refused))
    return RedirectResponse(f"/replies/{kept.id}", 303)


def composed(services: ReplyServices, masked: Masked, chosen: Wanted, stop: Stop) -> Reply:
    """The reply as it was chosen."""
    return services.composing.compose(masked, chosen.variant, chosen.length, chosen.document, stop)


def counted(found: list[str]) -> list[tuple[str, int]]:
    """「氏名:2」 → (氏名, 2); what is not of this form was not sent by our page."""
    pairs = (entry.rpartition(":") for entry in found[:50])
    return [(kind, int(count)) for kind, _, count in pairs if kind and count.isdecimal() and len(count) < 6]


def new_page(request: Request, services: ReplyServices, fault: str = "") -> HTMLResponse:
    """The form for a pasted inquiry."""
    context = {"masked": None, "fault": fault, "max_inquiry_chars": MAX_INQUIRY_CHARS, "words": reply_page}
    return render(request, "reply_new.html", context, 422 if fault else 200)


def masked_page(
    request: Request, services: ReplyServices, masked: Masked, chosen: Wanted, fault: str = ""
) -> HTMLResponse:
    """The masked inquiry, what was found, and what kind of text is wanted."""
    context = {
        "masked": masked,
        "pieces": list(pieces(masked.text)),
        "sealed": seal(masked),
        "chosen": chosen,
        "documents": services.catalog.versions()[:LISTED_DOCUMENTS],
        "fault": fault,
        "words": reply_page,
    }
    return render(request, "reply_new.html", context, 422 if fault else 200)

"""The page of one reply: its text changed part by part, signed off by a second person, sent, recorded, deleted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.replying import RepliesDep, ReplyServices, while_waited_for
from api.routes.overviews import OverviewDep
from api.routes.reply_pages import GONE, LISTED_DOCUMENTS, WantedDep, composed
from api.web import reply_page
from api.web.reply_page import reply_view, with_part
from api.web.templating import render
from rag.errors import BadEntry, BadQuestion, Forbidden
from rag.privacy import Found, Masked
from rag.replies.entries import MAX_COMMENT_CHARS
from rag.replies.types import Deed, KeptReply, ReplyConflict

router = APIRouter(prefix="/replies/{id}")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_NUMBER = 2**31 - 1
ReadForm = Annotated[int, Form(ge=0, le=MAX_NUMBER)]


@router.get("")
def show(
    request: Request,
    services: RepliesDep,
    overview: OverviewDep,
    id: str,
    version: Annotated[int, Query(ge=0, le=MAX_NUMBER)] = 0,
    edit: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    """A reply with its sources and its record; one of its earlier texts; one part in a form."""
    return page(request, services, services.replies.get(id), version=version, editing=edit)


@router.post("/edit")
def edit(
    request: Request,
    services: RepliesDep,
    overview: OverviewDep,
    id: str,
    read: ReadForm = 0,
    part: Annotated[int, Form(ge=0, le=10_000)] = 0,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Another text in one part; an empty one takes it out."""
    kept = services.replies.get(id)
    known = next((v for v in kept.versions if v.number == read), kept.text)
    try:
        services.replies.edit(id, read, with_part(known.letter, part, text.replace("\r\n", "\n")))
    except ReplyConflict as told:
        return page(request, services, told.kept, fault=str(told), status=409, typed=text)
    except (BadEntry, Forbidden) as refused:
        return page(request, services, kept, fault=str(refused), status=status_of(refused), editing=part, typed=text)
    return RedirectResponse(f"/replies/{id}#letter", 303)


@router.post("/compose")
async def compose_anew(
    request: Request,
    services: RepliesDep,
    overview: OverviewDep,
    id: str,
    chosen: WantedDep,
    read: ReadForm = 0,
) -> Response:
    """Composes another text for the same inquiry."""
    kept = await run_in_threadpool(services.replies.get, id)
    masked = Masked(kept.inquiry, tuple(Found(kind, count) for kind, count in kept.found))
    try:
        reply = await while_waited_for(request, lambda stop: composed(services, masked, chosen, stop))
        if reply is None:
            return Response(status_code=GONE)
        await run_in_threadpool(services.replies.compose, id, read, reply)
    except ReplyConflict as told:
        return await run_in_threadpool(page, request, services, told.kept, fault=str(told), status=409)
    except (BadQuestion, Forbidden) as refused:
        return await run_in_threadpool(page, request, services, kept, fault=str(refused), status=status_of(refused))
    return RedirectResponse(f"/replies/{id}#letter", 303)


@router.post("/propose")
def propose(request: Request, services: RepliesDep, overview: OverviewDep, id: str, read: ReadForm = 0) -> Response:
    """Hands the text to a second person."""
    return done(request, services, id, Deed.PROPOSE, read)


@router.post("/withdraw")
def withdraw(request: Request, services: RepliesDep, overview: OverviewDep, id: str, read: ReadForm = 0) -> Response:
    """Takes a proposal back."""
    return done(request, services, id, Deed.WITHDRAW, read)


@router.post("/approve")
def approve(request: Request, services: RepliesDep, overview: OverviewDep, id: str, read: ReadForm = 0) -> Response:
    """Approves the text that was read."""
    return done(request, services, id, Deed.APPROVE, read)


@router.post("/return")
def give_back(
    request: Request,
    services: RepliesDep,
    overview: OverviewDep,
    id: str,
    read: ReadForm = 0,
    comment: Annotated[str, Form()] = "",
) -> Response:
    """Returns it to its author, with what is to be put right."""
    return done(request, services, id, Deed.RETURN, read, comment)


@router.post("/send")
def send(request: Request, services: RepliesDep, overview: OverviewDep, id: str, read: ReadForm = 0) -> Response:
    """Notes that the approved text went out."""
    return done(request, services, id, Deed.SEND, read)


@router.get("/record.docx", response_class=Response)
def record(services: RepliesDep, id: str) -> Response:
    """The whole record as a Word document."""
    from api.export.reply_record import record_docx

    kept = services.replies.get(id)
    headers = {"content-disposition": f'attachment; filename="reply-{kept.id}.docx"'}
    return Response(record_docx(kept), media_type=DOCX, headers=headers)


@router.get("/delete")
def show_delete(request: Request, services: RepliesDep, overview: OverviewDep, id: str) -> HTMLResponse:
    """Asks whether it is really to be deleted."""
    return render(request, "reply_delete.html", {"kept": services.replies.get(id)})


@router.post("/delete")
def delete(services: RepliesDep, id: str) -> Response:
    """Deletes the inquiry, every text and the record."""
    services.replies.delete(id)
    return RedirectResponse("/replies", 303)


def done(request: Request, services: ReplyServices, id: str, deed: Deed, read: int, comment: str = "") -> Response:
    """Does it, and shows the reply; where it cannot be done, says why."""
    try:
        services.replies.do(id, deed, read, comment)
    except ReplyConflict as told:
        return page(request, services, told.kept, fault=str(told), status=409, comment=comment)
    except (BadEntry, Forbidden) as refused:
        kept = services.replies.get(id)
        return page(request, services, kept, fault=str(refused), status=status_of(refused), comment=comment)
    return RedirectResponse(f"/replies/{id}", 303)


def status_of(refused: Exception) -> int:
    """403 for what is not theirs to do, 422 for what cannot be taken."""
    return 403 if isinstance(refused, Forbidden) else 422


def page(
    request: Request,
    services: ReplyServices,
    kept: KeptReply,
    *,
    version: int = 0,
    editing: int = 0,
    fault: str = "",
    status: int = 200,
    typed: str = "",
    comment: str = "",
) -> HTMLResponse:
    """The page. `typed`, `comment`: what a person wrote and what was not taken, so that it is not lost."""
    context = {
        "view": reply_view(kept, services.replies, services.catalog, services.who, version, editing),
        "documents": services.catalog.versions()[:LISTED_DOCUMENTS],
        "words": reply_page,
        "fault": fault,
        "typed": typed,
        "comment": comment,
        "max_comment_chars": MAX_COMMENT_CHARS,
    }
    return render(request, "reply.html", context, status)

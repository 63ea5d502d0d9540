"""/api/replies: replies for other programs, with the same sign-off as the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.errors import fault_response
from api.reply_schemas import (
    AlikeOut,
    AlikesOut,
    ComposeIn,
    DeedIn,
    InquiryIn,
    LetterIn,
    RepliesOut,
    ReplyOut,
    ReturnIn,
    entry_out,
    reply_out,
    since_out,
)
from api.replying import RepliesDep, ReplyServices, masked_inquiry, while_waited_for
from api.routes.reply_pages import GONE
from api.routes.reply_work import DOCX, record
from api.schemas import FAULTS_AS_JSON, FaultOut
from rag.privacy import Found, Masked
from rag.replies.since import since
from rag.replies.types import Deed, KeptReply, ReplyConflict, Shelf

router = APIRouter(prefix="/api/replies", tags=["住民回答"])

ReplyId = Annotated[str, Path(description="回答の番号", max_length=64, examples=["4f6a0c1d2b3e5a79"])]
CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"model": FaultOut, "description": "読んだあとに文面か状態が変わっていた"}
}


@router.get("", summary="回答の一覧")
def list_replies(
    services: RepliesDep,
    shelf: Annotated[
        Shelf | None, Query(description="mine(自分の下書き)、proposed(承認待ち)、returned(差戻し)、done(済み)")
    ] = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="飛ばす件数")] = 0,
    limit: Annotated[int, Query(ge=1, le=200, description="返す件数の上限")] = 50,
) -> RepliesOut:
    """自分の回答と、承認できる人には提案された回答を、最後に操作したものから順に返します。"""
    found = services.replies.list(shelf, limit + 1, offset)
    return RepliesOut(replies=[entry_out(e) for e in found[:limit]], more=len(found) > limit)


@router.post("", summary="問合せへの回答を作る", status_code=201, response_model=ReplyOut)
async def start_reply(request: Request, body: InquiryIn, services: RepliesDep) -> Any:
    """個人番号や氏名などを伏せてから回答を作り、下書きとして保存します。元の文面は保存しません。"""
    masked = await run_in_threadpool(masked_inquiry, body.inquiry)
    composing = services.composing
    reply = await while_waited_for(
        request, lambda stop: composing.compose(masked, body.variant, body.length, body.document, stop)
    )
    if reply is None:
        return Response(status_code=GONE)
    return await run_in_threadpool(shown, services, await run_in_threadpool(services.replies.start, reply))


@router.get("/{id}", summary="一つの回答")
def show_reply(id: ReplyId, services: RepliesDep) -> ReplyOut:
    """今の文面を、すべての版と記録とともに返します。"""
    return shown(services, services.replies.get(id))


@router.patch("/{id}", summary="文面を直す", response_model=ReplyOut, responses=CONFLICT)
def edit_reply(request: Request, id: ReplyId, body: LetterIn, services: RepliesDep) -> Any:
    """新しい版として保存します。提案や承認のあとなら下書きに戻ります。"""
    return told(request, services, lambda: services.replies.edit(id, body.read, body.letter))


@router.post("/{id}/compose", summary="回答を作り直す", response_model=ReplyOut, responses=CONFLICT)
async def compose_reply(request: Request, id: ReplyId, body: ComposeIn, services: RepliesDep) -> Any:
    """同じ問合せへの文面を、新しい版として作ります。"""
    kept = await run_in_threadpool(services.replies.get, id)
    masked = Masked(kept.inquiry, tuple(Found(kind, count) for kind, count in kept.found))
    composing = services.composing
    reply = await while_waited_for(
        request, lambda stop: composing.compose(masked, body.variant, body.length, body.document, stop)
    )
    if reply is None:
        return Response(status_code=GONE)
    made = reply
    return await run_in_threadpool(told, request, services, lambda: services.replies.compose(id, body.read, made))


@router.post("/{id}/propose", summary="提案する", response_model=ReplyOut, responses=CONFLICT)
def propose_reply(request: Request, id: ReplyId, body: DeedIn, services: RepliesDep) -> Any:
    """ほかの人の承認に出します。"""
    return told(request, services, lambda: services.replies.do(id, Deed.PROPOSE, body.read))


@router.post("/{id}/withdraw", summary="提案を取り下げる", response_model=ReplyOut, responses=CONFLICT)
def withdraw_reply(request: Request, id: ReplyId, body: DeedIn, services: RepliesDep) -> Any:
    """下書きに戻します。"""
    return told(request, services, lambda: services.replies.do(id, Deed.WITHDRAW, body.read))


@router.post("/{id}/approve", summary="承認する", response_model=ReplyOut, responses=CONFLICT)
def approve_reply(request: Request, id: ReplyId, body: DeedIn, services: RepliesDep) -> Any:
    """読んだ版を承認します。作った人は承認できません。"""
    return told(request, services, lambda: services.replies.do(id, Deed.APPROVE, body.read))


@router.post("/{id}/return", summary="差し戻す", response_model=ReplyOut, responses=CONFLICT)
def return_reply(request: Request, id: ReplyId, body: ReturnIn, services: RepliesDep) -> Any:
    """理由を付けて作った人に返します。"""
    return told(request, services, lambda: services.replies.do(id, Deed.RETURN, body.read, body.comment))


@router.post("/{id}/send", summary="送付済みにする", response_model=ReplyOut, responses=CONFLICT)
def send_reply(request: Request, id: ReplyId, body: DeedIn, services: RepliesDep) -> Any:
    """承認された文面を送ったことを記録します。"""
    return told(request, services, lambda: services.replies.do(id, Deed.SEND, body.read))


@router.get("/{id}/alike", summary="似た回答")
def list_alike(id: ReplyId, services: RepliesDep) -> AlikesOut:
    """質問と評価書が似た以前の回答を、その後の評価書の変化とともに返します。"""
    found = services.replies.alike(services.replies.get(id))
    return AlikesOut(
        replies=[
            AlikeOut(
                reply=entry_out(earlier.entry),
                score=likeness.score,
                documents=list(likeness.documents),
                since=[since_out(s) for s in since(services.catalog, earlier.text.citations)],
            )
            for likeness, earlier in found
        ]
    )


@router.get(
    "/{id}/record.docx",
    summary="記録(Word)",
    response_class=Response,
    responses={**FAULTS_AS_JSON, 200: {"content": {DOCX: {"schema": {"type": "string"}}}}},
)
def export_record(id: ReplyId, services: RepliesDep) -> Response:
    """伏せた問合せ、文面、出典、経過、行った人を一つの文書にします。"""
    return record(services, id)


@router.delete("/{id}", summary="問合せと回答を削除する", status_code=204, response_class=Response)
def delete_reply(id: ReplyId, services: RepliesDep) -> None:
    """すべての版と記録とともに削除します。元に戻せません。承認された回答を削除できるのは「管理」の役割の人だけです。"""
    services.replies.delete(id)


def told(request: Request, services: ReplyServices, work: Callable[[], KeptReply]) -> Any:
    """What becomes of the reply, or a conflict with what stands now."""
    try:
        return shown(services, work())
    except ReplyConflict as conflict:
        kept = conflict.kept
        detail = {"state": kept.state.value, "version": kept.text.number, "letter": kept.text.letter}
        return fault_response(request, 409, "conflict", str(conflict), detail)


def shown(services: ReplyServices, kept: KeptReply) -> ReplyOut:
    """A reply as JSON."""
    return reply_out(kept, since(services.catalog, kept.text.citations))

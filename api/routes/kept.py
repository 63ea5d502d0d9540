"""/api/conversations and /api/traces: what is kept, for other programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.kept_schemas import (
    ConversationOut,
    ConversationsOut,
    ConversationTurnsOut,
    NewConversationIn,
    TitleIn,
    TraceOut,
    conversation_out,
    trace_out,
    turn_out,
)
from api.routes.exports import DOCX, MARKDOWN, Format, exported
from api.schemas import FAULTS_AS_JSON
from api.services import ServicesDep

router = APIRouter(prefix="/api", tags=["会話"])

ConversationId = Annotated[str, Path(description="会話の番号", max_length=64, examples=["4f6a0c1d2b3e5a79"])]


@router.get("/conversations", summary="会話の一覧")
def list_conversations(
    services: ServicesDep,
    q: Annotated[str, Query(max_length=200, description="名前、質問、回答に含まれる言葉")] = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="飛ばす件数")] = 0,
    limit: Annotated[int, Query(ge=1, le=200, description="返す件数の上限")] = 50,
) -> ConversationsOut:
    """新しい順に返します。質問のない、名前のない会話は含みません。"""
    found = services.conversations.list(q, limit=limit + 1, offset=offset)
    shown = [conversation_out(c) for c in found[:limit]]
    return ConversationsOut(conversations=shown, more=len(found) > limit)


@router.post("/conversations", summary="会話を始める", status_code=201)
def start_conversation(body: NewConversationIn, services: ServicesDep) -> ConversationOut:
    """この番号を `POST /api/ask` の conversation に入れると、質問と回答が残り、次の質問は前の質問を踏まえます。"""
    return conversation_out(services.conversations.start(body.title))


@router.get("/conversations/{id}", summary="一つの会話")
def show_conversation(id: ConversationId, services: ServicesDep) -> ConversationTurnsOut:
    """会話の質問と回答を、古い順に返します。"""
    turns = [turn_out(t) for t in services.conversations.turns(id)]
    return ConversationTurnsOut(**conversation_out(services.conversations.get(id)).model_dump(), history=turns)


@router.patch("/conversations/{id}", summary="会話の名前を変える")
def rename_conversation(id: ConversationId, body: TitleIn, services: ServicesDep) -> ConversationOut:
    """空の名前と、個人番号とみられる数字を含む名前は受け付けません。"""
    services.conversations.rename(id, body.title)
    return conversation_out(services.conversations.get(id))


@router.delete("/conversations/{id}", summary="会話を削除する", status_code=204, response_class=Response)
def delete_conversation(id: ConversationId, services: ServicesDep) -> None:
    """質問、回答、評価とともに削除します。元に戻せません。"""
    services.conversations.delete(id)


@router.get(
    "/conversations/{id}/export",
    summary="会話をファイルにする",
    response_class=Response,
    responses={
        **FAULTS_AS_JSON,
        200: {"content": {kind: {"schema": {"type": "string"}} for kind in (MARKDOWN, DOCX)}},
    },
)
def export_conversation(
    id: ConversationId,
    services: ServicesDep,
    format: Annotated[Format, Query(description="markdown または docx(Word)")] = Format.MARKDOWN,
) -> Response:
    """質問、回答、表、出典を一つのファイルにします。今は収録していない版からの引用は、そう示します。"""
    return exported(services, id, format)


@router.get("/traces/{id}", summary="回答の記録")
def show_trace(id: Annotated[str, Path(description="回答の番号", max_length=64)], services: ServicesDep) -> TraceOut:
    """一つの回答に至るまでの手順、理解したこと、根拠、プロンプト、文ごとの照合を返します。"""
    return trace_out(services.conversations.turn(id))

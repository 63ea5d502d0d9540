"""POST /api/ask: a question in, the answer with its citations out, at once or while it is made."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api import conversing
from api.errors import told_of
from api.run import Asked
from api.schemas import AnswerOut, AskIn
from api.services import RunsDep, Services, ServicesDep
from api.sse import MEDIA_TYPE, EventStream, message, takes_stream
from rag.events import Done, Event, Found, Said, Understood

router = APIRouter(prefix="/api", tags=["質問"])

STREAM_EXAMPLE = (
    'event: understood\ndata: {"id": "9f2c1b7a40d35e68", "standing": "青葉野市の委託先は?", "rewritten": false}\n\n'
    'event: found\ndata: {"worded": true, "answer": {"status": "answered", "rows": ["…"], "citations": ["…"]}}\n\n'
    'event: said\ndata: {"text": "委託先は汐見データ株式会社です。[1]"}\n\n'
    'event: done\ndata: {"answer": {"status": "answered", "answer": "委託先は汐見データ株式会社です。[1]"}}\n\n'
)
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}, "example": STREAM_EXAMPLE}}}
}


@router.post("/ask", summary="質問に出典付きで答える", response_model=AnswerOut, responses=STREAM)
async def ask(body: AskIn, request: Request, services: ServicesDep, runs: RunsDep) -> Any:
    """収録した評価書の記録と原文だけから答えます。回答の [n] は citations の番号で、引用は原文と照合済みです。

    `Accept: text/event-stream` を付けると、答えができるまでを順に送ります(Server-Sent Events、data は JSON)。

    - `understood`: 質問を受け付けた。`standing` は答える質問(前の質問を踏まえて読み替えたもの)
    - `found`: 言語モデルなしで組み立てた回答。表、出典、分母は決まりで、`worded` が真なら文章はこのあと替わることがある
    - `said`: 言語モデルの文のうち、根拠を確かめたもの。前の文に続ける
    - `done`: 最後の回答。これだけが回答で、途中の文は替わることがある
    - `error`: 途中で起きた問題(`error` の形は HTTP のエラーと同じ)

    接続を切ると、言語モデルへの問合せもやめます。
    """
    asked = await run_in_threadpool(asked_of, services, body)
    run = runs.start(asked, lambda stop: conversing.events(services, asked, stop))
    if takes_stream(request):
        first = await run.until((Understood, Found), request)
        return EventStream(run, first, told, failed)
    answer = (await run.done(request)).answer
    return Response(json.dumps(answer.as_dict(), ensure_ascii=False), media_type="application/json")


def asked_of(services: Services, body: AskIn) -> Asked:
    """The question, in its conversation where it names one. Raises NotFound."""
    filters = body.filters.filters()
    if body.conversation:
        return conversing.following(services, body.question, filters, body.conversation)
    return conversing.alone(services, body.question, filters)


def told(event: Event) -> list[bytes]:
    """An event as a message of the stream."""
    match event:
        case Understood():
            return [as_json("understood", id=event.id, standing=event.standing, rewritten=event.rewritten)]
        case Found():
            return [as_json("found", worded=event.worded, answer=event.answer.as_dict())]
        case Said():
            return [as_json("said", text=event.text)]
        case Done():
            return [as_json("done", answer=event.answer.as_dict())]


def failed(error: Exception) -> list[bytes]:
    """What went wrong, in the one shape of faults."""
    code, sentence = told_of(error)
    return [as_json("error", error={"code": code, "message": sentence, "detail": None})]


def as_json(event: str, **data: Any) -> bytes:
    """One message with its data as JSON."""
    return message(json.dumps(data, ensure_ascii=False), event)

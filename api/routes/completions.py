"""/v1: OpenAI's interface, so that chat programs that speak it can point at hyoka.

While a model words an answer, its verified sentences come one by one, and may in the end all give way to the composed
answer, where the model left out a row or fell silent. A page can take back what it showed; a program that was sent a
piece cannot. So nothing of the wording is sent before the answer stands: the stream opens with the role, keeps the
connection alive while the model works, and brings the message once every sentence in it is final.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Iterator

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from api.asking import composed_part, conversation, finished, while_awaited
from api.completion import Completion, event
from api.errors import openai_fault, status_of
from api.openai_schemas import MODEL, CompletionIn, CompletionOut, ModelOut, ModelsOut, unknown_model
from api.services import Asker, ServicesDep
from api.web import links
from rag.errors import HyokaError
from rag.events import Event
from rag.stop import Stop
from rag.types import Citation

router = APIRouter(prefix="/v1", tags=["OpenAI 互換"])

STARTED = int(time.time())
#: A sign of life this often, so that no proxy between takes a working model for a dead connection.
ALIVE_EVERY_S = 10.0
ALIVE = ": 回答を作成しています\n\n"


@router.get("/models", summary="モデルの一覧")
def list_models() -> ModelsOut:
    """選べるモデルは hyoka だけです。どの鍵(API キー)でも使えます。"""
    return ModelsOut(data=[ModelOut(created=STARTED)])


@router.get("/models/{id}", summary="一つのモデル")
def show_model(id: str) -> ModelOut:
    """hyoka のほかは 404 です。"""
    if id != MODEL:
        raise unknown_model()
    return ModelOut(created=STARTED)


@router.post(
    "/chat/completions",
    summary="会話の最後の質問に出典付きで答える",
    response_model=CompletionOut,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def complete(body: CompletionIn, request: Request, services: ServicesDep) -> Response | CompletionOut:
    """OpenAI の Chat Completions と同じ形です。

    最後の user のメッセージが質問で、それより前の user のメッセージを踏まえます。assistant のメッセージは読まず、
    前の質問の答えは収録した評価書から作り直します。system の指示、temperature などの調整には従いません。
    """
    body.check()
    *earlier, question = body.questions()

    def page_of(cited: Citation) -> str:
        return str(request.base_url).rstrip("/") + links.citation(cited)

    completion, stop = Completion(secrets.token_hex(8), page_of), Stop()
    beginning = run_in_threadpool(begin, services.answerer, question, earlier, stop, completion.turn)
    events = await while_awaited(request, stop, beginning)
    if body.stream:
        with_usage = bool(body.stream_options and body.stream_options.include_usage)
        return StreamingResponse(streamed(completion, events, stop, with_usage), media_type="text/event-stream")
    return completion.whole(await while_awaited(request, stop, run_in_threadpool(finished, events)))


def begin(asker: Asker, question: str, earlier: list[str], stop: Stop, id: str) -> Iterator[Event]:
    """What is left of the answer's events once it is composed; whatever is wrong with the question is raised here."""
    events = asker.stream(question, earlier=conversation(asker, earlier), stop=stop, id=id)
    composed_part(events)
    return events


async def streamed(completion: Completion, events: Iterator[Event], stop: Stop, with_usage: bool) -> AsyncIterator[str]:
    """Server-sent events. Where the client goes away this is cancelled, and the model's part stopped with it."""
    try:
        yield completion.opening(with_usage)
        work = asyncio.create_task(run_in_threadpool(finished, events))
        while not (await asyncio.wait({work}, timeout=ALIVE_EVERY_S))[0]:
            yield ALIVE
        for piece in completion.pieces(work.result(), with_usage):
            yield piece
    except HyokaError as error:
        status, code = status_of(error)
        yield event(openai_fault(status, code, str(error), None)[1])
    finally:
        stop.set()

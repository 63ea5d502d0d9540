"""/v1: OpenAI's interface, so that chat programs that speak it can point at hyoka.

While a model words an answer, its verified sentences come one by one, and may in the end all give way to the composed
answer, where the model left out a row or fell silent. A page can take back what it showed; a program that was sent a
piece cannot. So nothing of the wording is sent before the answer stands: the stream opens with the role, keeps the
connection alive while the model works, and brings the message once every sentence in it is final.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.asking import conversation
from api.completion import Completion, Pieces
from api.openai_schemas import MODEL, CompletionIn, CompletionOut, ModelOut, ModelsOut, unknown_model
from api.run import Asked
from api.services import RunsDep, ServicesDep
from api.sse import MEDIA_TYPE, EventStream
from rag.events import Event
from rag.stop import Stop
from rag.types import Filters

router = APIRouter(prefix="/v1", tags=["OpenAI 互換"])

STARTED = int(time.time())


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
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
async def complete(
    body: CompletionIn, request: Request, services: ServicesDep, runs: RunsDep
) -> Response | CompletionOut:
    """OpenAI の Chat Completions と同じ形です。

    最後の user のメッセージが質問で、それより前の user のメッセージを踏まえます。assistant のメッセージは読まず、
    前の質問の答えは収録した評価書から作り直します。system の指示、temperature などの調整には従いません。
    """
    body.check()
    *earlier, question = body.questions()
    asked = Asked(secrets.token_hex(8), question, Filters(), owner=services.who.id)

    def make(stop: Stop) -> Iterator[Event]:
        past = conversation(services.answerer, earlier)
        return services.answerer.stream(question, earlier=past, stop=stop, id=asked.id, owner=services.who.id)

    completion = Completion(asked.id, str(request.base_url).rstrip("/"))
    run = runs.start(asked, make)
    found = await run.found(request)  # all that can be wrong with the question shows before
    if body.stream:
        pieces = Pieces(completion, with_usage=bool(body.stream_options and body.stream_options.include_usage))
        return EventStream(run, found, pieces.told, pieces.failed)
    return completion.whole((await run.done(request)).answer)

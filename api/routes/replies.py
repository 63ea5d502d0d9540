"""POST /api/replies/preview: an inquiry in, its reply out. Nothing of either is kept or logged."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends

from api.preview_schemas import PreviewIn, PreviewOut, preview_out
from api.services import ServicesDep
from rag.answer import Answerer
from rag.privacy import Masked, mask
from rag.reply.replier import Replier

router = APIRouter(prefix="/api/replies", tags=["住民回答"])


def answerer_of(services: ServicesDep) -> Answerer:
    """What answers from the open library."""
    # Where the application runs for good, the answerer is the real one.
    return cast(Answerer, services.answerer)


@router.post("/preview", summary="問い合わせへの回答を見る")
def preview(body: PreviewIn, answerer: Annotated[Answerer, Depends(answerer_of)]) -> PreviewOut:
    """個人番号や氏名などを伏せてから、評価書に書かれていることだけで回答の案を作ります。保存も記録もしません。"""
    masked: Masked = mask(body.text)
    replier = Replier(answerer, lambda _: masked)
    reply = replier.reply(body.text, variant=body.variant, length=body.length, document=body.document)
    return preview_out(reply, masked)

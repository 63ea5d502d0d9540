"""POST /api/replies/preview: an inquiry in, its reply out. Nothing of either is kept or logged."""

from __future__ import annotations

from fastapi import APIRouter

from api.preview_schemas import PreviewIn, PreviewOut, preview_out
from api.replying import RepliesDep
from rag.privacy import Masked, mask
from rag.stop import Stop

router = APIRouter(prefix="/api/replies", tags=["住民回答"])


@router.post("/preview", summary="問い合わせへの回答を見る")
def preview(body: PreviewIn, services: RepliesDep) -> PreviewOut:
    """個人番号や氏名などを伏せてから、評価書に書かれていることだけで回答の案を作ります。保存も記録もしません。"""
    masked: Masked = mask(body.text)
    reply = services.composing.compose(masked, body.variant, body.length, body.document, Stop())
    return preview_out(reply, masked)

"""POST /api/ask: a question in, the answer with its citations out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.schemas import AnswerOut, AskIn
from api.services import ServicesDep

router = APIRouter(prefix="/api", tags=["質問"])


@router.post("/ask", summary="質問に出典付きで答える", response_model=AnswerOut)
def ask(body: AskIn, services: ServicesDep) -> dict[str, Any]:
    """収録した評価書の記録と原文だけから答えます。回答の [n] は citations の番号で、引用は原文と照合済みです。"""
    return services.answerer.ask(body.question, body.filters.filters()).as_dict()

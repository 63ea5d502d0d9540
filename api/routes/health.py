"""/healthz: whether the server can answer."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.routes.overviews import OverviewDep
from api.schemas import HealthOut
from api.services import settings_of

router = APIRouter(tags=["稼働"])


@router.get("/healthz", summary="稼働の確認")
def health(request: Request, overview: OverviewDep) -> HealthOut:
    """目録が読めれば 200、読めなければ 503 を返します。"""
    return HealthOut(
        status="ok",
        generation=overview.generation,
        documents=overview.documents,
        versions=overview.all_versions,
        accounts=settings_of(request).auth == "accounts",
    )

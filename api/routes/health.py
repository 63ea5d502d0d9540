"""/healthz: whether the server can answer."""

from __future__ import annotations

from fastapi import APIRouter

from api.schemas import HealthOut
from api.services import CatalogDep

router = APIRouter(tags=["稼働"])


@router.get("/healthz", summary="稼働の確認")
def health(catalog: CatalogDep) -> HealthOut:
    """目録が読めれば 200、読めなければ 503 を返します。"""
    generation = catalog.generation()
    versions = catalog.versions(current_only=False)
    current = sum(v.current for v in versions)
    return HealthOut(status="ok", generation=generation, documents=current, versions=len(versions), accounts=False)

"""/api/assessments: what is collected, its versions, records and source text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import PlainTextResponse

from api.routes.overviews import OverviewDep
from api.routes.records import KindPath, known_kind, record_table
from api.routes.versions import PublishedQuery, pick_version
from api.schemas import FAULTS_AS_JSON, AssessmentsOut, RecordsOut, VersionOut, VersionsOut, version_out
from api.services import CatalogDep
from rag.errors import NotFound

router = APIRouter(prefix="/api/assessments", tags=["評価書"])


@router.get("", summary="収録している評価書")
def list_assessments(
    overview: OverviewDep,
    municipality: Annotated[str | None, Query(description="自治体名で絞り込む")] = None,
    q: Annotated[str | None, Query(description="評価書名・事務名に含まれる文字")] = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="飛ばす件数")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000, description="返す件数の上限")] = 1000,
) -> AssessmentsOut:
    """現在の版だけを返します。total は該当する全件数です。過去の版は versions で得られます。"""
    found = [
        v
        for v in overview.versions
        if (not municipality or v.municipality == municipality) and (not q or q in v.title or q in v.duty)
    ]
    shown = found[offset : offset + limit]
    return AssessmentsOut(total=len(found), assessments=[version_out(v) for v in shown])


@router.get("/{document}", summary="一つの評価書")
def show_assessment(catalog: CatalogDep, document: str, published: PublishedQuery = None) -> VersionOut:
    """評価書の書誌、項目の数、欠落を返します。"""
    return version_out(pick_version(catalog, document, published))


@router.get("/{document}/versions", summary="一つの評価書のすべての版")
def list_versions(catalog: CatalogDep, document: str) -> VersionsOut:
    """公表日の異なる版を、過去のものも含めて返します。"""
    versions = catalog.versions(document, current_only=False)
    if not versions:
        raise NotFound(f"{document} は収録していません。評価書の一覧で確かめてください。")
    return VersionsOut(document=document, versions=[version_out(v) for v in versions])


@router.get("/{document}/records/{kind}", summary="一つの評価書の記録")
def list_own_records(
    catalog: CatalogDep, document: str, kind: KindPath, published: PublishedQuery = None
) -> RecordsOut:
    """委託事項、提供先、変更箇所などを表として返します。"""
    version = pick_version(catalog, document, published)
    return record_table(kind, catalog.records(known_kind(kind), [version.id]))


@router.get(
    "/{document}/source",
    summary="取り込んだ原文",
    response_class=PlainTextResponse,
    responses=FAULTS_AS_JSON,
)
def show_source(catalog: CatalogDep, document: str, published: PublishedQuery = None) -> PlainTextResponse:
    """ファイルから読み取った文字をそのまま返します。引用はこの中にあります。"""
    return PlainTextResponse(catalog.source(pick_version(catalog, document, published).id))

"""/api/…/findings and /api/check: what is wrong in assessments, collected or handed over, for other programs."""

from __future__ import annotations

from typing import Annotated, cast
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Path, Query, Request, UploadFile
from starlette.responses import Response

from api.findings_book import cells, findings_book
from api.findings_schemas import (
    AllFindingsOut,
    CheckedFindingsOut,
    DismissalIn,
    FindingOut,
    TextIn,
    checked_out,
    finding_out,
)
from api.routes.overviews import OverviewDep
from api.routes.versions import PublishedQuery, pick_version
from api.schemas import FAULTS_AS_JSON
from api.services import CatalogDep, Catalogue, settings_of
from api.unkept import check_file, check_text
from api.web.findings import FindingsCache, Inspection
from rag.checks.finding import Severity
from rag.types import Version

router = APIRouter(prefix="/api", tags=["指摘"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

AllQuery = Annotated[bool, Query(alias="all", description="却下した指摘も返す")]
KeyPath = Annotated[str, Path(description="指摘の番号", max_length=40, examples=["a8384ee68d"])]
DocumentQuery = Annotated[
    str | None, Query(max_length=200, description="評価書のID。入れると、その評価書の指摘だけから探す(速い)")
]


def inspection_of(request: Request, catalog: CatalogDep) -> Inspection:
    """The checks over what is collected now."""
    cache = cast(FindingsCache, request.app.state.findings)
    return Inspection(catalog, cache, settings_of(request).max_file_mb * 2**20)


InspectionDep = Annotated[Inspection, Depends(inspection_of)]


@router.get("/findings", summary="収録しているすべての評価書の指摘")
def list_findings(
    overview: OverviewDep,
    inspection: InspectionDep,
    everything: AllQuery = False,
    municipality: Annotated[str | None, Query(max_length=200, description="自治体名で絞り込む")] = None,
    severity: Annotated[list[Severity] | None, Query(description="重さで絞り込む")] = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="飛ばす評価書の数")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000, description="返す評価書の数の上限")] = 100,
) -> AllFindingsOut:
    """現在の版を調べます。初めての評価書には一件あたり0.3秒ほどかかり、二度目からは覚えているものを返します。"""
    found = [v for v in overview.versions if municipality in {None, "", v.municipality}]
    shown = inspection.every(found[offset : offset + limit])
    told = [checked_out(c, everything=everything, only=severity or ()) for c in shown]
    return AllFindingsOut(total=len(found), assessments=told)


@router.get("/assessments/{document}/findings", summary="一つの評価書の指摘")
def list_own_findings(
    catalog: CatalogDep,
    inspection: InspectionDep,
    document: str,
    published: PublishedQuery = None,
    everything: AllQuery = False,
) -> CheckedFindingsOut:
    """食い違い、古い法令の引用、欠落、空欄などを、重いものから返します。"""
    version = pick_version(catalog, document, published)
    return checked_out(inspection.of(version), everything=everything)


@router.get(
    "/assessments/{document}/findings.xlsx",
    summary="一つの評価書の指摘を Excel のファイルにする",
    response_class=Response,
    responses={**FAULTS_AS_JSON, 200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
)
def save_findings(
    catalog: CatalogDep,
    inspection: InspectionDep,
    document: str,
    published: PublishedQuery = None,
    everything: AllQuery = False,
) -> Response:
    """一行に一件です。"""
    checked = inspection.of(pick_version(catalog, document, published))
    shown = checked.findings if everything else checked.standing
    name = quote(f"指摘 {checked.version.document}.xlsx")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(findings_book([cells(f) for f in shown]), media_type=XLSX, headers=headers)


@router.put("/findings/{key}/dismissal", summary="指摘を却下する")
def dismiss(
    catalog: CatalogDep,
    overview: OverviewDep,
    inspection: InspectionDep,
    key: KeyPath,
    body: DismissalIn,
    document: DocumentQuery = None,
) -> FindingOut:
    """理由とともに残します。すでに却下していれば、理由を書き換えます。同じ指摘は、ほかの版でも却下したものになります。"""
    return finding_out(inspection.dismiss(key, body.reason, candidates(catalog, overview.versions, document)))


@router.delete("/findings/{key}/dismissal", summary="指摘の却下を取り消す", status_code=204, response_class=Response)
def restore(inspection: InspectionDep, key: KeyPath) -> None:
    """却下していない番号には 404 を返します。"""
    inspection.checker.dismissals.restore(key)


@router.post("/check", summary="収録せずに本文を調べる")
def check_own_text(inspection: InspectionDep, body: TextIn) -> CheckedFindingsOut:
    """評価書の全文を調べて、指摘を返します。送られた本文は残しません。"""
    return checked_out(check_text(inspection.checker, body.text), everything=True)


@router.post("/check/file", summary="収録せずにファイルを調べる")
def check_own_file(
    inspection: InspectionDep, file: Annotated[UploadFile, File(description="評価書(.txt または .xlsx)")]
) -> CheckedFindingsOut:
    """評価書のファイルを調べて、指摘を返します。送られたファイルは残しません。"""
    return checked_out(check_file(inspection.checker, file.file, file.filename or ""), everything=True)


def candidates(catalog: Catalogue, current: tuple[Version, ...], document: str | None) -> list[Version]:
    """Where a finding is looked for: every version of the document named, else all current ones."""
    if not document:
        return list(current)
    return catalog.versions(document, current_only=False) or [catalog.version(document)]

"""/api/drafts: drafting for other programs, with the same edits and conflicts as the pages."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.draft_acts import perform
from api.draft_schemas import (
    ChangeIn,
    ChangeRowsOut,
    ChangesOut,
    DraftEntryOut,
    DraftOut,
    DraftsOut,
    NewDraftIn,
    PreviewIn,
    PreviewOut,
    RestoreIn,
    VersionOut,
    VersionsOut,
    change_out,
    draft_out,
    preview_out,
    rows_out,
)
from api.drafting import DraftsDep
from api.errors import fault_response
from api.routes.draft_files import DOCX, JSON, MARKDOWN, XLSX, YAML, DraftFile, draft_file
from api.schemas import FAULTS_AS_JSON, FaultOut
from api.web.working import account_name
from rag.draft.kept import DraftConflict
from rag.draft.serial import field_dict

router = APIRouter(prefix="/api/drafts", tags=["起案"])

DraftId = Annotated[str, Path(description="起案の番号", max_length=64, examples=["4f6a0c1d2b3e5a79"])]
VersionNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="版")]
CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"model": FaultOut, "description": "読んだあとに同じ文が変わっていた"}
}
FILES = {"content": {kind: {"schema": {"type": "string"}} for kind in (XLSX, DOCX, MARKDOWN, YAML, JSON)}}


@router.get("", summary="起案の一覧")
def list_drafts(
    services: DraftsDep,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="飛ばす件数")] = 0,
    limit: Annotated[int, Query(ge=1, le=200, description="返す件数の上限")] = 50,
) -> DraftsOut:
    """最後に保存したものから順に返します。"""
    found = services.drafts.list(limit + 1, offset)
    shown = [DraftEntryOut.model_validate(d, from_attributes=True) for d in found[:limit]]
    return DraftsOut(drafts=shown, more=len(found) > limit)


@router.post("", summary="起案する", status_code=201)
def start_draft(request: Request, body: NewDraftIn, services: DraftsDep) -> DraftOut:
    """自市の情報から様式3を起案するか、評価書の見直しを始めて、保存します。文にはすべて根拠が付き、自市でしか書けないことは【要確認】になります。"""
    if body.revises:
        draft = services.drafting.revised(body.revises)
    else:
        draft = services.drafting.draft(body.profile.profile(), tuple(body.items))
    kept = services.drafts.start(draft, author_of(request, body.author), body.title)
    return draft_out(kept, services.findings(kept))


@router.post("/preview", summary="一つの項目を保存せずに起案する")
def preview_draft(body: PreviewIn, services: DraftsDep) -> PreviewOut:
    """一つの項目だけを起案します。何も保存しません。"""
    return preview_out(services.drafting.draft(body.profile.profile(), (body.item,)))


@router.get("/{id}", summary="一つの起案")
def show_draft(id: DraftId, services: DraftsDep) -> DraftOut:
    """今の内容を、要確認と指摘とともに返します。"""
    kept = services.drafts.get(id)
    return draft_out(kept, services.findings(kept))


@router.patch("/{id}", summary="起案を直す", response_model=DraftOut, responses=CONFLICT)
def change_draft(request: Request, id: DraftId, body: ChangeIn, services: DraftsDep) -> Any:
    """操作を順に行って保存します。読んだあとに同じ文が変わっていれば保存せず、409 で今の内容と自分の内容を返します。"""
    try:
        kept = perform(services, id, body.base, author_of(request, body.author), *(o.to_act() for o in body.operations))
    except DraftConflict as told:
        return conflict(request, told)
    return draft_out(kept, services.findings(kept))


@router.delete("/{id}", summary="起案を削除する", status_code=204, response_class=Response)
def delete_draft(id: DraftId, services: DraftsDep) -> None:
    """版と変更の記録とともに削除します。元に戻せません。"""
    services.drafts.delete(id)


@router.get(
    "/{id}/export",
    summary="起案をファイルにする",
    response_class=Response,
    responses={**FAULTS_AS_JSON, 200: FILES},
)
def export_draft(
    id: DraftId,
    services: DraftsDep,
    format: Annotated[
        DraftFile,
        Query(description="xlsx(様式3)、sources(出典一覧)、docx(Word)、markdown、profile(自市の情報)、json"),
    ] = DraftFile.XLSX,
) -> Response:
    """不採用の文は、出典一覧と json のほかには入りません。"""
    return draft_file(services, id, format)


@router.get("/{id}/versions", summary="版の一覧")
def list_versions(id: DraftId, services: DraftsDep) -> VersionsOut:
    """続けて直した分は一つの版にまとまります。"""
    return VersionsOut(
        versions=[VersionOut.model_validate(v, from_attributes=True) for v in services.drafts.versions(id)]
    )


@router.get("/{id}/versions/{number}", summary="一つの版")
def show_version(id: DraftId, number: VersionNumber, services: DraftsDep) -> PreviewOut:
    """その版を保存したときの内容を返します。"""
    return preview_out(services.drafts.version(id, number))


@router.post("/{id}/versions/{number}/restore", summary="前の版に戻す", response_model=DraftOut, responses=CONFLICT)
def restore_version(request: Request, id: DraftId, number: VersionNumber, body: RestoreIn, services: DraftsDep) -> Any:
    """前の版の内容を、新しい版として保存します。間の版は残ります。"""
    try:
        kept = services.drafts.restore(id, number, body.base, author_of(request, body.author))
    except DraftConflict as told:
        return conflict(request, told)
    return draft_out(kept, services.findings(kept))


@router.get("/{id}/changes", summary="変更の記録")
def list_changes(
    id: DraftId,
    services: DraftsDep,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="この版の変更だけ")] = None,
    limit: Annotated[int, Query(ge=1, le=5000, description="返す件数の上限")] = 500,
) -> ChangesOut:
    """誰が、いつ、どこを、何から何に変えたかを返します。"""
    services.drafts.get(id)
    return ChangesOut(changes=[change_out(c) for c in services.drafts.changes(id, version, limit)])


@router.get("/{id}/revision", summary="変更箇所")
def list_rows(id: DraftId, services: DraftsDep) -> ChangeRowsOut:
    """見直しを始めてからの変更を、様式の変更箇所の形で返します。新しい評価書の起案では空です。"""
    return rows_out(services.changed(services.drafts.get(id)))


def author_of(request: Request, given: str) -> str:
    """The account's name; the one given where there are no accounts."""
    named = account_name(request)
    return given if named is None else named


def conflict(request: Request, told: DraftConflict) -> Response:
    """What stands now and what the program wanted, field by field."""
    mine = told.mine.fields if told.mine else ()
    detail = {
        "saves": told.kept.saves,
        "sections": list(told.sections),
        "current": [field_dict(f) for f in told.kept.draft.fields if f.section in told.sections],
        "yours": [field_dict(f) for f in mine if f.section in told.sections],
    }
    return fault_response(request, 409, "conflict", str(told), detail)

"""Findings on pages: dismissed and restored, counted for the list, and those of a file that is not collected."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.routes.findings import InspectionDep
from api.routes.overviews import OverviewDep
from api.routes.versions import pick_version
from api.services import CatalogDep, settings_of
from api.unkept import check_file
from api.web import links
from api.web.findings import Inspection
from api.web.findings_place import FindingsView
from api.web.templating import render
from ingest.errors import IngestError
from rag.errors import BadEntry
from rag.types import Version

router = APIRouter()

Day = Annotated[str, Form(max_length=40)]
NO_FILE = "ファイルが選ばれていません。評価書のファイル(.txt または .xlsx)を選んでから押してください。"


@router.post("/assessments/{document}/findings/{key}/dismissal")
def dismiss(
    request: Request,
    catalog: CatalogDep,
    inspection: InspectionDep,
    document: str,
    key: str,
    reason: Annotated[str, Form(max_length=20_000)] = "",
    published: Day = "",
) -> Response:
    """Dismisses a finding of a version, with the reason."""
    version = pick_version(catalog, document, published)
    try:
        inspection.dismiss(key, reason, [version])
    except BadEntry as refused:
        return refusal(request, inspection, version, key, reason, str(refused))
    return changed(request, inspection, version, "指摘を却下しました。下の「却下した指摘」にあります。")


@router.post("/assessments/{document}/findings/{key}/restoration")
def restore(
    request: Request, catalog: CatalogDep, inspection: InspectionDep, document: str, key: str, published: Day = ""
) -> Response:
    """Takes a dismissal back."""
    inspection.checker.dismissals.restore(key)
    return changed(request, inspection, pick_version(catalog, document, published), "却下を取り消しました。")


@router.get("/assessments/{document}/findings/count")
def count(request: Request, catalog: CatalogDep, inspection: InspectionDep, document: str) -> HTMLResponse:
    """The cell of the list of assessments."""
    version = pick_version(catalog, document)
    return render(request, "findings_count_part.html", {"version": version, "checked": inspection.of(version)})


@router.get("/check")
def show_own(request: Request, overview: OverviewDep) -> HTMLResponse:
    """The page on which a file of one's own is checked."""
    return own_page(request)


@router.post("/check")
def check_own(
    request: Request,
    overview: OverviewDep,
    inspection: InspectionDep,
    file: Annotated[UploadFile | str | None, File()] = None,
) -> HTMLResponse:
    """The same page with what was found."""
    if file is None or isinstance(file, str) or not file.filename:
        return own_page(request, fault=NO_FILE)
    try:
        checked = check_file(inspection.checker, file.file, file.filename)
    except IngestError as refused:
        return own_page(request, fault=str(refused))
    return own_page(request, FindingsView(checked))


def own_page(request: Request, findings: FindingsView | None = None, fault: str = "") -> HTMLResponse:
    """The page with the form, and with findings or with the reason why there are none."""
    context = {"findings": findings, "fault": fault, "max_mb": settings_of(request).max_file_mb}
    return render(request, "findings_own.html", context, 422 if fault else 200)


def changed(request: Request, inspection: Inspection, version: Version, told: str) -> Response:
    """The findings as they are now, or the page that they stand on."""
    if request.headers.get("hx-request") != "true":
        address = links.document(version.document, "findings", links.published_of(version))
        return RedirectResponse(f"{address}#findings", 303)
    # What was dismissed is read again, for the inspection began before it.
    checked = inspection.of(version).under(inspection.checker.dismissals.all())
    context = {"version": version, "findings": FindingsView(checked), "told": told}
    return render(request, "findings_change_part.html", context)


def refusal(
    request: Request, inspection: Inspection, version: Version, key: str, reason: str, fault: str
) -> HTMLResponse:
    """The finding with its form as it was filled in and why that was not taken."""
    part = request.headers.get("hx-request") == "true"
    context = {
        "version": version,
        "finding": inspection.find(key, [version]),
        "refused": fault,
        "reason": reason,
    }
    page = render(request, "findings_part.html" if part else "findings_refused.html", context, 422)
    # The form aims at the whole list, which stays as it is.
    page.headers.update({"hx-retarget": f"#finding-{key}", "hx-reswap": "outerHTML"} if part else {})
    return page

"""/api/assessments/{document}/flow.svg: the data flow of one assessment as a file."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from api.routes.versions import PublishedQuery, pick_version
from api.schemas import FAULTS_AS_JSON
from api.services import CatalogDep
from rag.flow.layout import layout
from rag.flow.reading import chart
from rag.flow.svg import svg_file

router = APIRouter(prefix="/api/assessments", tags=["評価書"])

MEDIA_TYPE = "image/svg+xml"


class SvgResponse(Response):
    """A drawing."""

    media_type = MEDIA_TYPE


@router.get(
    "/{document}/flow.svg",
    summary="データの流れの図",
    response_class=SvgResponse,
    responses=FAULTS_AS_JSON | {200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
def draw_flow(catalog: CatalogDep, document: str, published: PublishedQuery = None) -> SvgResponse:
    """入手元から事務とシステム、委託先、提供先、移転先までの図(SVG、A4 横)です。評価書の記載だけを描きます。"""
    version = pick_version(catalog, document, published)
    name = quote(f"{version.document}-flow.svg")
    headers = {"content-disposition": f"inline; filename*=UTF-8''{name}"}
    return SvgResponse(svg_file(layout(chart(catalog, version))), headers=headers)

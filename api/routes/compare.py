"""/api/compare/{item} and the page /compare: one item of the form over documents."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import HTMLResponse

from api.comparison_schemas import ComparisonOut, comparison_out
from api.routes.overviews import OverviewDep
from api.services import CatalogDep
from api.web.compare import compare_page
from rag.compare.comparer import compare

router = APIRouter(prefix="/api/compare", tags=["評価書"])
pages = APIRouter()

Bodies = Annotated[list[str], Query(max_length=500, description="自治体名または評価書のID。省略するとすべて")]
Own = Annotated[str, Query(max_length=200, description="自分の団体(自治体名または評価書のID)。不足を示す")]


@router.get("/{item}", summary="一つの項目の比較")
def compare_item(
    catalog: CatalogDep,
    item: Annotated[str, Path(max_length=20, description="様式3の項目", examples=["III.3"])],
    body: Bodies = [],  # noqa: B006 - FastAPI copies defaults
    own: Own = "",
) -> ComparisonOut:
    """現在の版について、措置ごとに、あり・共通文のみ・言及のみ・記載なし・読取不可を引用付きで返します。"""
    return comparison_out(compare(catalog, item, body, own))


@pages.get("/compare")
def show_comparison(
    request: Request,
    catalog: CatalogDep,
    overview: OverviewDep,
    item: Annotated[str, Query(max_length=20)] = "III.3",
    body: Bodies = [],  # noqa: B006
    own: Own = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """The table with what it is chosen by."""
    return compare_page(request, catalog, overview, item, body, own, page)

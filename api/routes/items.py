"""/api/assessments/{document}/items: the places of the form and what they say."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.routes.versions import PublishedQuery, pick_version
from api.schemas import ItemPageOut, ItemsOut, item_out
from api.services import CatalogDep

router = APIRouter(prefix="/api/assessments", tags=["評価書"])


@router.get("/{document}/items", summary="項目の一覧")
def list_items(
    catalog: CatalogDep,
    document: str,
    part: Annotated[str | None, Query(description="章", examples=["II"])] = None,
    number: Annotated[str | None, Query(description="章の中の番号", examples=["4"])] = None,
    published: PublishedQuery = None,
) -> ItemsOut:
    """様式の順に返します。読み取れない項目は state が unreadable です。"""
    version = pick_version(catalog, document, published)
    found = catalog.items(version.id, part=part, number=number)
    return ItemsOut(document=version.document, published=version.published, items=[item_out(i) for i in found])


@router.get("/{document}/items/{key:path}", summary="一つの項目")
def show_item(catalog: CatalogDep, document: str, key: str, published: PublishedQuery = None) -> ItemPageOut:
    """項目の本文と、前後の項目のキーを返します。"""
    version = pick_version(catalog, document, published)
    item = catalog.item(version.id, key)
    keys = [i.key for i in catalog.items(version.id)]
    at = keys.index(item.key)
    return ItemPageOut(
        document=version.document,
        published=version.published,
        item=item_out(item),
        previous=keys[at - 1] if at > 0 else None,
        next=keys[at + 1] if at + 1 < len(keys) else None,
    )

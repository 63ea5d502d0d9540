"""Which version of an assessment an address speaks of."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from api.services import Catalogue
from rag.errors import NotFound
from rag.types import Version

PublishedQuery = Annotated[
    str | None, Query(description="公表日(ISO 形式または様式の表記)。省略すると現在の版", examples=["2025-04-01"])
]


def pick_version(catalog: Catalogue, document: str, published: str | None = None) -> Version:
    """The current version of `document`, or the one published on the day named; raises NotFound."""
    if not published:
        return catalog.version(document)
    versions = catalog.versions(document, current_only=False)
    for version in versions:
        if published in {version.published, version.published_on.isoformat() if version.published_on else ""}:
            return version
    if not versions:
        return catalog.version(document)
    days = "、".join(v.published for v in versions)
    raise NotFound(f"{document} には公表日が「{published}」の版がありません。収録している版は{days}です。")

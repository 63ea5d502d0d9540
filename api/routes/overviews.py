"""The overview of what is collected, for routes that show it."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from api.services import CatalogDep
from api.web.overview import Overview, OverviewCache


def overview_of(request: Request, catalog: CatalogDep) -> Overview:
    """The overview of the catalog as it is now."""
    return cast(OverviewCache, request.app.state.overviews).of(catalog)


OverviewDep = Annotated[Overview, Depends(overview_of)]

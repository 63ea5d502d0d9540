"""The drawing of a data flow within a page: each box leads to its item."""

from __future__ import annotations

from markupsafe import Markup

from api.services import Catalogue
from api.web import links
from rag.flow.layout import layout
from rag.flow.reading import chart
from rag.flow.svg import svg
from rag.types import Version


def flow_markup(catalog: Catalogue, version: Version) -> Markup:
    """The SVG element for the page of a version."""
    day = links.published_of(version)
    drawn = layout(chart(catalog, version))
    return Markup(svg(drawn, lambda key: links.item(version.document, key, day)))

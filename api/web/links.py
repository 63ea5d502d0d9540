"""Addresses of the pages, built in one place."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from rag.types import Citation, Version

#: Nine bytes a character in an address; servers and proxies take some 8 KB.
MAX_QUOTE_CHARS = 600


def document(name: str, view: str = "", published: str = "") -> str:
    """The page of one assessment; `view` is one of its tabs."""
    query = {k: v for k, v in (("view", view), ("published", published)) if v}
    return f"/assessments/{quote(name, safe='')}" + (f"?{urlencode(query)}" if query else "")


def item(name: str, key: str, published: str = "", quoted: str = "") -> str:
    """The page of one item, with the words to highlight."""
    query = {k: v for k, v in (("published", published), ("quote", quoted)) if v}
    path = f"/assessments/{quote(name, safe='')}/items/{quote(key, safe='')}"
    return path + (f"?{urlencode(query)}" if query else "")


def citation(cited: Citation) -> str:
    """Where a citation stands; the whole document where it names no item."""
    if not cited.item:
        return document(cited.document, published=cited.published)
    return item(cited.document, cited.item, cited.published, shortened(cited.quote))


def shortened(quote_text: str) -> str:
    """Beginning and end of a quote too long for an address; the highlight knows the ellipsis."""
    if len(quote_text) <= MAX_QUOTE_CHARS:
        return quote_text
    half = MAX_QUOTE_CHARS // 2
    return f"{quote_text[:half]}…{quote_text[-half:]}"


def conversations(search: str = "", page: int = 1) -> str:
    """A page of the list of conversations."""
    query = {k: v for k, v in (("q", search), ("page", "" if page == 1 else str(page))) if v}
    return "/conversations" + (f"?{urlencode(query)}" if query else "")


def anchor(*parts: str | int) -> str:
    """A fragment id without white space."""
    return "-".join(str(p) for p in parts if p != "").replace(" ", "_")


def published_of(version: Version) -> str:
    """How an address names a version: nothing for the current one."""
    if version.current:
        return ""
    return version.published_on.isoformat() if version.published_on else version.published

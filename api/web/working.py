"""Who works here, remembered in a cookie until there are accounts: a name that stands beside what was changed."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import Depends, Request
from starlette.responses import Response

from rag.draft.entries import author_name
from rag.errors import BadEntry

COOKIE = "hyoka_who"
KEPT_S = 365 * 24 * 3600


def who_works(request: Request) -> str:
    """The name, or "" where none was given or what the cookie says cannot be one."""
    try:
        return author_name(unquote(request.cookies.get(COOKIE, "")))
    except BadEntry:
        return ""


def remember(response: Response, name: str) -> None:
    """Keeps the name in this browser; "" forgets it. Raises BadEntry."""
    said = author_name(name)
    if said:
        response.set_cookie(COOKIE, quote(said), max_age=KEPT_S, httponly=True, samesite="lax")
    else:
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")


WhoDep = Annotated[str, Depends(who_works)]

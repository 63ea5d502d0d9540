"""Who works here: the name that stands beside what was changed.

With accounts it is the account's; without, it is asked for and remembered in a cookie.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import Depends, Request
from starlette.responses import Response

from api.services import who_of
from rag.accounts.who import LOCAL
from rag.draft.entries import MAX_AUTHOR_CHARS, author_name
from rag.errors import BadEntry

COOKIE = "hyoka_who"
KEPT_S = 365 * 24 * 3600


def who_works(request: Request) -> str:
    """The name, or "" where none was given or what the cookie says cannot be one."""
    if (name := account_name(request)) is not None:
        return name
    try:
        return author_name(unquote(request.cookies.get(COOKIE, "")))
    except BadEntry:
        return ""


def account_name(request: Request) -> str | None:
    """The name of who is signed in; None where there are no accounts."""
    who = who_of(request)
    return None if who.id == LOCAL.id else author_name(who.name[:MAX_AUTHOR_CHARS])


def remember(response: Response, name: str) -> None:
    """Keeps the name in this browser; "" forgets it. Raises BadEntry."""
    said = author_name(name)
    if said:
        response.set_cookie(COOKIE, quote(said), max_age=KEPT_S, httponly=True, samesite="lax")
    else:
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")


WhoDep = Annotated[str, Depends(who_works)]

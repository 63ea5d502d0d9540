"""The cookie of a session: for this host only, unseen by scripts, not sent along from other sites.

Behind https its name begins with __Host-, so that no other host and no page without https can set it in its place.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

PLAIN = "hyoka_session"
SECURE = "__Host-hyoka_session"


def name(request: Request) -> str:
    """The cookie's name at this address."""
    return SECURE if _is_secure(request) else PLAIN


def read(request: Request) -> str:
    """The secret that the browser brings, "" for none."""
    return request.cookies.get(name(request), "")


def put(request: Request, response: Response, secret: str) -> None:
    """Gives the browser a secret, until it is closed."""
    response.set_cookie(name(request), secret, httponly=True, samesite="lax", secure=_is_secure(request), path="/")


def drop(request: Request, response: Response) -> None:
    """Takes it from the browser."""
    response.delete_cookie(name(request), httponly=True, samesite="lax", secure=_is_secure(request), path="/")


def _is_secure(request: Request) -> bool:
    """Behind a proxy on this machine the scheme is what the proxy says."""
    return request.url.scheme == "https"

"""Requests that change something must come from our own pages, or from a program that is no browser.

A browser says where a request comes from: in `Sec-Fetch-Site`, or where the address is no secure one, in `Origin`.
Where it brings a session's cookie it must say so (`api.auth`, docs/adr/0014).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import fault_response

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
OWN_SITES = {"same-origin", "none"}
MESSAGE = "ほかのサイトのページから送られたため、受け付けませんでした。このアドレスのページを開いて操作してください。"


class SameOrigin:
    """Refuses requests that another site's page makes a browser send."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS or is_own(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        await fault_response(Request(scope), 403, "cross_site", MESSAGE)(scope, receive, send)


def is_own(headers: Headers) -> bool:
    """Whether a request comes from a page of this address, or from no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in OWN_SITES
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def is_said_to_be_own(headers: Headers) -> bool:
    """Whether the browser says that a request comes from a page of this address."""
    return is_own(headers) and ("sec-fetch-site" in headers or "origin" in headers)

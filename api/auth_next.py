"""Where a person is led after signing in: only to a page of this application."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.requests import Request

HOME = "/"
MAX_CHARS = 2000


def local(place: str) -> str:
    """`place` where it is a path of this application that can be opened, else the first page."""
    if not place.startswith("/") or place.startswith("//") or len(place) > MAX_CHARS:
        return HOME
    if "\\" in place or any(ord(c) < 33 or ord(c) == 127 for c in place):  # browsers drop or turn these
        return HOME
    parts = urlsplit(place)
    if parts.scheme or parts.netloc or parts.path in ("/login", "/logout") or parts.path.startswith("/links/"):
        return HOME
    return place


def login_for(request: Request) -> str:
    """The page for signing in that leads back to what was asked for."""
    place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    place = local(quote(place, safe="/?&=%:;,+@!$'()*~-._"))
    return "/login" if place == HOME else f"/login?next={quote(place, safe='')}"

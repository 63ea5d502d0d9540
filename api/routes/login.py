"""Signing in and out, and the one-time links that set a password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import auth_cookie
from api.auth import AccountsDep, WhoDep
from api.auth_next import local
from api.services import settings_of
from api.web.templating import render
from rag.accounts.who import NOBODY
from rag.errors import BadEntry

router = APIRouter()

WRONG = "利用者名かパスワードが違います。パスワードを忘れたときは、管理者に新しいリンクを頼んでください。"
LOCKED = "続けて間違えたため、しばらくサインインできません。{minutes}分ほど待って、もう一度試してください。"

Text = Annotated[str, Form(max_length=1000)]
Next = Annotated[str, Query(max_length=4000)]


@router.get("/login")
def show(request: Request, who: WhoDep, next: Next = "") -> Response:
    """The page for signing in."""
    if settings_of(request).auth == "local" or who != NOBODY:
        return RedirectResponse(local(next), 303)
    return login_page(request, next)


@router.post("/login")
def sign_in(request: Request, accounts: AccountsDep, name: Text = "", password: Text = "", next: Text = "") -> Response:
    """Signs in with a session of its own, whatever the browser brought."""
    if settings_of(request).auth == "local":
        return RedirectResponse("/", 303)
    outcome = accounts.sign_in(name, password, client_named(request), former=auth_cookie.read(request))
    if outcome.secret is None:
        minutes = -(-int(outcome.locked_for.total_seconds()) // 60)
        fault = LOCKED.format(minutes=max(minutes, 1)) if outcome.locked_for else WRONG
        return login_page(request, next, fault, 429 if outcome.locked_for else 401)
    return entered(request, outcome.secret, local(next))


@router.post("/logout")
def sign_out(request: Request, accounts: AccountsDep) -> Response:
    """Ends the session."""
    accounts.sign_out(auth_cookie.read(request))
    response = RedirectResponse("/login", 303)
    auth_cookie.drop(request, response)
    return response


@router.get("/links/{secret}")
def show_link(request: Request, accounts: AccountsDep, secret: str) -> HTMLResponse:
    """The form that a link leads to; opening it does not use it up. Raises NotFound for a spent one."""
    link, person = accounts.look_at_link(secret)
    return render(request, "login_link.html", {"link": link, "person": person, "fault": "", "name": "", "display": ""})


@router.post("/links/{secret}")
def use_link(
    request: Request,
    accounts: AccountsDep,
    secret: str,
    password: Text = "",
    again: Text = "",
    name: Text = "",
    display: Text = "",
) -> Response:
    """Sets the password, for the first administrator with name and all, and signs in."""
    link, person = accounts.look_at_link(secret)
    try:
        if link.first:
            session = accounts.begin_first(secret, name, display, password, again, client_named(request))
        else:
            session = accounts.set_by_link(secret, password, again, client_named(request))
    except BadEntry as refused:
        context = {"link": link, "person": person, "fault": str(refused), "name": name, "display": display}
        return render(request, "login_link.html", context, 422)
    return entered(request, session, "/")


def login_page(request: Request, next: str, fault: str = "", status: int = 200) -> HTMLResponse:
    """The form; the name is not repeated, for people type passwords there."""
    return render(request, "login.html", {"next": local(next), "fault": fault}, status)


def entered(request: Request, secret: str, place: str) -> Response:
    """Leads on with the cookie of a new session."""
    response = RedirectResponse(place, 303)
    auth_cookie.put(request, response, secret)
    return response


def client_named(request: Request) -> str:
    """What the browser says of itself, so that a person can tell their sessions apart."""
    return request.headers.get("user-agent", "")

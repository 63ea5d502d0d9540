"""アカウント: one's own password, sessions and tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import auth_cookie
from api.auth import AccountsDep, WhoDep
from api.routes.login import client_named, entered
from api.services import settings_of
from api.web.browsers import browser_name
from api.web.templating import render
from rag.accounts.accounts import Accounts
from rag.accounts.keys import DAYS
from rag.accounts.who import Who
from rag.errors import BadEntry, Forbidden

router = APIRouter(prefix="/account")

Text = Annotated[str, Form(max_length=1000)]
ONLY_WITH_ACCOUNTS = "このパソコンだけで使う設定では、アカウントはありません。HYOKA_AUTH=accounts で動かすと使えます。"


@router.get("")
def show(request: Request, accounts: AccountsDep, who: WhoDep) -> HTMLResponse:
    """The page."""
    return account_page(request, accounts, who)


@router.post("/password")
def change_password(
    request: Request, accounts: AccountsDep, who: WhoDep, old: Text = "", password: Text = "", again: Text = ""
) -> Response:
    """Changes the password; every other session ends."""
    needs_accounts(request)
    try:
        session = accounts.change_password(who, old, password, again, client_named(request))
    except BadEntry as refused:
        return account_page(request, accounts, who, fault=str(refused), about="password", status=422)
    return entered(request, session, "/account")


@router.post("/sessions/{id}/end")
def end_session(request: Request, accounts: AccountsDep, who: WhoDep, id: str) -> Response:
    """Ends one of one's sessions, on a browser that was left somewhere."""
    needs_accounts(request)
    accounts.end_session(who, id)
    return RedirectResponse("/account#sessions", 303)


@router.post("/keys")
def make_key(
    request: Request, accounts: AccountsDep, who: WhoDep, name: Text = "", days: Annotated[int, Form()] = 90
) -> HTMLResponse:
    """Makes a token, which is shown on this one page only."""
    needs_accounts(request)
    try:
        secret = accounts.make_key(who, name, days)
    except BadEntry as refused:
        return account_page(request, accounts, who, fault=str(refused), about="keys", status=422)
    return account_page(request, accounts, who, made=secret)


@router.post("/keys/{id}/revoke")
def revoke_key(request: Request, accounts: AccountsDep, who: WhoDep, id: str) -> Response:
    """Ends a token."""
    needs_accounts(request)
    accounts.revoke_key(who, id)
    return RedirectResponse("/account#keys", 303)


def needs_accounts(request: Request) -> None:
    """Raises Forbidden where there are none."""
    if settings_of(request).auth == "local":
        raise Forbidden(ONLY_WITH_ACCOUNTS)


def account_page(
    request: Request,
    accounts: Accounts,
    who: Who,
    fault: str = "",
    about: str = "",
    made: str = "",
    status: int = 200,
) -> HTMLResponse:
    """The page, with a fault beside the form that it is `about`, or with a token just `made`."""
    if settings_of(request).auth == "local":
        return render(request, "account_local.html", {})
    secret = auth_cookie.read(request)
    current = accounts.session(secret) if secret else None
    context = {
        "person": accounts.person(who.id),
        "sessions": [(session, browser_name(session.client)) for session in accounts.sessions_of(who.id)],
        "current": current.id if current else "",
        "keys": accounts.keys_of(who.id),
        "days": DAYS,
        "made": made,
        "fault": fault,
        "about": about,
    }
    return render(request, "account.html", context, status)

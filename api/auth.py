"""The one place that decides who may use which address, before any route runs.

    address → rule (`auth_table`) → who it is → role → our own page? → not too often → route → log of the deed

With HYOKA_AUTH=local there is one person, who sits at this machine; the server listens to nobody else, and to no page
that reached it under another name. With accounts, pages know people by the session's cookie and programs by a Bearer
token; a cookie counts at /api too, for what pages link to, a token counts for programs only.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import auth_cookie
from api.auth_limits import WINDOW_S, Pace
from api.auth_next import login_for
from api.auth_paths import Found, Paths
from api.auth_table import STATIC
from api.errors import JSON_PATHS, fault_response, status_of, wants_page
from api.local_mode import is_loopback
from api.services import who_of
from api.web.origin import MESSAGE, SAFE_METHODS, is_said_to_be_own
from rag.accounts.accounts import Accounts
from rag.accounts.who import LOCAL, NOBODY, Who
from rag.errors import HyokaError, StoreError

log = logging.getLogger("hyoka")

#: Where programs come in with a token only.
PROGRAMS_ONLY = ("/v1/", "/mcp")
#: What may be done before a password is changed that has to be.
BEFORE_CHANGE = {"GET /account", "POST /account/password", "POST /logout"}

UNDECIDED = "このアドレスを誰が使ってよいかが、まだ決められていません。管理者に連絡してください。"
SIGN_IN = "サインインしていないか、時間がたって切れました。サインインしてから、もう一度操作してください。"
NO_KEY = (
    "トークンが正しくありません。Authorization: Bearer に、「アカウント」のページで作ったトークンを入れてください。"
)
CHANGE_FIRST = "先に新しいパスワードを決めてください。「アカウント」のページで変更できます。"
MORE = "この操作には「{least}」以上の役割が必要です(今の役割は「{role}」)。管理者に相談してください。"
TOO_MANY = "短い間に続けて送られたため、受け付けませんでした。1分ほど待って、もう一度送ってください。"
OTHER_NAME = "このパソコンだけで使う設定なので、このアドレスでは開けません。http://127.0.0.1:{port}/ を開いてください。"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who sends a request, and whether the browser sent the proof of itself (the cookie)."""

    who: Who
    by_cookie: bool = False


class Gate:
    """Stands before the routes of `application`."""

    def __init__(self, app: ASGIApp, application: FastAPI, local: bool, questions_per_minute: int) -> None:
        self.app = app
        self.application = application
        self.local = local
        self.pace = Pace(questions_per_minute)
        self._paths: Paths | None = None

    @property
    def paths(self) -> Paths:
        """The routes, which are all there once the first request comes."""
        if self._paths is None:
            self._paths = Paths(self.application.routes)
        return self._paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(STATIC):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.who = NOBODY
        found = self.paths.find(scope["method"], scope["path"])
        refusal = (
            self.admit_local(request, found) if self.local else await run_in_threadpool(self.admit, request, found)
        )
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self.app(scope, receive, watched)
        if found.rule is not None and found.rule.deed and 0 < status < 400 and not (self.local and found.rule.asks):
            await run_in_threadpool(self.write_down, request, found)

    def admit_local(self, request: Request, found: Found) -> Response | None:
        """Lets in whoever sits at this machine; the refusal where a page calls the machine by another name."""
        if not is_named_rightly(request):
            told = OTHER_NAME.format(port=request.scope["server"][1])
            return fault_response(request, 403, "other_host", told)
        request.state.who = LOCAL
        return undecided(request, found)

    def admit(self, request: Request, found: Found) -> Response | None:
        """Lets a person in, or returns the refusal."""
        try:
            bearer = self.bearer(request)
        except HyokaError as error:
            status, code = status_of(error)
            return fault_response(request, status, code, str(error))
        request.state.who = bearer.who if bearer else NOBODY
        rule = found.rule
        if refusal := undecided(request, found):
            return refusal
        if rule is not None and rule.knocks and not self.pace.may_knock(client_of(request)):
            return too_many(request)
        if rule is not None and rule.least is None:
            return None
        if bearer is None:
            return not_signed_in(request)
        return self.refused(request, found, bearer)

    def refused(self, request: Request, found: Found, bearer: Bearer) -> Response | None:
        """Why somebody who is known may not do this; None where they may."""
        who, rule = bearer.who, found.rule
        if who.must_change and found.address not in BEFORE_CHANGE:
            if wants_page(request) and request.method == "GET":
                return RedirectResponse("/account", 303)
            return fault_response(request, 403, "password_change", CHANGE_FIRST)
        if rule is not None and rule.least is not None and not who.may(rule.least):
            return fault_response(request, 403, "forbidden", MORE.format(least=rule.least.ja, role=who.role.ja))
        if bearer.by_cookie and request.method not in SAFE_METHODS and not is_said_to_be_own(request.headers):
            return fault_response(request, 403, "cross_site", MESSAGE)
        if rule is not None and rule.asks and not self.pace.may_ask(who.id):
            return too_many(request)
        return None

    def bearer(self, request: Request) -> Bearer | None:
        """Who sends a request: by its token where programs come in, else by the cookie."""
        accounts = accounts_of(request)
        path = request.url.path
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if path.startswith(JSON_PATHS) and kind.lower() == "bearer":
            key = accounts.key(secret.strip())
            return Bearer(key.person.who) if key else None
        if path.startswith(PROGRAMS_ONLY):
            return None
        secret = auth_cookie.read(request)
        session = accounts.session(secret) if secret else None
        return Bearer(session.person.who, by_cookie=True) if session else None

    def write_down(self, request: Request, found: Found) -> None:
        """Adds the deed to the log; the response is out already."""
        assert found.rule is not None
        try:
            accounts_of(request).log(who_of(request), found.rule.deed, found.object)
        except StoreError as error:
            log.error("操作の記録を残せません: %s", error)


def undecided(request: Request, found: Found) -> Response | None:
    """The refusal of a route that no rule names."""
    if not found.address or found.rule is not None:
        return None
    log.error("api/auth_table.py にないアドレス: %s", found.address)
    return fault_response(request, 403, "undecided", UNDECIDED)


def not_signed_in(request: Request) -> Response:
    """Leads a person to the page for signing in; tells a program what is missing."""
    if request.headers.get("hx-request") == "true":
        return Response(status_code=401, headers={"hx-redirect": "/login"})
    if wants_page(request) and request.method == "GET":
        return RedirectResponse(login_for(request), 303)
    told = NO_KEY if request.url.path.startswith(JSON_PATHS) else SIGN_IN
    return fault_response(request, 401, "unauthorized", told, headers={"www-authenticate": "Bearer"})


def too_many(request: Request) -> Response:
    """The refusal of what comes too often."""
    return fault_response(request, 429, "too_many_requests", TOO_MANY, headers={"retry-after": str(WINDOW_S)})


def is_named_rightly(request: Request) -> bool:
    """Whether a request on a loopback address calls this machine by a name that only this machine has.

    The page of another site can make its own name point here and would then be taken for one of our pages.
    """
    server = (request.scope.get("server") or ("", 0))[0]
    if not is_loopback(server):
        return True  # no socket: a test's client
    host = Headers(scope=request.scope).get("host", "")
    name = host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    return not host or is_loopback(name)


def client_of(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""


def accounts_of(request: Request) -> Accounts:
    """The accounts of the running application."""
    return cast(Accounts, request.app.state.accounts)


WhoDep = Annotated[Who, Depends(who_of)]
AccountsDep = Annotated[Accounts, Depends(accounts_of)]

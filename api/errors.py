"""Every fault on its way to the caller: exception or refused request → one shape.

Programs get `{"error": {"code", "message", "detail"}}`, under /v1 as OpenAI's clients expect it; a browser gets the
same sentence as a page, and htmx as a fragment. This is the only place of `api` that catches everything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.templating import render
from ingest.errors import IngestError
from rag.errors import BadQuestion, Conflict, Forbidden, HyokaError, NotFound, StoreError

log = logging.getLogger("hyoka")

Result = TypeVar("Result")

BROKEN_STORE = "目録を読めません。データのフォルダを確認してください。"

JSON_PATHS = ("/api/", "/v1/", "/mcp", "/healthz", "/openapi.json")
OPENAI_PATHS = "/v1/"

#: Status code → (code, sentence) for refusals that carry no sentence of their own.
SENTENCES: dict[int, tuple[str, str]] = {
    400: ("bad_request", "リクエストを読み取れません。送信内容を確認してください。"),
    403: ("forbidden", "この操作は受け付けられません。"),
    404: ("not_found", "お探しのものが見つかりません。アドレスを確認するか、評価書の一覧から選んでください。"),
    405: ("method_not_allowed", "この操作には対応していません。アドレスとメソッドを確認してください。"),
    413: ("too_large", "送信内容が大きすぎます。短くしてからもう一度送信してください。"),
    415: ("unsupported_media_type", "この形式には対応していません。JSON で送信してください。"),
    422: ("invalid_request", "入力内容に誤りがあります。detail の項目を確認してください。"),
    500: ("internal", "処理中に予期しない問題が起きました。時間をおいて、もう一度お試しください。"),
    503: ("unavailable", "ただいま利用できません。管理者に連絡してください。"),
}


class RequestFault(Exception):
    """A request that can be read but counts on what is not done here. `param` names the field (messages.0.content)."""

    def __init__(self, message: str, *, status: int = 400, code: str = "unsupported", param: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param


def fault_response(
    request: Request, status: int, code: str, message: str, detail: Any = None, headers: dict[str, str] | None = None
) -> Response:
    """The one shape of a fault, as JSON, as a page, or as a fragment for htmx."""
    if wants_page(request):
        template = "fault_part.html" if request.headers.get("hx-request") == "true" else "fault.html"
        page = render(request, template, {"status": status, "code": code, "message": message}, status)
        page.headers.update(headers or {})
        return page
    if request.url.path.startswith(OPENAI_PATHS):
        status, body = openai_fault(status, code, message, detail)
        return JSONResponse(body, status_code=status, headers=headers)
    body = {"error": {"code": code, "message": message, "detail": detail}}
    return JSONResponse(body, status_code=status, headers=headers)


def openai_fault(status: int, code: str, message: str, detail: Any) -> tuple[int, dict[str, Any]]:
    """Status and body as OpenAI's clients read them: what is wrong with a request is a 400 and names one field."""
    param = None
    if code == "invalid_request":
        message = "JSON として読み取れません。送信内容を確認してください。"
    if isinstance(detail, list) and detail and detail[0]["type"] != "json_invalid":
        param = ".".join(detail[0]["loc"][1:]) or None
        if code == "invalid_request":
            message = f"入力内容に誤りがあります。{param or '本文'} の値を確認してください。"
    kind = "server_error" if status >= 500 else "invalid_request_error"
    body = {"error": {"message": message, "type": kind, "param": param, "code": code}}
    return 400 if status == 422 else status, body


def wants_page(request: Request) -> bool:
    """True where a person, not a program, waits for the response."""
    if request.url.path.startswith(JSON_PATHS):
        return False
    return "text/html" in request.headers.get("accept", "") or request.headers.get("hx-request") == "true"


def by_status(request: Request, status: int, detail: Any = None, headers: dict[str, str] | None = None) -> Response:
    """A fault that has nothing to say but its status code."""
    code, message = SENTENCES.get(status, SENTENCES[500] if status >= 500 else SENTENCES[400])
    return fault_response(request, status, code, message, detail, headers)


def add_handlers(app: FastAPI) -> None:
    """Registers the handlers of all expected faults on `app`."""

    @app.exception_handler(HTTPException)
    def refused(request: Request, exc: HTTPException) -> Response:
        return by_status(request, exc.status_code, headers=dict(exc.headers or {}))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, exc: RequestValidationError) -> Response:
        # The input itself is left out: a question may hold what nobody should store or repeat.
        detail = [{"loc": [str(x) for x in e["loc"]], "msg": e["msg"], "type": e["type"]} for e in exc.errors()]
        return by_status(request, 422, detail)

    @app.exception_handler(RequestFault)
    def unsupported(request: Request, exc: RequestFault) -> Response:
        detail = [{"loc": ["body", *exc.param.split(".")], "msg": str(exc), "type": exc.code}]
        return fault_response(request, exc.status, exc.code, str(exc), detail)

    @app.exception_handler(HyokaError)
    def ours(request: Request, exc: HyokaError) -> Response:
        status, code = status_of(exc)
        return fault_response(request, status, code, str(exc))

    @app.exception_handler(SQLAlchemyError)
    def broken(request: Request, exc: SQLAlchemyError) -> Response:
        log.error("目録を読めません: %s", type(exc).__name__)
        return fault_response(request, 503, "store_unavailable", BROKEN_STORE)

    @app.exception_handler(IngestError)
    def unreadable(request: Request, exc: IngestError) -> Response:
        return fault_response(request, 422, "unreadable_file", str(exc))


def status_of(error: HyokaError) -> tuple[int, str]:
    """HTTP status and code of one of our faults."""
    if isinstance(error, NotFound):
        return 404, "not_found"
    if isinstance(error, Forbidden):
        return 403, "forbidden"
    if isinstance(error, BadQuestion):
        return 422, "bad_question"
    if isinstance(error, Conflict):
        return 409, "conflict"
    if isinstance(error, StoreError):
        return 503, "store_unavailable"
    return 500, "internal"


def told_of(error: Exception) -> tuple[str, str]:
    """Code and sentence of a fault after a response has begun; what nobody foresaw goes to the log."""
    if isinstance(error, HyokaError):
        return status_of(error)[1], str(error)
    if isinstance(error, SQLAlchemyError):
        return "store_unavailable", BROKEN_STORE
    if isinstance(error, IngestError):
        return "unreadable_file", str(error)
    log.error("予期しない問題", exc_info=error)
    return SENTENCES[500]


def sentence_or(work: Callable[[], Result]) -> Result | Sentence:
    """The result of `work`, or the sentence of its fault, for callers without HTTP."""
    try:
        return work()
    except Exception as error:
        return Sentence(told_of(error)[1])


class Sentence(str):
    """A sentence for the user that stands where a result was expected."""


class UnexpectedFaults:
    """Turns what nobody foresaw into the same shape; the traceback goes to the log, the request's content does not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            log.exception("予期しない問題: %s %s", scope["method"], scope["path"])
            if started:
                raise
            await by_status(Request(scope), 500)(scope, receive, send)

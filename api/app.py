"""Composition root of the HTTP side: settings in, application out.

`create_app` opens the library and the answerer when the server starts and closes them when it stops.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from api.auth import Gate
from api.errors import UnexpectedFaults, add_handlers
from api.local_mode import refuse_elsewhere
from api.openai_schemas import OPENAI_FAULTS
from api.routes import (
    ask,
    assessments,
    compare,
    completions,
    draft_pages,
    draft_work,
    drafts,
    findings,
    flow,
    health,
    items,
    kept,
    pages,
    records,
    replies,
    reply_api,
    reply_pages,
    reply_work,
)
from api.routes.mcp import McpEndpoint
from api.run import Runs
from api.schemas import FAULTS
from api.services import Services
from api.web.findings import FindingsCache
from api.web.headers import BodyLimit, HeadAsGet, SecurityHeaders
from api.web.origin import SameOrigin
from api.web.overview import OverviewCache
from rag.accounts.accounts import Accounts
from rag.accounts.sessions import Limits
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.answer import Answerer
    from rag.library import Library

STATIC = Path(__file__).parent / "web" / "static"

#: Room for a whole conversation sent along by another program.
MAX_BODY_BYTES = 1024 * 1024
#: Room for the longest text that is taken, escaped or not.
MAX_TEXT_BYTES = 10 * MAX_BODY_BYTES
#: What a form sends around a file.
FRAME_BYTES = 16 * 1024

DESCRIPTION = (
    "特定個人情報保護評価書を様式として読み、出典付きで答えます。公開された評価書だけを使います。"
    "外部には、外部の言語モデルを設定した場合に、質問と根拠の引用だけを送信します。"
)


def create_app(settings: Settings, services: Services | None = None) -> FastAPI:
    """The application for `settings`. `services`, where given, are used as they are and not closed.

    Raises SettingsError where others could reach what is meant for one person at this machine.
    """
    refuse_elsewhere(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opened = None
        if services is None:
            opened = await run_in_threadpool(open_services, settings)
            app.state.services = opened
            app.state.accounts = accounts_in(opened, settings)
        async with tools(app.state.services, settings) as app.state.mcp:
            yield
        await run_in_threadpool(app.state.runs.close)
        if opened is not None:
            await run_in_threadpool(close_services, opened)

    app = FastAPI(
        title="評価書アシスタント",
        description=DESCRIPTION,
        version=own_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_tags=[
            {"name": "質問", "description": "出典付きの回答"},
            {"name": "会話", "description": "残した質問と回答、回答の記録"},
            {"name": "評価書", "description": "収録した評価書、その版・項目・原文"},
            {"name": "指摘", "description": "評価書の食い違い、古い法令の引用、欠落、空欄など"},
            {"name": "起案", "description": "他市の評価書を手本にした様式3の起案、その編集と版"},
            {"name": "住民回答", "description": "住民の問合せへの回答、その承認と記録"},
            {"name": "記録", "description": "様式から読み取った表(委託、提供、変更箇所など)"},
            {"name": "OpenAI 互換", "description": "OpenAI の形で話すプログラムのための入口(docs/clients.md)"},
            {"name": "稼働", "description": "稼働の確認"},
        ],
    )
    app.state.settings = settings
    app.state.services = services
    app.state.accounts = accounts_in(services, settings) if services else None
    app.state.runs = Runs()
    app.state.mcp = None
    app.state.overviews = OverviewCache()
    app.state.findings = FindingsCache()
    add_handlers(app)
    # The last added is the outermost.
    local = settings.auth == "local"
    app.add_middleware(Gate, application=app, local=local, questions_per_minute=settings.questions_per_minute)
    app.add_middleware(UnexpectedFaults)
    app.add_middleware(BodyLimit, max_bytes=MAX_BODY_BYTES, larger=larger_bodies(settings))
    app.add_middleware(SameOrigin)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    for module in (ask, kept, assessments, items, findings, compare, drafts, replies, reply_api, flow, records, health):
        app.include_router(module.router, responses=FAULTS)
    app.include_router(completions.router, responses=OPENAI_FAULTS)
    app.router.routes.append(Route("/mcp", McpEndpoint(), methods=["POST"], include_in_schema=False))
    app.include_router(pages.router, include_in_schema=False)
    app.include_router(compare.pages, include_in_schema=False)
    for pages_of_drafts in (draft_pages, draft_work):
        app.include_router(pages_of_drafts.router, include_in_schema=False)
    for pages_of_replies in (reply_pages, reply_work):
        app.include_router(pages_of_replies.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def larger_bodies(settings: Settings) -> dict[str, int]:
    """Addresses that take a whole assessment → bytes that they take."""
    file = settings.max_file_mb * 2**20 + FRAME_BYTES
    return {"/check": file, "/api/check/file": file, "/api/check": MAX_TEXT_BYTES}


def open_services(settings: Settings) -> Services:
    """Opens the stores and the language model; imported here so that building the application costs little."""
    from rag.answer import Answerer
    from rag.library import Library
    from rag.llm import open_model

    model = open_model(settings)
    library = Library.open(settings)
    answerer = Answerer(
        library, max_question_chars=settings.max_question_chars, model=model, keep=library.conversations.keep
    )
    return Services(library, answerer, model.card if model else None)


def accounts_in(services: Services, settings: Settings) -> Accounts:
    """The accounts in the library's database."""
    limits = Limits(dt.timedelta(minutes=settings.session_idle_min), dt.timedelta(hours=settings.session_hours))
    return Accounts(services.catalog.engine, limits)


def close_services(services: Services) -> None:
    """Closes what `open_services` opened."""
    model = cast("Answerer", services.answerer).model
    if model is not None:
        model.close()
    services.library.close()


def tools(services: Services, settings: Settings) -> AbstractAsyncContextManager[ASGIApp]:
    """What answers at /mcp while the server runs; imported here, for the protocol's SDK takes a while to import."""
    from api.mcp.desk import Desk
    from api.mcp.http import running

    # Where the application runs for good, the library is the real one.
    desk = Desk(cast("Library", services.library), services.answerer)
    return running(desk, settings.host, MAX_BODY_BYTES, settings.public_url)


def own_version() -> str:
    """The installed version, or 0 in a tree that is not installed."""
    try:
        return version("hyoka")
    except PackageNotFoundError:
        return "0"

"""A real Chromium before a real server on loopback, over the invented assessments.

Every page must stay on loopback and leave no error in the console: both are checked after each test.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from api.app import create_app
from api.services import Services
from rag.settings import Settings
from tests.fakes_api import SENTENCES, FakeAnswerer, fake_services
from tests.serving import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="chromium が見つかりません(Debian の chromium を入れてください)")
                )


@dataclass
class Site:
    """The running server."""

    url: str
    app: FastAPI
    services: Services

    @property
    def answerer(self) -> FakeAnswerer:
        """What answers."""
        assert isinstance(self.services.answerer, FakeAnswerer)
        return self.services.answerer


@pytest.fixture(scope="session")
def running() -> Iterator[Site]:
    services = fake_services()
    app = create_app(Settings(), services)
    with serving(app) as url:
        yield Site(url, app, services)


@pytest.fixture
def site(running: Site) -> Iterator[Site]:
    """The server as every test finds it: nothing is kept, and no model words the answers."""
    yield running
    answerer = running.answerer
    answerer.says, answerer.gap_s, answerer.delay_s, answerer.breaks = (), 0.0, 0.0, None
    running.app.state.runs.close()
    running.app.state.services = running.services
    for conversation in running.services.conversations.list(limit=1000):
        running.services.conversations.delete(conversation.id)


@pytest.fixture
def worded(site: Site) -> FakeAnswerer:
    """An answerer whose model says three sentences, half a second after one another."""
    site.answerer.says, site.answerer.gap_s = SENTENCES, 0.5
    return site.answerer


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page did that it should not; `expected` are console messages a test provokes."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()


class OpenPage:
    """Opens pages of one size, with or without JavaScript, and checks them when the test is over."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser = browser
        self.site = site
        self.watch = Watch()
        self.contexts: list[Any] = []

    def __call__(self, path: str = "/", width: int = 1440, height: int = 900, **options: Any) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP", **options)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", self.note_request)
        page.on("console", lambda m: self.watch.errors.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda e: self.watch.errors.append(str(e)))
        page.goto(self.site.url + path)
        return page

    def note_request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.hostname != "127.0.0.1":
            self.watch.outside.append(request.url)

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        assert self.watch.outside == []
        assert [e for e in self.watch.errors if not any(x in e for x in self.watch.expected)] == []


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    opener = OpenPage(browser, site)
    yield opener
    opener.close()

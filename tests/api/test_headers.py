"""Security headers, HEAD, caching, and no address outside."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.app import STATIC
from rag.errors import SettingsError
from tests.api.conftest import MakeClient
from tests.fakes_api import fake_services

PAGES = ["/", "/assessments", "/assessments/青葉野市-7", "/assessments/青葉野市-7?view=records", "/nothing"]


@pytest.mark.parametrize("path", [*PAGES, "/api/assessments", "/static/frame.css", "/api/nothing"])
def test_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"accept": "text/html"}).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", [*PAGES, "/api/assessments", "/static/frame.css", "/healthz"])
def test_head_is_get_without_body(client: TestClient, path: str) -> None:
    got = client.get(path, headers={"accept": "text/html"})
    head = client.head(path, headers={"accept": "text/html"})
    assert head.status_code == got.status_code
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]


def test_caching(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"
    static = client.get("/static/vendor/htmx.min.js")
    assert static.headers["cache-control"] == "no-cache"
    again = client.get("/static/vendor/htmx.min.js", headers={"if-none-match": static.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_from_outside(client: TestClient, path: str) -> None:
    html = client.get(path, headers={"accept": "text/html"}).text
    assert not re.search(r"""(src|href|action)="(https?:)?//""", html)
    assert "<style" not in html
    assert " style=" not in html
    assert not re.search(r"<[^>]*\son\w+=", html)
    assert not re.search(r"<script(?![^>]* src=\"/static/)", html)


def test_style_sheets_load_nothing_from_outside() -> None:
    for sheet in STATIC.rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert "@import" not in text
        assert "url(" not in text


def test_documentation_page_is_off(client: TestClient) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
    assert client.get("/openapi.json").status_code == 200


def test_nobody_else_is_served_without_accounts(make_client: MakeClient) -> None:
    with pytest.raises(SettingsError, match="HYOKA_AUTH=accounts"):
        make_client(fake_services(), host="0.0.0.0")
    assert make_client(fake_services(), host="0.0.0.0", auth="accounts").get("/healthz").status_code == 200

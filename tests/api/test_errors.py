"""Every fault has one shape, whoever waits for the response."""

from __future__ import annotations

import logging

import pytest
from fastapi.testclient import TestClient

from api.app import MAX_BODY_BYTES
from rag.errors import StoreError
from tests.api.conftest import MakeClient
from tests.fakes_api import fake_services


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/api/nothing", None, 404, "not_found"),
        ("GET", "/api/assessments/無い市-1", None, 404, "not_found"),
        ("GET", "/api/assessments/無い市-1/versions", None, 404, "not_found"),
        ("GET", "/api/assessments/青葉野市-7/items/none", None, 404, "not_found"),
        ("GET", "/api/assessments/青葉野市-7?published=1900-01-01", None, 404, "not_found"),
        ("GET", "/api/records/nothing", None, 404, "not_found"),
        ("GET", "/api/ask", None, 405, "method_not_allowed"),
        ("HEAD", "/api/ask", None, 405, None),
        ("POST", "/api/ask", "{", 422, "invalid_request"),
        ("POST", "/api/ask", "{}", 422, "invalid_request"),
        ("POST", "/api/ask", '{"question": "何", "filters": {"cities": []}}', 422, "invalid_request"),
        ("POST", "/api/ask", '{"question": "  "}', 422, "bad_question"),
        ("POST", "/api/ask", '{"question": "' + "長" * 2001 + '"}', 422, "bad_question"),
        ("POST", "/api/ask", '{"question": "爆発"}', 500, "internal"),
        ("POST", "/api/ask", '{"question": "' + "a" * MAX_BODY_BYTES + '"}', 413, "too_large"),
    ],
)
def test_shape(client: TestClient, method: str, path: str, body: str | None, status: int, code: str | None) -> None:
    response = client.request(method, path, content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    if code is None:
        assert response.content == b""
        return
    assert response.headers["content-type"] == "application/json"
    assert set(response.json()) == {"error"}
    error = response.json()["error"]
    assert set(error) == {"code", "message", "detail"}
    assert error["code"] == code
    assert error["message"].endswith("。")


def test_streamed_body_is_limited(client: TestClient) -> None:
    chunks = (b"a" * 65536 for _ in range(40))
    response = client.post("/api/ask", content=chunks, headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


def test_refused_input_is_not_repeated(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "秘密", "filters": {"parts": "秘密"}})
    assert response.status_code == 422
    assert response.json()["error"]["detail"]
    assert "秘密" not in response.text


def test_unexpected_fault_keeps_headers_and_hides_the_question(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        response = client.post("/api/ask", json={"question": "爆発 1234"})
    assert response.headers["content-security-policy"]
    assert "boom" not in response.text
    assert "爆発" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_browser_gets_a_page_and_htmx_a_fragment(client: TestClient) -> None:
    page = client.get("/assessments/無い市-1", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert page.text.startswith("<!DOCTYPE html>")
    assert "無い市-1 は収録していません。" in page.text
    part = client.get("/assessments/無い市-1", headers={"hx-request": "true"})
    assert part.text.lstrip().startswith("<article")


def test_broken_store_is_503(make_client: MakeClient) -> None:
    client = make_client(fake_services(broken=StoreError("目録を開けません。フォルダを確かめてください。")))
    for path in ("/healthz", "/api/assessments"):
        response = client.get(path)
        assert response.status_code == 503
        assert response.json()["error"] == {
            "code": "store_unavailable",
            "message": "目録を開けません。フォルダを確かめてください。",
            "detail": None,
        }
    page = client.get("/", headers={"accept": "text/html"})
    assert page.status_code == 503
    assert "利用できません" in page.text

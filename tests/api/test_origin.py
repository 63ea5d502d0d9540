"""What another site's page makes a browser send is refused; our own pages and programs are served."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

OWN = {"host": "hyoka.example:8300"}

REFUSED = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "http://hyoka.example:8300"},
    {"origin": "http://evil.example"},
    {"origin": "http://hyoka.example"},
    {"origin": "null"},
]
SERVED: list[dict[str, str]] = [
    {},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": "http://hyoka.example:8300"},
    {"origin": "https://hyoka.example:8300"},
]


@pytest.mark.parametrize("headers", REFUSED)
@pytest.mark.parametrize("path", ["/", "/api/ask", "/conversations/x/delete", "/turns/x/feedback", "/nothing"])
def test_another_site_is_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    response = client.post(path, data={"question": "何"}, headers={**OWN, **headers})
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "cross_site"


def test_other_methods_are_refused_too(client: TestClient) -> None:
    for method in ("PATCH", "DELETE", "PUT"):
        assert client.request(method, "/api/conversations/x", headers={**OWN, **REFUSED[0]}).status_code == 403


@pytest.mark.parametrize("headers", SERVED)
def test_own_pages_and_programs_are_served(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/api/ask", json={"question": "何"}, headers={**OWN, **headers}).status_code == 200


def test_reading_is_open(client: TestClient) -> None:
    for headers in REFUSED:
        assert client.get("/", headers={**OWN, **headers}).status_code == 200


def test_a_person_gets_a_page(client: TestClient) -> None:
    page = client.post("/", data={"question": "何"}, headers={**OWN, **REFUSED[0], "accept": "text/html"})
    assert "ほかのサイトのページから送られたため" in page.text
    assert page.text.startswith("<!DOCTYPE html>")

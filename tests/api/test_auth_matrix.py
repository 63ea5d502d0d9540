"""Every route of the application with every role and with nobody: who is let in stands in routes.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth_paths import Paths
from api.auth_table import TABLE
from rag.accounts.who import Role
from rag.settings import Settings
from tests.api.accounts_app import Office, running_office
from tests.api.conftest import MakeClient
from tests.fakes_api import fake_services

LINES = (Path(__file__).parent / "routes.txt").read_text("utf-8").splitlines()
EXPECTED = {line.partition(" ")[2]: line.partition(" ")[0] for line in LINES if not line.startswith("#")}
RANKS = ["誰でも", "閲覧", "起案", "承認", "管理"]
PROGRAMS = ("/v1/", "/mcp")


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with running_office(questions_per_minute=10_000) as office:
        yield office


def place(address: str) -> str:
    """An address with ids that are nothing's."""
    return re.sub(r"\{[^}]+\}", "0" * 16, address)


def may(role: Role | None, least: str) -> bool:
    return RANKS.index(least) <= (list(Role).index(role) + 1 if role else 0)


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    routes = Paths(create_app(Settings(), fake_services()).routes).addresses
    assert sorted(routes) == sorted(TABLE) == sorted(EXPECTED)
    assert len(routes) == len(set(routes))


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "nobody")
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_who_is_let_in(office: Office, name: str, role: Role | None) -> None:
    method, _, address = name.partition(" ")
    if address in ("/login", "/links/{secret}"):
        office.app.middleware_stack = None  # counts of attempts begin anew
    if role and address.startswith(PROGRAMS):
        client = office.program(role.value)
    else:
        client = office.browser(role.value if role else "")
    response = client.request(method, place(address))
    if may(role, EXPECTED[name]):
        assert response.status_code not in (401, 403) or address == "/login"
        assert "以上の役割が必要" not in response.text
    elif role is None:
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
    else:
        assert response.status_code == 403
        assert "以上の役割が必要" in response.text


@pytest.mark.parametrize("role", list(Role))
def test_a_token_may_what_its_owner_may_and_opens_no_page(office: Office, role: Role) -> None:
    program = office.program(role.value)
    for name, least in EXPECTED.items():
        method, _, address = name.partition(" ")
        if least == "誰でも" or address == "/mcp":
            continue
        response = program.request(method, place(address))
        if not address.startswith(("/api/", "/v1/", "/openapi.json")):
            assert response.status_code == 401, name
        elif may(role, least):
            assert response.status_code not in (401, 403), name
        else:
            assert response.status_code == 403, name


def test_nobody_is_led_to_the_page_for_signing_in(office: Office) -> None:
    browser = office.browser(accept="text/html")
    for name, least in EXPECTED.items():
        method, _, address = name.partition(" ")
        if method != "GET" or least == "誰でも" or address.startswith(("/api", "/v1", "/openapi.json")):
            continue
        response = browser.get(place(address))
        assert response.status_code == 303, name
        assert response.headers["location"].startswith("/login"), name
    assert browser.get("/nothing/here?x=1").headers["location"] == "/login?next=%2Fnothing%2Fhere%3Fx%3D1"
    assert browser.get("/", headers={"hx-request": "true"}).headers["hx-redirect"] == "/login"


def test_unknown_addresses_and_methods_tell_nobody_anything(office: Office) -> None:
    for path in ("/nothing", "/api/nothing", "/admin/", "/static/../admin", "/docs", "/redoc"):
        assert office.browser().get(path).status_code in (401, 404)
    assert office.browser().delete("/").status_code == 401
    assert office.browser("viewer").delete("/").status_code == 405
    assert office.browser("viewer").get("/nothing").status_code == 404


def test_style_sheets_are_there_for_everybody(office: Office) -> None:
    assert office.browser().get("/static/admin.css").status_code == 200
    assert office.browser().get("/healthz").json()["accounts"] is True


@pytest.mark.parametrize("auth", ["local", "accounts"])
def test_a_route_that_no_rule_names_is_refused_to_everybody(auth: str) -> None:
    app = create_app(Settings(auth=auth), fake_services())  # type: ignore[arg-type]
    app.add_api_route("/forgotten", lambda: "secret", methods=["GET"])
    response = TestClient(app, raise_server_exceptions=False).get("/forgotten")
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "undecided"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/conversations/a/export", "GET /conversations/{id}/export"),
        ("/assessments/x/items/II.4/a/b", "GET /assessments/{document}/items/{key:path}"),
        ("/api/assessments/x/items", "GET /api/assessments/{document}/items"),
        ("/drafts/new", "GET /drafts/new"),
    ],
)
def test_the_gate_finds_the_route_that_answers(path: str, address: str) -> None:
    app = create_app(Settings(), fake_services())
    found = Paths(app.routes).find("GET", path)
    assert found.rule is TABLE[found.address]
    assert address == found.address


def test_locally_everything_is_open_to_the_one_person(make_client: MakeClient) -> None:
    client = make_client(fake_services())
    for path in ("/", "/admin", "/admin/log", "/admin/state", "/account", "/drafts", "/feedback"):
        assert client.get(path).status_code == 200, path
    assert "このパソコンだけで使う設定です" in client.get("/account").text
    assert "このパソコンだけで使う設定です" in client.get("/admin").text
    assert client.post("/admin/people", data={"name": "x1"}).status_code == 403
    assert client.post("/account/keys", data={"name": "x"}).status_code == 403
    assert client.get("/healthz").json()["accounts"] is False
    assert client.get("/login", follow_redirects=False).headers["location"] == "/"

"""Signing in over HTTP: cookies, fixation, limits of time and pace, other sites, where one is led, what is logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import auth
from api.auth_cookie import PLAIN, SECURE
from api.auth_limits import KNOCKS_PER_MINUTE
from api.auth_next import local
from rag.accounts import lockout
from rag.accounts.audit import Sought
from rag.accounts.who import TERMINAL
from tests.api.accounts_app import Office, running_office
from tests.fakes_accounts import OTHER_PASSWORD, PASSWORD

WRONG = "これは違う合言葉のはずです"
QUESTION = "青葉野市の給食費の委託先を教えてください"


@pytest.fixture
def office() -> Iterator[Office]:
    with running_office() as office:
        yield office


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    return client.post("/login", data={"name": name, "password": password}).status_code


def holding(office: Office, secret: str) -> TestClient:
    """A browser with the cookie of somebody's session."""
    browser = office.browser()
    browser.cookies.set(PLAIN, secret)
    return browser


# -- the cookie ---------------------------------------------------------------------------------------------------


def test_the_cookie_is_for_this_host_and_unseen_by_scripts(office: Office) -> None:
    response = office.browser().post("/login", data={"name": "viewer", "password": PASSWORD})
    assert (response.status_code, response.headers["location"]) == (303, "/")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith(f"{PLAIN}=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "Max-Age" not in cookie


def test_behind_https_the_cookie_is_secure_and_another_does_not_count(office: Office) -> None:
    browser = TestClient(
        office.app, base_url="https://testserver", headers={"origin": "https://testserver"}, follow_redirects=False
    )
    cookie = browser.post("/login", data={"name": "viewer", "password": PASSWORD}).headers["set-cookie"]
    assert cookie.startswith(f"{SECURE}=")
    assert "Secure" in cookie
    secret = cookie.partition("=")[2].partition(";")[0]
    for name, status in ((PLAIN, 401), (SECURE, 200)):
        browser.cookies.clear()
        browser.cookies.set(name, secret)
        assert browser.get("/account").status_code == status


def test_a_session_that_was_planted_is_not_taken_over(office: Office) -> None:
    browser = office.browser()
    browser.cookies.set(PLAIN, "planted-by-somebody")
    response = browser.post("/login", data={"name": "viewer", "password": PASSWORD})
    assert "planted-by-somebody" not in response.headers["set-cookie"]
    assert holding(office, "planted-by-somebody").get("/account").status_code == 401


def test_signing_in_as_another_ends_the_session_of_the_browser(office: Office) -> None:
    browser = office.browser("viewer")
    former = browser.cookies[PLAIN]
    browser.post("/login", data={"name": "drafter", "password": PASSWORD})
    assert holding(office, former).get("/account").status_code == 401
    assert "drafterさん" in browser.get("/account").text


def test_signing_out_ends_the_session_on_the_server(office: Office) -> None:
    browser = office.browser("viewer")
    secret = browser.cookies[PLAIN]
    response = browser.post("/logout")
    assert response.headers["location"] == "/login"
    assert 'hyoka_session=""' in response.headers["set-cookie"]
    assert holding(office, secret).get("/account").status_code == 401


# -- time ---------------------------------------------------------------------------------------------------------


def test_idle_and_absolute_limits(office: Office) -> None:
    idle, busy = office.browser("viewer"), office.browser("viewer")
    for _ in range(16):
        assert busy.get("/").status_code == 200
        office.clock.pass_by(minutes=29)
    assert idle.get("/").status_code == 401
    assert busy.get("/").status_code == 200
    office.clock.pass_by(minutes=17)
    assert busy.get("/").status_code == 401


def test_a_token_ends_by_hand_and_by_the_clock(office: Office) -> None:
    program, browser = office.program("viewer"), office.browser("viewer")
    assert program.get("/api/assessments").status_code == 200
    (key,) = office.accounts.keys_of(office.people["viewer"].id)
    assert browser.post(f"/account/keys/{key.id}/revoke").status_code == 303
    assert program.get("/api/assessments").status_code == 401
    late = office.program("viewer")
    office.clock.pass_by(days=31)
    assert late.get("/api/assessments").status_code == 401


def test_a_disabled_person_is_out_at_once(office: Office) -> None:
    browser, program, head = office.browser("drafter"), office.program("drafter"), office.browser("administrator")
    id = office.people["drafter"].id
    assert head.post(f"/admin/people/{id}/disable").status_code == 303
    assert browser.get("/").status_code == 401
    assert program.get("/api/assessments").status_code == 401
    assert sign_in(office.browser(), "drafter") == 401


def test_another_role_counts_with_the_next_request(office: Office) -> None:
    browser, head = office.browser("drafter"), office.browser("administrator")
    assert browser.get("/drafts").status_code == 200
    head.post(f"/admin/people/{office.people['drafter'].id}/role", data={"role": "viewer"})
    assert browser.get("/drafts").status_code == 403


def test_a_password_that_must_change_comes_first(office: Office) -> None:
    browser, program = office.browser("viewer", accept="text/html"), office.program("viewer")
    office.accounts.demand_change(TERMINAL, office.people["viewer"].id)
    assert browser.get("/").headers["location"] == "/account"
    assert browser.post("/", data={"question": QUESTION}).status_code == 403
    assert program.get("/api/assessments").status_code == 403
    assert "先に新しいパスワード" in browser.get("/account").text
    form = {"old": PASSWORD, "password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    assert browser.post("/account/password", data=form).status_code == 303
    assert browser.get("/").status_code == 200


# -- guessing -----------------------------------------------------------------------------------------------------


def test_guessing_is_locked_and_tells_nothing(office: Office) -> None:
    browser = office.browser()
    told = {}
    for name in ("viewer", "nobody"):
        answers = [browser.post("/login", data={"name": name, "password": WRONG}) for _ in range(lockout.FREE + 1)]
        told[name] = [(answer.status_code, answer.text) for answer in answers]
    assert told["viewer"] == told["nobody"]
    assert [status for status, _ in told["viewer"]] == [401] * lockout.FREE + [429]
    assert browser.post("/login", data={"name": "viewer", "password": PASSWORD}).status_code == 429
    office.clock.now += lockout.FIRST
    assert browser.post("/login", data={"name": "viewer", "password": PASSWORD}).status_code == 303


def test_attempts_from_one_address_are_limited(office: Office) -> None:
    browser = office.browser()
    statuses = [browser.post("/login", data={"name": f"n{n}", "password": WRONG}).status_code for n in range(22)]
    assert statuses == [401] * KNOCKS_PER_MINUTE + [429] * 2
    assert browser.get("/links/abc").status_code == 429
    assert browser.get("/links/abc").headers["retry-after"] == "60"
    assert office.browser("viewer").get("/").status_code == 200


def test_questions_are_limited_for_each_person() -> None:
    with running_office(questions_per_minute=3) as office:
        browser, program, other = office.browser("viewer"), office.program("viewer"), office.browser("other")
        for ask in (
            lambda: browser.post("/", data={"question": QUESTION}),
            lambda: program.post("/api/ask", json={"question": QUESTION}),
            lambda: program.post(
                "/v1/chat/completions", json={"model": "hyoka", "messages": [{"role": "user", "content": "何"}]}
            ),
        ):
            assert ask().status_code in (200, 303)
        assert browser.post("/", data={"question": QUESTION}).status_code == 429
        assert program.post("/api/ask", json={"question": QUESTION}).status_code == 429
        assert other.post("/", data={"question": QUESTION}).status_code == 303


# -- other sites --------------------------------------------------------------------------------------------------

FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": ""},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/logout", "/", "/account/keys", "/admin/people", "/api/conversations", "/drafts"])
def test_another_site_changes_nothing_with_the_cookie(office: Office, path: str, headers: dict[str, str]) -> None:
    response = office.browser("administrator").post(path, headers=headers)
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "cross_site"


def test_with_a_cookie_silence_about_the_site_is_refused(office: Office) -> None:
    browser = office.browser("administrator")
    del browser.headers["origin"]
    assert browser.post("/admin/people", data={"name": "x1"}).json()["error"]["code"] == "cross_site"
    assert (
        browser.post("/admin/people", data={"name": "x1"}, headers={"sec-fetch-site": "same-origin"}).status_code == 200
    )
    assert office.program("viewer").post("/api/conversations", json={"title": "x"}).status_code == 201


@pytest.mark.parametrize("headers", FOREIGN[:4])
def test_another_site_signs_nobody_in(office: Office, headers: dict[str, str]) -> None:
    form = {"name": "viewer", "password": PASSWORD}
    response = office.browser().post("/login", data=form, headers=headers)
    assert response.status_code == 403
    assert "set-cookie" not in response.headers


def test_nothing_changes_by_opening_an_address(office: Office) -> None:
    browser = office.browser("administrator")
    for path in ("/logout", "/account/keys", f"/admin/people/{office.people['viewer'].id}/disable"):
        assert browser.get(path).status_code == 405
    assert browser.get("/").status_code == 200


def test_a_page_that_points_its_name_here_is_refused_locally() -> None:
    scope = {"type": "http", "server": ("127.0.0.1", 8300), "path": "/", "method": "GET", "query_string": b""}
    for host, own in (
        (b"127.0.0.1:8300", True),
        (b"localhost:8300", True),
        (b"[::1]:8300", True),
        (b"evil.example:8300", False),
        (b"127.0.0.1.evil.example", False),
    ):
        assert auth.is_named_rightly(auth.Request({**scope, "headers": [(b"host", host)]})) is own, host


# -- where one is led ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:x=1\r\n",
        "javascript:alert(1)",
        "evil.example",
        "///evil.example",
        "/login",
        "/logout",
        "/links/abc",
        "",
        " /",
        "/" + "x" * 3000,
    ],
)
def test_nobody_is_led_elsewhere(office: Office, place: str) -> None:
    assert local(place) == "/"
    form = {"name": "viewer", "password": PASSWORD, "next": place[:1000]}
    response = office.browser().post("/login", data=form)
    assert len(place) > 1000 or response.headers["location"] == "/"
    assert office.browser("viewer").get("/login", params={"next": place}).headers["location"] == "/"


@pytest.mark.parametrize("place", ["/drafts", "/assessments/%E5%B7%9D%E5%8F%A3-22?view=items#x", "/conversations?q=a"])
def test_one_is_led_to_what_was_asked_for(office: Office, place: str) -> None:
    form = {"name": "viewer", "password": PASSWORD, "next": place}
    assert office.browser().post("/login", data=form).headers["location"] == place


def test_an_address_in_japanese_is_led_back_to(office: Office) -> None:
    browser = office.browser(accept="text/html")
    login = browser.get("/assessments/青葉野市-7?view=records").headers["location"]
    page = browser.get(login).text
    assert 'value="/assessments/%E9%9D%92%E8%91%89%E9%87%8E%E5%B8%82-7?view=records"' in page


# -- links --------------------------------------------------------------------------------------------------------


def test_a_person_is_added_and_sets_the_password(office: Office) -> None:
    head = office.browser("administrator")
    page = head.post("/admin/people", data={"name": "kato", "display": "<b>加藤</b>", "role": "承認"}).text
    assert "&lt;b&gt;加藤&lt;/b&gt;" in page
    link = page.partition("http://testserver/links/")[2].partition("<")[0]
    browser = office.browser()
    assert "パスワードを決める" in browser.get(f"/links/{link}").text
    assert browser.post(f"/links/{link}", data={"password": "短い", "again": "短い"}).status_code == 422
    form = {"password": PASSWORD, "again": PASSWORD}
    assert browser.post(f"/links/{link}", data=form).status_code == 303
    assert browser.get("/account").status_code == 200
    assert office.browser().post(f"/links/{link}", data=form).status_code == 404
    assert office.browser().get(f"/links/{link}").status_code == 404


def test_a_refused_person_keeps_the_form(office: Office) -> None:
    head = office.browser("administrator")
    response = head.post("/admin/people", data={"name": "だめ", "display": "加藤", "role": "approver"})
    assert response.status_code == 422
    assert 'value="加藤"' in response.text
    assert "利用者名は、半角の" in response.text


def test_the_last_administrator_stays(office: Office) -> None:
    head = office.browser("administrator")
    id = office.people["administrator"].id
    for deed in ("disable", "reset"):
        response = head.post(f"/admin/people/{id}/{deed}")
        assert response.status_code == 403
        assert "ほかにいない" in response.text


# -- what is written down -----------------------------------------------------------------------------------------


def test_deeds_are_written_down_and_reading_is_not(office: Office) -> None:
    browser = office.browser("viewer")
    browser.post("/", data={"question": QUESTION})
    made = browser.post("/api/conversations", json={"title": "会議の前に"}).json()["id"]
    browser.get(f"/conversations/{made}")
    browser.post(f"/conversations/{made}/share")
    browser.post(f"/conversations/{'0' * 16}/delete")
    browser.post("/admin/people", data={"name": "x1"})
    own = office.accounts.entries(Sought(who=office.people["viewer"].id))
    assert [(entry.what, entry.object) for entry in own][:3] == [
        ("conversation.share", made),
        ("conversation.start", ""),
        ("ask", ""),
    ]
    assert not any(entry.what in ("conversation.delete", "user_added") for entry in own)


def test_neither_log_nor_page_holds_secrets_or_questions(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    browser, head = office.browser("viewer"), office.browser("administrator")
    key = office.accounts.make_key(office.people["viewer"], "試験", 30)
    held = [PASSWORD, WRONG, key, browser.cookies[PLAIN], head.cookies[PLAIN], QUESTION]
    sign_in(browser, "viewer", WRONG)
    sign_in(browser, WRONG, PASSWORD)
    browser.post("/", data={"question": QUESTION})
    browser.post("/", data={"question": QUESTION + "爆発"})
    TestClient(office.app).get("/api/assessments", headers={"authorization": f"Bearer {key}x"})
    head.post(f"/admin/people/{office.people['other'].id}/reset")
    folder = Path(str(office.app.state.services.catalog.engine.url.database)).parent
    logged = caplog.text + "".join(str(entry) for entry in office.accounts.entries(Sought(), 10_000))
    pages = "".join(head.get(path).text for path in ("/admin", "/admin/log", "/admin/state", "/account"))
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in held:
        assert secret not in logged, secret
        assert secret not in pages
        assert secret == QUESTION or secret.encode() not in kept


def test_settings_are_shown_without_keys_and_passwords() -> None:
    settings = {"llm_api_key": "geheim-1", "database_url": "postgresql+psycopg://u:geheim2@db/h", "port": 8400}
    with running_office(**settings) as office:
        page = office.browser("administrator").get("/admin/state").text
    assert "HYOKA_LLM_API_KEY" in page
    assert "(設定済み、表示しない)" in page
    assert "8400" in page
    assert "geheim" not in page


def test_the_log_is_filtered(office: Office) -> None:
    head = office.browser("administrator")
    id = office.people["viewer"].id
    head.post(f"/admin/people/{id}/role", data={"role": "承認"})
    assert "閲覧 → 承認" in head.get("/admin/log", params={"what": "role_changed", "object": id}).text
    assert "当てはまる記録はありません" in head.get("/admin/log", params={"who": id, "what": "role_changed"}).text
    assert "当てはまる記録はありません" in head.get("/admin/log", params={"until": "2001-01-01"}).text
    assert "役割を変更" in head.get("/admin/log", params={"since": "2001-01-01", "until": "kein Tag"}).text

"""Accounts in a browser: the first link, signing in, asking by htmx with a session, sharing, being let in no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.accounts.who import Role
from tests.api.accounts_app import Office, office_of
from tests.browser.conftest import OpenPage, Site
from tests.browser.test_accessibility import AXE, violations
from tests.fakes_accounts import OTHER_PASSWORD, PASSWORD
from tests.serving import serving


@pytest.fixture
def office() -> Office:
    return office_of()


@pytest.fixture
def open_page(browser: Browser, office: Office) -> Iterator[OpenPage]:
    with serving(office.app) as url:
        opener = OpenPage(browser, Site(url, office.app, office.app.state.services))
        opener.watch.expected = ("401", "403", "404", "422")
        yield opener
        opener.close()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.fill("#name", name)
    page.fill("#password", password)
    page.get_by_role("button", name="サインイン").click()


def test_one_is_led_back_to_what_was_asked_for(open_page: OpenPage) -> None:
    page = open_page("/assessments")
    expect(page.locator("h1")).to_have_text("サインイン")
    sign_in(page, "viewer", "これは違う合言葉です")
    expect(page.get_by_role("alert")).to_contain_text("利用者名かパスワードが違います")
    sign_in(page, "viewer")
    expect(page.locator("h1")).to_have_text("評価書")
    expect(page.locator(".me")).to_contain_text("viewerさん")
    expect(page.get_by_role("link", name="管理", exact=True)).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_conversation_is_shared(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/", java_script_enabled=javascript)
    sign_in(page, "drafter")
    page.fill("#question", "青葉野市の委託先は？")
    page.get_by_role("button", name="質問する").click()
    expect(page.locator(".reply").first).to_be_visible()
    page.goto(open_page.site.url + "/conversations")
    page.get_by_role("button", name="共有", exact=True).click()
    expect(page.get_by_role("button", name="共有をやめる")).to_be_visible()
    other = open_page(page.url.removeprefix(open_page.site.url).partition("#")[0])
    sign_in(other, "approver")
    expect(other.get_by_text("ほかの人が共有した会話です")).to_be_visible()
    expect(other.locator("#question")).to_be_hidden()


def test_people_are_added_and_let_in_no_more(open_page: OpenPage) -> None:
    page = open_page("/admin")
    sign_in(page, "administrator")
    page.fill("#name", "kato")
    page.fill("#display", "加藤")
    page.select_option("#role", "approver")
    page.get_by_role("button", name="加える").click()
    link = page.locator(".secret").inner_text()
    guest = open_page(link.removeprefix(open_page.site.url))
    guest.fill("#password", OTHER_PASSWORD)
    guest.fill("#again", OTHER_PASSWORD)
    guest.get_by_role("button", name="決めてサインイン").click()
    expect(guest.locator(".me")).to_contain_text("加藤")
    page.get_by_role("button", name="無効にする").click()
    expect(page.get_by_role("button", name="有効に戻す")).to_be_visible()
    guest.fill("#question", "委託先は？")
    guest.press("#question", "Enter")
    expect(guest.locator("h1")).to_have_text("サインイン")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core がありません(npm ci を実行してください)")
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_pages_are_accessible(open_page: OpenPage, office: Office, width: int, height: int) -> None:
    page = open_page("/login", width, height)
    assert violations(page) == []
    sign_in(page, "administrator")
    person = office.people[Role.VIEWER.value].id
    for path in (
        "/account",
        "/admin",
        f"/admin/people/{person}",
        "/admin/state",
        "/admin/log",
        "/feedback",
        "/nothing",
    ):
        page.goto(open_page.site.url + path)
        assert violations(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path

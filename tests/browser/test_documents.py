"""The page 評価書 in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

DOCUMENT = "/assessments/青葉野市-7"
PAGES = ["/assessments", DOCUMENT, f"{DOCUMENT}?view=records", f"{DOCUMENT}?view=changes", f"{DOCUMENT}?view=source"]


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_list_to_a_place(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/assessments", java_script_enabled=javascript)
    page.get_by_role("link", name="青葉野市 給食費の管理に関する事務").click()
    expect(page.locator("h1")).to_contain_text("給食費の管理に関する事務")
    page.get_by_role("navigation", name="目次").get_by_role(
        "link", name="4 特定個人情報ファイルの取扱いの委託"
    ).first.click()
    expect(page.get_by_role("heading", name="委託事項1 口座振替データの作成")).to_be_in_viewport()
    page.get_by_role("link", name="変更履歴 1").click()
    expect(page.locator("td ins").first).to_be_visible()
    page.locator("td a.cell").first.click()
    expect(page.locator(".place-title")).to_have_text("変更1")


def test_search_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/assessments", java_script_enabled=False)
    page.fill("#q", "図書館")
    page.get_by_role("button", name="さがす").click()
    expect(page.locator("tbody tr")).to_have_count(1)


@pytest.mark.parametrize("path", PAGES)
def test_phone_width(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_what_is_told_of_a_document_stands_beside_it_whole(open_page: OpenPage) -> None:
    page = open_page(DOCUMENT)
    told = page.locator("dl.document-facts")
    right = told.evaluate("e => e.getBoundingClientRect().right")
    values = told.locator("dd").evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert len(values) >= 4
    assert max(values) <= right
    tops = told.locator("dt").evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    assert len(set(tops)) == len(values), "each on a line of its own"

"""Findings in a browser: from the list to a place, dismissed and taken back, and a file of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag.checks.dismissals import Dismissals
from tests.browser.conftest import OpenPage, Site
from tests.browser.test_accessibility import AXE, violations

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "川崎市-14.txt"
DOCUMENT = "/assessments/青葉野市-7"
FINDINGS = f"{DOCUMENT}?view=findings"
WIDTHS = pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
JAVASCRIPT = pytest.mark.parametrize("javascript", [True, False])


@pytest.fixture(autouse=True)
def nothing_dismissed(site: Site) -> Iterator[None]:
    """Every test finds all findings standing."""
    yield
    kept = Dismissals(site.services.catalog.engine)
    for key in kept.all():
        kept.restore(key)


def test_the_list_counts_what_nobody_has_looked_at_yet(open_page: OpenPage) -> None:
    page = open_page("/assessments")
    row = page.get_by_role("row", name="給食費の管理に関する事務")
    expect(row.locator(".tally")).to_contain_text("要修正 1")
    row.locator(".tally").click()
    expect(page.get_by_role("link", name="指摘 3")).to_have_attribute("aria-current", "page")


@JAVASCRIPT
def test_from_an_item_to_its_finding_and_back(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(DOCUMENT, java_script_enabled=javascript)
    page.get_by_role("link", name=re.compile("要確認.*の指摘を見る")).last.click()
    finding = page.locator(".finding:target")
    expect(finding).to_be_in_viewport()
    finding.get_by_role("link", name="Ⅱ.4 委託事項2 ③").click()
    expect(page.locator(".place-title")).to_contain_text("委託事項2")


@JAVASCRIPT
@WIDTHS
def test_dismissed_with_a_reason_and_taken_back(open_page: OpenPage, javascript: bool, width: int, height: int) -> None:
    page = open_page(FINDINGS, width, height, java_script_enabled=javascript)
    first = page.locator(".severity-group .finding").first
    first.locator("summary").click()
    first.get_by_label("直さなくてよい理由").fill("抄録のため")
    first.get_by_role("button", name="理由を残して却下する").click()
    expect(page.locator("#findings-count")).to_have_text("2")
    expect(page.locator(".severity-group .finding")).to_have_count(2)
    if javascript:
        expect(page.get_by_role("status")).to_contain_text("却下しました")
        expect(page.get_by_role("status")).to_be_focused()
        expect(page.get_by_role("status")).to_be_in_viewport()
        expect(page.locator("#findings-contents a").last).to_contain_text("却下した指摘")
    else:
        page.locator(".dismissed > summary").click()
    expect(page.locator(".dismissed .reason")).to_have_text("抄録のため")
    page.get_by_role("button", name="取り消す").click()
    expect(page.locator("#findings-count")).to_have_text("3")
    expect(page.locator(".dismissed")).to_have_count(0)


@JAVASCRIPT
def test_a_reason_that_is_not_kept_stays_in_the_form(open_page: OpenPage, javascript: bool) -> None:
    open_page.watch.expected = ("422",)
    page = open_page(FINDINGS, java_script_enabled=javascript)
    first = page.locator(".severity-group .finding").first
    first.locator("summary").click()
    first.get_by_label("直さなくてよい理由").fill("個人番号は123456789012")
    first.get_by_role("button", name="理由を残して却下する").click()
    expect(page.get_by_role("alert")).to_contain_text("個人番号とみられる数字")
    expect(page.locator("textarea").first).to_have_value("個人番号は123456789012")
    if javascript:
        expect(page.locator("textarea").first).to_be_focused()
    expect(page.locator(".finding")).to_have_count(3 if javascript else 1)


def test_a_reason_never_runs(open_page: OpenPage) -> None:
    page = open_page(FINDINGS)
    first = page.locator(".severity-group .finding").first
    first.locator("summary").click()
    first.get_by_label("直さなくてよい理由").fill("<img src=x onerror=\"document.title='!'\">")
    first.get_by_role("button", name="理由を残して却下する").click()
    expect(page.locator(".dismissed .reason")).to_contain_text("<img src=x")
    assert page.locator(".dismissed img").count() == 0
    assert page.title() != "!"


@JAVASCRIPT
@WIDTHS
def test_own_file(open_page: OpenPage, javascript: bool, width: int, height: int) -> None:
    page = open_page("/assessments", width, height, java_script_enabled=javascript)
    page.get_by_role("link", name="手元の評価書を調べる").click()
    page.get_by_label("評価書のファイル").set_input_files(SAMPLE)
    page.get_by_role("button", name="調べる").click()
    expect(page.get_by_role("heading", name="市営住宅等管理事務")).to_be_visible()
    expect(page.locator(".finding").first).to_contain_text("要修正")
    expect(page.get_by_text("却下する")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_own_file_of_another_kind(open_page: OpenPage, tmp_path: Path) -> None:
    open_page.watch.expected = ("422",)
    letter = tmp_path / "手紙.txt"
    letter.write_bytes("拝啓 春の候。".encode("cp932"))
    page = open_page("/check")
    page.get_by_label("評価書のファイル").set_input_files(letter)
    page.get_by_role("button", name="調べる").click()
    expect(page.get_by_role("alert")).to_contain_text("手紙.txt")


@WIDTHS
def test_nothing_is_wider_than_the_window(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page(FINDINGS, width, height)
    page.locator(".dismissing summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.skipif(not AXE.exists(), reason="axe-core がありません(npm ci を実行してください)")
@WIDTHS
@pytest.mark.parametrize("path", [FINDINGS, "/check"])
def test_accessible(open_page: OpenPage, path: str, width: int, height: int) -> None:
    page = open_page(path, width, height)
    if path == FINDINGS:
        page.locator(".dismissing summary").first.click()
    assert violations(page) == []

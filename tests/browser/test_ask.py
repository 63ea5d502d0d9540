"""The page 質問 in a browser: with and without JavaScript, by keyboard, on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site
from tests.fakes_api import CONTRACTOR, OTHER


def ask(page: Page, question: str) -> None:
    page.fill("#question", question)
    page.press("#question", "Enter")
    expect(page.locator(".turn:not(.pending) .asked").last).to_have_text(question)


def test_ask_and_open_the_source_beside_the_answer(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "委託先は？")
    expect(page.locator(".welcome")).to_be_hidden()
    expect(page.locator(".verified")).to_contain_text("引用2件を原文と照合済み")
    expect(page.locator(".checked")).to_contain_text("該当 1件 / 収録 2件")
    expect(page.locator(".warning")).to_contain_text("記載の食い違い")
    chip = page.locator(".said a.chip").first
    chip.click()
    expect(page.locator("#source mark")).to_have_text(CONTRACTOR)
    expect(page.locator("#source .place-title")).to_be_focused()
    expect(chip).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("/conversations/[0-9a-f]{16}$"))
    page.get_by_role("link", name="閉じる").click()
    expect(page.locator("#source .place")).to_have_count(0)
    expect(chip).to_be_focused()


def test_earlier_turns_stay(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "一つ目")
    ask(page, "二つ目")
    expect(page.locator(".asked")).to_have_text(["一つ目", "二つ目"])
    page.locator(".suggestions:visible .suggest").first.click()
    expect(page.locator(".asked")).to_have_text(["一つ目", "二つ目", "再委託の有無は？"])
    expect(page.locator(".suggestions:visible")).to_have_count(1)


def test_neighbours_in_the_pane(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "委託先は？")
    page.locator(".said a.chip").first.click()
    expect(page.locator("#source .place-title")).to_have_text("委託事項1 口座振替データの作成")
    page.locator("#source a[rel=next]").click()
    expect(page.locator("#source .place-title")).to_have_text("委託事項2 システムの保守")
    expect(page.locator("#source")).to_contain_text("読取不可(原本確認)")


def test_shift_enter_makes_a_line(open_page: OpenPage) -> None:
    page = open_page()
    page.fill("#question", "一行目")
    page.press("#question", "Shift+Enter")
    page.keyboard.type("二行目")
    expect(page.locator("#question")).to_have_value("一行目\n二行目")
    expect(page.locator(".turn")).to_have_count(0)


def test_filters_narrow_the_question(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    page.get_by_label(re.compile(OTHER.municipality)).first.check()
    ask(page, "絞って")
    question, filters = site.answerer.asked[-1]
    assert (question, filters.municipalities) == ("絞って", (OTHER.municipality,))


def test_question_is_shown_while_it_is_answered(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    site.answerer.delay_s = 1.0
    page.fill("#question", "待つ質問")
    page.press("#question", "Enter")
    expect(page.locator(".turn.pending .asked")).to_have_text("待つ質問")
    expect(page.locator(".turn.pending .waiting")).to_be_visible()
    before = page.locator(".turn .asked").bounding_box()
    expect(page.locator(".turn .reply")).to_be_visible()
    expect(page.locator(".turn.pending")).to_have_count(0)
    assert page.locator(".turn .asked").bounding_box() == before


def test_refused_question_comes_back(open_page: OpenPage) -> None:
    open_page.watch.expected = ("422",)
    page = open_page()
    page.evaluate("document.getElementById('question').removeAttribute('maxlength')")
    page.fill("#question", "長" * 2001)
    page.press("#question", "Enter")
    expect(page.locator(".reply")).to_contain_text("質問が長すぎます")
    expect(page.locator("#question")).to_have_value("長" * 2001)


def test_lost_connection_is_said(open_page: OpenPage) -> None:
    open_page.watch.expected = ("htmx:error", "net::ERR")
    page = open_page()
    page.route("**/*", lambda route: route.abort())
    page.fill("#question", "届かない")
    page.press("#question", "Enter")
    expect(page.locator(".reply")).to_contain_text("サーバーから応答がありません")
    expect(page.locator("#question")).to_have_value("届かない")


def test_copy_with_sources(open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "委託先は？")
    page.get_by_role("button", name="出典付きでコピー").click()
    expect(page.get_by_role("button", name="コピーしました")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "質問: 委託先は？" in text
    assert f"「{CONTRACTOR}」(令和7年4月1日公表)" in text


def test_rows_as_csv(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "委託先は？")
    with page.expect_download() as download:
        page.get_by_role("link", name="表をCSVで保存").click()
    assert download.value.suggested_filename == "回答.csv"


def test_keyboard_only(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.locator("#question").focus()
    page.keyboard.type("委託先は？")
    page.keyboard.press("Enter")
    expect(page.locator(".reply")).to_be_visible()
    expect(page.locator("#question")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.said a.chip')"):
            break
    chip = page.locator(".said a.chip").first
    expect(chip).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#source .place-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


def test_without_javascript(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.fill("#question", "一つ目")
    page.get_by_role("button", name="質問する").click()
    expect(page.locator(".asked")).to_have_text(["一つ目"])
    page.fill("#question", "二つ目")
    page.get_by_role("button", name="質問する").click()
    expect(page.locator(".asked")).to_have_text(["一つ目", "二つ目"])
    assert "?" not in page.url
    page.locator(".turn").last.get_by_text("出典付きの文(コピー用)").click()
    expect(page.locator(".turn").last.locator(".plain textarea")).to_have_value(re.compile(CONTRACTOR))
    with page.context.expect_page() as opened:
        page.locator(".turn").last.locator(".said a.chip").first.click()
    expect(opened.value.locator("mark")).to_have_text(CONTRACTOR)
    opened.value.get_by_role("link", name="文書の中で見る").click()
    expect(opened.value.locator("h1")).to_contain_text("給食費の管理に関する事務")


def test_phone(open_page: OpenPage) -> None:
    page = open_page(width=390, height=844, has_touch=True)
    ask(page, "委託先は？")
    assert overflow(page) <= 0
    page.locator(".said a.chip").first.click()
    pane = page.locator("#source")
    expect(pane).to_have_attribute("role", "dialog")
    expect(pane.locator("mark")).to_be_in_viewport()
    assert page.locator(".work").evaluate("e => e.inert")
    assert overflow(page) <= 0
    pane.get_by_role("link", name="閉じる").click()
    expect(pane).to_be_hidden()
    assert not page.locator(".work").evaluate("e => e.inert")
    expect(page.locator(".said a.chip").first).to_be_focused()


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_only_the_conversation_scrolls(open_page: OpenPage) -> None:
    page = open_page()
    for number in range(4):
        ask(page, f"質問{number}")
        expect(page.locator(".asked").last).to_be_in_viewport()
    assert page.evaluate("[document.documentElement.scrollHeight - innerHeight, scrollY]") == [0, 0]

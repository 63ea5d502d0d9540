"""Conversations in a browser: kept, found again, renamed, rated, deleted, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_ask import ask, overflow
from tests.fakes_api import CONTRACTOR

BOTH = pytest.mark.parametrize("javascript", [True, False])


def ask_plainly(page: Page, question: str) -> None:
    """Asks with the button, as it is done without JavaScript."""
    page.fill("#question", question)
    page.get_by_role("button", name="質問する").click()
    expect(page.locator(".turn:not(.pending) .asked").last).to_have_text(question)


@BOTH
def test_a_reload_keeps_turns_and_sources(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    ask_plainly(page, "一つ目")
    ask_plainly(page, "二つ目")
    page.reload()
    expect(page.locator(".asked")).to_have_text(["一つ目", "二つ目"])
    expect(page.locator(".asked").last).to_be_in_viewport()
    chip = page.locator(".said a.chip").last
    if not javascript:
        with page.context.expect_page() as opened:
            chip.click()
        expect(opened.value.locator("mark")).to_have_text(CONTRACTOR)
        return
    chip.click()
    expect(page.locator("#source mark")).to_have_text(CONTRACTOR)


@BOTH
def test_from_one_conversation_to_another(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    ask_plainly(page, "一つ目")
    page.get_by_role("link", name="新しい質問").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask_plainly(page, "別の話")
    page.get_by_role("navigation", name="会話").get_by_role("link", name="一つ目").click()
    expect(page.locator(".asked")).to_have_text(["一つ目"])
    ask_plainly(page, "続き")
    expect(page.locator(".asked")).to_have_text(["一つ目", "続き"])


def test_back_leads_to_what_was_there(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "一つ目")
    page.get_by_role("link", name="評価書", exact=True).click()
    expect(page.locator("h1")).to_have_text("評価書")
    page.go_back()
    expect(page.locator(".asked")).to_have_text(["一つ目"])


def test_a_follow_up_shows_how_it_was_read(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "青葉野市の委託先は？")
    ask(page, "そこの再委託は？")
    expect(page.locator(".interpreted")).to_have_text("質問の読み替え: 青葉野市の委託先は？について、そこの再委託は？")


@BOTH
def test_rename(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    ask_plainly(page, "一つ目")
    page.get_by_role("link", name="名前変更").click()
    name = page.get_by_label("会話の名前")
    if javascript:
        expect(name).to_be_focused()
    name.fill("給食の委託")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#conversations [aria-current]")).to_have_text("給食の委託")
    expect(page.locator(".asked")).to_have_text(["一つ目"])


def test_rename_by_keyboard_and_not_at_all(open_page: OpenPage) -> None:
    open_page.watch.expected = ("422",)
    page = open_page()
    ask(page, "一つ目")
    page.get_by_role("link", name="名前変更").press("Enter")
    page.get_by_label("会話の名前").fill("　")
    page.keyboard.press("Enter")
    expect(page.locator("#renaming")).to_contain_text("会話の名前が空")
    page.get_by_role("link", name="やめる").click()
    expect(page.locator("#conversations [aria-current]")).to_have_text("一つ目")


@BOTH
def test_delete_asks(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    ask_plainly(page, "一つ目")
    page.get_by_role("link", name="削除").click()
    expect(page.locator("h1")).to_have_text("会話を削除しますか")
    page.get_by_role("link", name="やめる").click()
    expect(page.locator(".asked")).to_have_text(["一つ目"])
    page.get_by_role("link", name="削除").click()
    page.get_by_role("button", name="削除する").click()
    expect(page.locator(".empty")).to_contain_text("会話はまだありません")


def test_export(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "一つ目")
    for name, file in (("Markdown", "一つ目.md"), ("Word", "一つ目.docx")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename == file


def test_search_and_paging(open_page: OpenPage) -> None:
    page = open_page()
    for number in range(10):
        page.goto(open_page.site.url)
        ask(page, f"質問その{number}")
    page.goto(open_page.site.url)
    links = page.locator("#conversations a.talk")
    expect(links).to_have_count(8)
    page.get_by_role("link", name="古い ›").click()
    expect(links).to_have_text(["質問その1", "質問その0"])
    page.get_by_role("link", name="‹ 新しい").click()
    expect(links).to_have_count(8)
    page.get_by_label("会話をさがす").press_sequentially("その3")
    expect(links).to_have_text(["質問その3"])
    expect(page.get_by_label("会話をさがす")).to_be_focused()


@BOTH
def test_feedback(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(java_script_enabled=javascript)
    ask_plainly(page, "一つ目")
    page.get_by_role("button", name="役に立った").click()
    expect(page.locator(".rated")).to_have_text("役に立ったと記録しました")
    page.get_by_role("button", name="取り消す").click()
    page.locator(".unhelpful summary").click()
    page.get_by_label("足りない").check()
    page.get_by_label(re.compile("コメント")).fill("再委託先がない")
    page.get_by_role("button", name="送る").click()
    expect(page.locator(".rated")).to_have_text("役に立たない(足りない)と記録しました")
    page.goto(open_page.site.url + "/feedback")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("再委託先がない")
    row.get_by_role("button", name="評価の事例にする").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="事例を保存").first.click()
    assert download.value.suggested_filename.endswith(".jsonl")
    page.locator("tbody tr").first.get_by_role("link", name="一つ目").click()
    expect(page.locator("h1")).to_have_text("一つ目")
    expect(page.locator(".record")).to_contain_text("質問を確かめる")


def test_record_of_an_answer(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "一つ目")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="回答の記録").click()
    expect(opened.value.locator("h1")).to_have_text("一つ目")
    opened.value.get_by_role("link", name="会話を開く").click()
    expect(opened.value.locator(".asked")).to_have_text(["一つ目"])


def test_once_more(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "一つ目")
    ask(page, "二つ目")
    before = page.locator(".turn").first.get_attribute("id")
    page.locator(".turn").first.get_by_role("button", name="もう一度").click()
    expect(page.locator(f"#{before}")).to_have_count(0)
    expect(page.locator(".asked")).to_have_text(["一つ目", "二つ目"])


def test_once_more_without_javascript(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    ask_plainly(page, "一つ目")
    before = page.locator(".turn").get_attribute("id")
    page.get_by_role("button", name="もう一度").click()
    expect(page.locator(".asked")).to_have_text(["一つ目"])
    assert page.locator(".turn").get_attribute("id") != before


def test_a_refused_question_is_gone_after_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "refused の質問")
    assert page.url.endswith("/")
    ask(page, "一つ目")
    ask(page, "refused の質問")
    page.reload()
    expect(page.locator(".asked")).to_have_text(["一つ目"])


def test_phone(open_page: OpenPage) -> None:
    page = open_page(width=390, height=844, has_touch=True)
    ask(page, "一つ目")
    page.reload()
    expect(page.locator(".asked")).to_be_in_viewport()
    expect(page.locator("#conversations")).to_be_hidden()
    page.locator(".talks > summary").click()
    expect(page.locator("#conversations")).to_be_visible()
    assert overflow(page) <= 0
    for path in ("/conversations", "/feedback"):
        page.goto(open_page.site.url + path)
        assert overflow(page) <= 0

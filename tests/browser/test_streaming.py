"""A model words an answer in a browser: sentence by sentence, stopped, asked again, broken off."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from rag.errors import StoreError
from tests.browser.conftest import OpenPage, Site
from tests.browser.test_ask import ask, overflow
from tests.fakes_api import CONTRACTOR, MODEL, SENTENCES, FakeAnswerer

WORDS = [sentence.partition("。")[0] for sentence in SENTENCES]


def begin(page: Page, question: str = "委託先は？") -> None:
    page.fill("#question", question)
    page.press("#question", "Enter")
    expect(page.locator(".turn.live")).to_be_visible()


def finished(page: Page) -> None:
    expect(page.locator(".turn.live")).to_have_count(0)


def place(page: Page, selector: str) -> float:
    box = page.locator(selector).last.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_sentences_appear_one_by_one_and_nothing_jumps(
    open_page: OpenPage, worded: FakeAnswerer, width: int, height: int
) -> None:
    page = open_page(width=width, height=height)
    begin(page)
    said = page.locator(".said")
    expect(page.locator("table")).to_be_visible()
    expect(page.locator(".warning")).to_contain_text("記載の食い違い")
    expect(page.locator(".wording")).to_be_visible()
    table = place(page, ".sheet")
    for number, words in enumerate(WORDS):
        expect(said).to_contain_text(words)
        for later in WORDS[number + 2 :]:
            expect(said).not_to_contain_text(later, timeout=1)
        assert place(page, ".sheet") == table
    finished(page)
    expect(page.locator(".checked")).to_contain_text("4文中3文を確認")
    expect(page.locator(".checked")).to_contain_text(f"文章: {MODEL.name}")
    assert place(page, ".sheet") == table
    assert overflow(page) <= 0
    expect(page.get_by_role("button", name="停止")).to_have_count(0)
    expect(page).to_have_url(re.compile("/conversations/[0-9a-f]{16}$"))
    expect(page.locator("#conversations [aria-current]")).to_have_text("委託先は？")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_later_question_stands_at_the_top_while_its_answer_grows(
    open_page: OpenPage, worded: FakeAnswerer, width: int, height: int
) -> None:
    page = open_page(width=width, height=height)
    begin(page)
    finished(page)
    begin(page, "次の質問")
    top = place(page, ".asked")
    assert top < 150
    expect(page.locator(".said").last).to_contain_text(WORDS[0])
    assert place(page, ".asked") == top
    finished(page)
    assert place(page, ".asked") == top


def test_a_source_is_opened_while_it_streams(open_page: OpenPage, worded: FakeAnswerer) -> None:
    page = open_page()
    begin(page)
    page.locator("td a.chip").first.click()
    expect(page.locator("#source mark")).to_have_text(CONTRACTOR)
    finished(page)
    expect(page.locator("#source mark")).to_have_text(CONTRACTOR)
    page.locator(".said a.chip").first.click()
    expect(page.locator("#source mark")).to_have_text(CONTRACTOR)


def test_each_sentence_is_read_out_once(open_page: OpenPage, worded: FakeAnswerer) -> None:
    page = open_page()
    begin(page)
    finished(page)
    told = page.locator("#told")
    expect(told).to_have_attribute("aria-live", "polite")
    expect(told.locator("p")).to_have_text([f"{words}。" for words in WORDS])
    assert page.locator("#conversation").evaluate("e => !e.closest('[aria-live], [role=log], [role=status]')")
    worded.says = ()
    ask(page, "次の質問")
    expect(told.locator("p")).to_have_count(1)


def test_stop(open_page: OpenPage, site: Site, worded: FakeAnswerer) -> None:
    worded.gap_s = 2.0
    page = open_page()
    begin(page)
    started = time.monotonic()
    page.get_by_role("button", name="停止").click()
    finished(page)
    assert time.monotonic() - started < 1.5
    expect(page.locator(".notice")).to_contain_text("停止したので、記録と原文から組み立てた回答を示します。")
    expect(page.locator(".said")).to_contain_text("委託先は 1件 です。")
    page.reload()
    expect(page.locator(".notice")).to_contain_text("停止したので")


def test_stop_by_keyboard(open_page: OpenPage, worded: FakeAnswerer) -> None:
    worded.gap_s = 2.0
    page = open_page()
    begin(page)
    expect(page.locator("#question")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.closest('.stopping')"):
            break
    page.keyboard.press("Enter")
    finished(page)
    expect(page.locator(".notice")).to_contain_text("停止したので")


def test_another_question_waits_for_the_end(open_page: OpenPage, worded: FakeAnswerer) -> None:
    page = open_page()
    begin(page)
    page.fill("#question", "次の質問")
    page.press("#question", "Enter")
    expect(page.locator(".asked")).to_have_count(1)
    expect(page.locator("#question")).to_have_value("次の質問")
    finished(page)
    page.press("#question", "Enter")
    expect(page.locator(".asked")).to_have_text(["委託先は？", "次の質問"])
    finished(page)


def test_closing_the_page_stops_the_model(open_page: OpenPage, site: Site, worded: FakeAnswerer) -> None:
    worded.gap_s = 30.0
    page = open_page()
    begin(page)
    address = page.url
    page.goto(site.url + "/assessments")
    page.goto(address)
    expect(page.locator(".asked")).to_have_text("委託先は？")
    expect(page.locator(".notice")).to_contain_text("停止したので")
    assert worded.stops[-1].is_set()


def test_once_more_with_a_model(open_page: OpenPage, worded: FakeAnswerer) -> None:
    page = open_page()
    begin(page)
    finished(page)
    worded.says = (SENTENCES[1],)
    page.fill("#question", "書きかけ")
    page.get_by_role("button", name="もう一度").click()
    expect(page.locator(".turn.live")).to_be_visible()
    finished(page)
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".said")).to_contain_text(WORDS[1])
    expect(page.locator(".said")).not_to_contain_text(WORDS[0])
    expect(page.locator("#question")).to_have_value("書きかけ")
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".said")).to_contain_text(WORDS[1])


def test_a_fault_in_the_middle(open_page: OpenPage, worded: FakeAnswerer) -> None:
    worded.breaks = StoreError("目録に書けません。")
    page = open_page()
    begin(page)
    finished(page)
    expect(page.locator(".notice")).to_contain_text("目録に書けません")
    expect(page.locator(".said")).to_contain_text("委託先は 1件 です。")


def test_a_connection_that_breaks_off(open_page: OpenPage, worded: FakeAnswerer) -> None:
    open_page.watch.expected = ("htmx:sse:error", "net::ERR", "network error")
    worded.gap_s = 1.0
    page = open_page()
    page.evaluate("""() => {
      const real = window.fetch;
      window.fetch = async (...all) => {
        const response = await real(...all);
        if (!response.headers.get('content-type').includes('event-stream')) return response;
        const reader = response.body.getReader();
        const first = await reader.read();
        const body = new ReadableStream({
          start(sent) { sent.enqueue(first.value); },
          pull(sent) { sent.error(new TypeError('network error')); },
        });
        return new Response(body, { status: 200, headers: response.headers });
      };
    }""")
    page.fill("#question", "委託先は？")
    page.press("#question", "Enter")
    expect(page.locator(".notice")).to_contain_text("通信が途切れました")
    expect(page.get_by_role("button", name="停止")).to_have_count(0)


def test_without_javascript(open_page: OpenPage, worded: FakeAnswerer) -> None:
    worded.gap_s = 0.1
    page = open_page(java_script_enabled=False)
    page.fill("#question", "委託先は？")
    page.get_by_role("button", name="質問する").click()
    expect(page.locator(".checked")).to_contain_text("4文中3文を確認")
    expect(page.locator(".said")).to_contain_text(WORDS[2])


def test_reduced_motion(open_page: OpenPage, worded: FakeAnswerer) -> None:
    page = open_page(reduced_motion="reduce")
    begin(page)
    duration = page.locator(".stopping .pulse").evaluate("e => getComputedStyle(e).animationDuration")
    assert float(duration.rstrip("s")) < 0.001
    finished(page)

"""axe-core finds nothing serious on any page, wide or narrow, in any state."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rag.types import ModelCard, Reach, Status
from tests.browser.conftest import OpenPage, Site
from tests.browser.test_ask import ask
from tests.browser.test_documents import DOCUMENT, PAGES
from tests.fakes_api import FakeAnswerer

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="axe-core がありません(npm ci を実行してください)")

RUN = """async () => {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await axe.run(document, {runOnly: rules});
  return found.violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '));
}"""

WIDTHS = pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])


def violations(page: Page) -> list[str]:
    # Through the debugger, so that the page's own policy stays as it is.
    page.evaluate(AXE.read_text("utf-8"))
    return list(page.evaluate(RUN))


@WIDTHS
@pytest.mark.parametrize("path", ["/", *PAGES, f"{DOCUMENT}/items/none", "/conversations", "/feedback"])
def test_pages(open_page: OpenPage, path: str, width: int, height: int) -> None:
    open_page.watch.expected = ("404",)
    assert violations(open_page(path, width, height)) == []


@WIDTHS
def test_answer_with_its_source(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page("/", width, height)
    page.fill("#question", "委託先は？")
    page.press("#question", "Enter")
    expect(page.locator(".reply")).to_be_visible()
    page.get_by_text("出典の一覧").click()
    assert violations(page) == []
    page.locator(".said a.chip").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    assert violations(page) == []


def test_every_status(open_page: OpenPage) -> None:
    page = open_page()
    for count, status in enumerate(Status, 1):
        page.fill("#question", f"{status.value} の質問")
        page.press("#question", "Enter")
        expect(page.locator(".reply")).to_have_count(count)
    assert violations(page) == []


@WIDTHS
def test_an_answer_while_it_is_worded_and_after(
    open_page: OpenPage, worded: FakeAnswerer, width: int, height: int
) -> None:
    worded.gap_s = 1.5
    page = open_page("/", width, height)
    page.fill("#question", "委託先は？")
    page.press("#question", "Enter")
    expect(page.locator(".turn.live .wording")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".notice")).to_be_visible()
    page.locator(".unhelpful summary").click()
    assert violations(page) == []
    worded.gap_s = 0
    page.get_by_role("button", name="もう一度").click()
    expect(page.locator(".checked")).to_contain_text("4文中3文を確認")
    page.get_by_role("button", name="役に立った").click()
    expect(page.locator(".rated")).to_be_visible()
    assert violations(page) == []
    page.goto(page.url.partition("#")[0])
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="回答の記録").click()
    opened.value.wait_for_load_state()
    assert violations(opened.value) == []


@WIDTHS
def test_conversations(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page("/", width, height)
    ask(page, "一つ目")
    if width < 960:
        page.locator(".talks > summary").click()
    page.get_by_role("link", name="名前変更").click()
    expect(page.get_by_label("会話の名前")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="やめる").click()
    page.get_by_role("link", name="削除").click()
    expect(page.get_by_role("button", name="削除する")).to_be_visible()
    assert violations(page) == []
    page.goto(open_page.site.url + "/conversations")
    assert violations(page) == []


@pytest.mark.parametrize("reach", [Reach.NETWORK, Reach.OUTSIDE])
@WIDTHS
def test_which_model_answers(open_page: OpenPage, site: Site, reach: Reach, width: int, height: int) -> None:
    card = ModelCard("anthropic:a-model-with-a-very-long-name-20261121", reach, "models.example:8000")
    site.app.state.services = dataclasses.replace(site.services, model=card)
    page = open_page("/", width, height)
    expect(page.locator(".standing")).to_contain_text(re.compile("へ送信"))
    expect(page.locator(".reach")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert violations(page) == []


def test_sources_that_are_gone(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    ask(page, "委託先は？")
    catalog = site.services.catalog
    kept = catalog.all  # type: ignore[attr-defined]
    catalog.all = kept[:1]  # type: ignore[attr-defined]
    page.reload()
    expect(page.locator(".chip.gone").first).to_be_visible()
    found = violations(page)
    catalog.all = kept  # type: ignore[attr-defined]
    assert found == []

"""axe-core finds nothing serious on any page, wide or narrow, in any state."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rag.types import Status
from tests.browser.conftest import OpenPage
from tests.browser.test_documents import DOCUMENT, PAGES

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
@pytest.mark.parametrize("path", ["/", *PAGES, f"{DOCUMENT}/items/none"])
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

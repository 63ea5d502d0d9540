"""The page 比較 and the drawing of a data flow in a browser, over the samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.services import Services
from rag.answer import Answerer
from rag.library import Library
from rag.settings import Settings
from tests.browser.conftest import OpenPage, Site
from tests.browser.test_accessibility import AXE, violations
from tests.serving import serving

ROOT = Path(__file__).resolve().parents[2]
COMPARED = "/compare?item=III.4&own=川口市"
DRAWN = "/assessments/さいたま市-19?view=flow"
WIDTHS = pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])

#: Lettering that leaves the outline of its box, by more than a pixel.
OUTSIDE = """() => [...document.querySelectorAll('svg g')].flatMap(g => {
  const box = g.querySelector('rect').getBoundingClientRect();
  return [...g.querySelectorAll('text')].filter(t => {
    const own = t.getBoundingClientRect();
    return own.right > box.right + 1 || own.bottom > box.bottom + 1 || own.left < box.left || own.top < box.top - 1;
  }).map(t => t.textContent);
})"""


@pytest.fixture(scope="module")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server over the samples."""
    library = Library.open(Settings(home=tmp_path_factory.mktemp("samples")))
    assert not library.load(sorted((ROOT / "samples").glob("*.txt"))).failed
    services = Services(library, Answerer(library))
    app = create_app(Settings(), services)
    with serving(app) as url:
        yield Site(url, app, services)
    library.close()


@pytest.fixture
def open_sample(browser: Browser, sample_site: Site) -> Iterator[OpenPage]:
    opener = OpenPage(browser, sample_site)
    yield opener
    opener.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_an_assessment_to_a_quote(open_sample: OpenPage, javascript: bool) -> None:
    page = open_sample("/assessments/川口市-22", java_script_enabled=javascript)
    page.get_by_role("link", name="ほかの団体と比べる").click()
    expect(page.locator("h1")).to_have_text("Ⅲ.3 特定個人情報の使用の比較")
    page.select_option("#item", "III.4")
    page.get_by_label("青嶺市").check()
    page.get_by_role("button", name="比べる").click()
    expect(page.locator("thead a")).to_have_text(["川口市", "青嶺市"])
    row = page.locator("tr", has=page.locator("th", has_text=re.compile("^複製の制限$")))
    expect(row.locator("td.gap")).to_contain_text("他の1団体にあり、当団体に記載なし")
    row.locator("a.comparing-quote").first.click()
    expect(page.locator("mark").first).to_have_text("③複製の禁止")


@WIDTHS
@pytest.mark.parametrize("path", [COMPARED, DRAWN])
def test_pages_are_accessible(open_sample: OpenPage, path: str, width: int, height: int) -> None:
    if not AXE.exists():
        pytest.skip("axe-core がありません(npm ci を実行してください)")
    assert violations(open_sample(path, width, height)) == []


@pytest.mark.parametrize("path", [COMPARED, DRAWN])
def test_phone_width(open_sample: OpenPage, path: str) -> None:
    page = open_sample(path, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("document", ["さいたま市-19", "川口市-22", "川崎市-14", "青嶺市-11"])
def test_lettering_stays_in_its_box(open_sample: OpenPage, document: str) -> None:
    page = open_sample(f"/assessments/{document}?view=flow")
    assert page.locator("svg text").count() > 20
    assert page.evaluate(OUTSIDE) == []


def test_a_box_leads_to_its_item(open_sample: OpenPage) -> None:
    page = open_sample("/assessments/川口市-22?view=flow")
    page.locator("svg a", has_text="日本情報産業株式会社").click()
    expect(page.locator(".place")).to_contain_text("日本情報産業株式会社")


def test_the_file_prints_on_one_sheet(open_sample: OpenPage) -> None:
    open_sample.watch.expected = ("404",)  # a browser asks for an icon of what is no page
    page = open_sample("/api/assessments/さいたま市-19/flow.svg")
    assert sheets(page) == 1


def sheets(page: Page) -> int:
    """How many sheets of A4 landscape the page takes."""
    printed = page.pdf(format="A4", landscape=True, margin=dict.fromkeys(("top", "right", "bottom", "left"), "10mm"))
    return len(re.findall(rb"/Type\s*/Page\b", printed))

"""起案 in a browser: a draft from the form to the files, with and without JavaScript, wide and narrow."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from rag.draft.store import Drafts
from tests.browser.conftest import OpenPage, Site
from tests.browser.test_ask import overflow
from tests.fakes_draft import RULES

BOTH = pytest.mark.parametrize("javascript", [True, False])
WIDTHS = pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])


@pytest.fixture(autouse=True)
def nothing_kept(site: Site) -> None:
    """Every test begins without drafts."""
    drafts = Drafts(site.services.catalog.engine)
    for entry in drafts.list(1000):
        drafts.delete(entry.id)


def new_draft(page: Page) -> None:
    """Fills in the form and opens III.4 of the draft."""
    page.get_by_role("link", name="起案", exact=True).first.click()
    page.get_by_role("link", name="新しい起案").click()
    page.get_by_label("自治体名").fill("緑丘市")
    page.get_by_label("事務の名称").fill("学童保育料の減免に関する事務")
    page.get_by_label(re.compile("^担当\\(")).fill("こども課")
    page.get_by_role("button", name="起案する").click()
    expect(page.locator("h1")).to_contain_text("特定個人情報ファイルの取扱いの委託")


def act(page: Page, id: str, name: str) -> None:
    """Presses a button of a sentence."""
    page.locator(f"#s-{id}").get_by_role("button", name=re.compile(f"^{name}")).click()


@BOTH
def test_from_the_form_to_the_files(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/", java_script_enabled=javascript)
    new_draft(page)
    expect(page.locator("#saved")).to_contain_text("版 1 ・ こども課")

    page.locator("#s-a1").get_by_role("link", name="書き直す").click()
    page.get_by_label("文の書き直し").fill("秘密を厳守すること。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#s-a1.is-person a.text")).to_have_text("秘密を厳守すること。")
    expect(page.locator("#saved")).to_contain_text("版 2")

    page.locator("#s-a1 a.text").click()
    expect(page.locator("#beside")).to_contain_text("汐見町-2")
    page.locator("#beside").get_by_role("button", name="この文に差し替える").last.click()
    expect(page.locator("#s-a1.is-peer.accepted a.text")).to_have_text("秘密保持の義務を課すこと。")

    act(page, "a2", "採用")
    expect(page.locator("#s-a2")).to_have_class(re.compile("accepted"))
    act(page, "a3", "不採用")
    expect(page.locator("#s-a3")).to_have_class(re.compile("rejected"))
    act(page, "a3", "戻す")
    expect(page.locator("#s-a3")).not_to_have_class(re.compile("rejected"))

    page.get_by_role("link", name="要確認 4", exact=True).click()
    page.get_by_role("link", name="頻度", exact=True).click()
    page.get_by_label("要確認: 頻度").fill("年2回")
    page.get_by_role("button", name="書き込む").first.click()
    expect(page.locator("#s-b1")).to_contain_text("立入調査を年2回行い")
    expect(page.locator(".foot")).to_contain_text("要確認 3")

    for name, file in (("様式3(xlsx)で出力", "様式3.xlsx"), ("出典一覧", "出典一覧.xlsx")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.endswith(file)
    with page.expect_download() as download:
        page.get_by_text("ほかの形式").click()
        page.get_by_role("link", name="Markdown").click()
    assert "年2回" in download.value.path().read_text("utf-8")


@BOTH
def test_choices_boxes_offers_and_own_sentences(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/", java_script_enabled=javascript)
    new_draft(page)
    if javascript:
        expect(page.locator("form.choosing")).to_have_attribute("data-htmx-powered", "true")
    page.get_by_role("combobox", name="委託契約書中の規定").select_option("定めている")
    if not javascript:
        page.get_by_role("button", name="決める").click()
    expect(page.locator(".choosing.is-person")).to_be_visible()
    page.locator(".marking").get_by_label("委託しない", exact=True).check()
    if not javascript:
        page.get_by_role("button", name="印を保存").click()
    expect(page.locator("#saved")).to_contain_text("版 2")
    page.reload()
    expect(page.locator(".marking").get_by_label("委託しない", exact=True)).to_be_checked()
    page.get_by_text("採っていない他市の措置 2").click()
    page.get_by_role("button", name=re.compile("^採る.*作業の場所")).click()
    expect(page.locator("#s-o1.accepted")).to_be_visible()
    field = page.get_by_role("region", name="規定の内容")
    field.get_by_text("文を足す").click()
    field.get_by_label("「規定の内容」に足す文").fill("監査に応じること。")
    field.get_by_role("button", name="足す", exact=True).click()
    expect(page.locator(".is-person a.text")).to_have_text("監査に応じること。")
    field.get_by_role("button", name="作り直す").click()
    expect(page.locator("#s-o1")).to_be_visible()
    expect(page.locator(".is-person a.text")).to_have_text("監査に応じること。")
    expect(page.get_by_text("立入りの記録を残すこと。").first).to_be_visible()


def test_typing_is_saved_by_itself(open_page: OpenPage) -> None:
    page = open_page("/")
    new_draft(page)
    page.locator("#s-a2").get_by_role("link", name="書き直す").click()
    box = page.get_by_label("文の書き直し")
    expect(box).to_be_focused()
    box.press("End")
    box.press_sequentially("なお、記録する。")
    expect(page.locator("#saved")).to_contain_text("版 2", timeout=6000)
    expect(box).to_be_focused()
    expect(box).to_have_value("情報を持ち出さないこと。なお、記録する。")
    box.press_sequentially("続き。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#s-a2 a.text")).to_have_text("情報を持ち出さないこと。なお、記録する。続き。")
    page.reload()
    expect(page.locator("#s-a2 a.text")).to_have_text("情報を持ち出さないこと。なお、記録する。続き。")


def test_a_refused_text_is_told_and_stays(open_page: OpenPage) -> None:
    open_page.watch.expected = ("422",)
    page = open_page("/")
    new_draft(page)
    page.locator("#s-a2").get_by_role("link", name="書き直す").click()
    page.get_by_label("文の書き直し").fill("番号は 1234-5678-9018")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("個人番号とみられる数字")
    expect(page.get_by_label("文の書き直し")).to_have_value("番号は 1234-5678-9018")
    page.reload()
    expect(page.locator("h1")).to_be_visible()


@BOTH
def test_two_people_at_one_sentence(open_page: OpenPage, javascript: bool) -> None:
    open_page.watch.expected = ("409",)
    page = open_page("/", java_script_enabled=javascript)
    new_draft(page)
    page.locator("#s-a2").get_by_role("link", name="書き直す").click()
    expect(page.get_by_label("文の書き直し")).to_be_visible()
    expect(page).to_have_url(re.compile("edit=a2"))
    other = page.context.new_page()
    other.goto(page.url)
    for one, text in ((other, "乙が書いた。"), (page, "甲の文である。")):
        one.get_by_label("文の書き直し").fill(text)
        if one is other or not javascript:  # otherwise it is told as soon as it is saved by itself
            one.get_by_role("button", name="保存", exact=True).click()
        if one is other:
            expect(one.locator("#s-a2 a.text")).to_have_text(text)
    expect(page.get_by_role("alert")).to_contain_text("変更したため、保存していません")
    expect(page.locator("#workspace")).to_contain_text("乙が書いた。")
    page.get_by_role("button", name="自分の内容で保存する").click()
    expect(page.locator("#s-a2 a.text")).to_have_text("甲の文である。")


@BOTH
def test_versions(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/", java_script_enabled=javascript)
    new_draft(page)
    act(page, "a1", "採用")
    expect(page.locator("#saved")).to_contain_text("版 2")
    page.locator(".form-name").get_by_role("link", name="版", exact=True).click()
    page.locator("tr", has_text="作成").get_by_role("button", name="この版に戻す").click()
    expect(page.locator("tbody tr").first).to_contain_text("版 1 に戻す")
    page.get_by_role("link", name="変更の記録").click()
    expect(page.locator("tbody tr").last).to_contain_text("採用")
    page.locator(".form-name").get_by_role("link", name="版", exact=True).click()
    page.get_by_role("link", name="今との違い").first.click()
    expect(page.locator("h1")).to_contain_text("の違い")


def test_keyboard(open_page: OpenPage) -> None:
    page = open_page("/")
    new_draft(page)
    first = page.locator("#s-a1 a.text").first
    first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#s-a1 .tip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#beside h2")).to_have_text("他市の記載を比べる")
    expect(page.locator("#beside")).to_contain_text("この文に差し替える")


def test_back_leads_through_the_items(open_page: OpenPage) -> None:
    page = open_page("/")
    new_draft(page)
    page.get_by_role("navigation", name="項目").get_by_role("link", name=re.compile("Ⅲ.5")).click()
    expect(page.locator("h1")).to_contain_text("提供・移転")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("取扱いの委託")


@WIDTHS
def test_nothing_is_wider_than_the_page(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page("/", width, height)
    new_draft(page)
    home = page.url.split("?")[0]
    places = ("", f"?item=III.4&sentence=a1&section={RULES}", "?item=III.4&edit=a1", "?item=III.4&answer=b1")
    views = tuple(f"?view={v}" for v in ("questions", "findings", "versions", "changes"))
    for place in (*places, *views, "/facts", "/rename", "/delete", "/versions/1"):
        page.goto(home + place)
        assert overflow(page) <= 0, place
    for path in ("/drafts", "/drafts/new"):
        page.goto(open_page.site.url + path)
        assert overflow(page) <= 0, path


def test_phone_shows_the_peers_over_the_draft(open_page: OpenPage) -> None:
    page = open_page("/", 390, 844, has_touch=True)
    new_draft(page)
    expect(page.locator("#beside")).to_be_hidden()
    page.locator("#s-a1 a.text").click()
    expect(page.locator("#beside")).to_be_in_viewport()
    page.locator("#beside").get_by_role("link", name="閉じる").click()
    expect(page.locator("#beside")).to_be_hidden()
    expect(page.locator("#s-a1")).to_be_in_viewport()


def test_without_a_mouse_an_accepted_sentence_can_still_be_reworded(open_page: OpenPage) -> None:
    page = open_page("/", width=390, height=844, has_touch=True, is_mobile=True)
    new_draft(page)
    act(page, "a2", "採用")
    expect(page.locator("#s-a2")).to_have_class(re.compile("accepted"))
    page.locator("h1").tap()
    expect(page.locator("#s-a2").get_by_role("link", name="書き直す")).to_be_visible()

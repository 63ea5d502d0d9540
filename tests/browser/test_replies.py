"""住民回答 in a browser: an inquiry masked, answered, proposed, returned, corrected, approved by another, sent.

What was pasted goes out once and is kept in the page's memory only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote_plus

import docx
import pytest
from fakes_office import staffed
from fakes_replies import FakeReplier
from playwright.sync_api import Browser, Page, Request, expect

from api.auth_cookie import PLAIN
from tests.browser.conftest import OpenPage, Site
from tests.fakes_api import fake_services
from tests.serving import serving

PASTED = "佐藤花子と申します。\n電話は090-0000-1234、個人番号は1234 5678 9018です。\n委託しているのですか。\n\n佐藤花子"
STORED = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches?.keys?.() ?? []).length, document.cookie]"""


@dataclass
class Post:
    """People at their browsers."""

    replier: FakeReplier
    opener: OpenPage
    secrets: dict[str, str]
    sent: list[str] = field(default_factory=list)

    def page(self, who: str, path: str = "/replies", **options: object) -> Page:
        """A page of somebody who is signed in."""
        cookie = {"name": PLAIN, "value": self.secrets[who], "url": self.opener.site.url, "httpOnly": True}
        state = {"cookies": [{**cookie, "domain": "127.0.0.1", "path": "/", "expires": -1, "sameSite": "Lax"}]}
        for entry in state["cookies"]:
            entry.pop("url")
            entry["secure"] = False
        page = self.opener(path, storage_state={**state, "origins": []}, **options)
        page.on("request", self.note)
        return page

    def note(self, request: Request) -> None:
        """What goes out."""
        self.sent.append(f"{request.method} {unquote_plus(request.url)} {unquote_plus(request.post_data or '')}")


@pytest.fixture
def post(browser: Browser) -> Iterator[Post]:
    services = fake_services()
    app, replier, secrets = staffed(services)
    with serving(app) as url:
        opener = OpenPage(browser, Site(url, app, services))
        yield Post(replier, opener, secrets)
        opener.close()


def compose(page: Page, text: str = PASTED) -> str:
    page.goto(re.sub(r"/replies.*", "/replies/new", page.url))
    page.get_by_label("問合せの文面").fill(text)
    page.get_by_role("button", name="個人情報を伏せる").click()
    page.get_by_role("button", name="回答を作る").click()
    expect(page.locator("#letter")).to_be_visible()
    return page.url


def press(page: Page, name: str, state: str) -> None:
    page.get_by_role("button", name=name).click()
    expect(page.locator(".reply-head .badge")).to_have_text(state)


def test_from_inquiry_to_record(post: Post, tmp_path: Path) -> None:
    author = post.page("author", "/replies/new")
    author.get_by_label("問合せの文面").fill(PASTED)
    author.get_by_role("button", name="個人情報を伏せる").click()
    expect(author.locator("#masked")).to_contain_text("〔氏名1〕と申します。")
    expect(author.locator(".reply-found")).to_contain_text("個人番号 1件")
    assert "佐藤" not in author.content()
    assert post.replier.seen == []
    author.get_by_role("button", name="回答を作る").click()
    expect(author.locator("#letter")).to_contain_text("佐藤花子様")
    expect(author.locator("#inquiry-masked")).not_to_contain_text("佐藤")
    address = author.url
    press(author, "提案する", "承認待ち")
    second = post.page("second", "/replies?shelf=proposed")
    second.locator(".reply-list a").first.click()
    expect(second.locator("#letter")).to_contain_text("〔氏名1〕様")
    second.get_by_label("差し戻す理由").fill("二段落めを短くしてください。")
    press(second, "差し戻す", "差戻し")
    author.goto(address)
    expect(author.locator(".returned")).to_contain_text("二段落めを短くしてください。")
    author.get_by_role("link", name="2番目の段落を直す").click()
    author.get_by_role("textbox", name="2番目の段落").fill("ありがとうございます。")
    author.get_by_role("button", name="保存する").click()
    expect(author.locator("#part-2")).to_contain_text("ありがとうございます。")
    press(author, "提案する", "承認待ち")
    second.goto(address)
    press(second, "版2を承認する", "承認済み")
    author.goto(address)
    press(author, "送付済みにする", "送付済み")
    expect(author.locator(".timeline li")).to_have_count(7)
    with author.expect_download() as file:
        author.get_by_role("link", name="記録を Word で保存").click()
    file.value.save_as(tmp_path / "record.docx")
    document = docx.Document(io.BytesIO((tmp_path / "record.docx").read_bytes()))
    said = "\n".join(p.text for p in document.paragraphs)
    assert "〔氏名1〕と申します。" in said
    assert "佐藤" not in said
    assert any("secondさん" in c.text for table in document.tables for row in table.rows for c in row.cells)


def test_what_was_pasted_goes_out_once_and_is_stored_nowhere(post: Post) -> None:
    author = post.page("author")
    compose(author)
    expect(author.locator("#put-back-told")).to_contain_text("画面の上だけで戻しています")
    author.get_by_role("link", name="1番目の段落を直す").click()
    expect(author.get_by_role("textbox", name="1番目の段落")).to_have_value("〔氏名1〕様")
    author.get_by_role("textbox", name="1番目の段落").fill("佐藤花子 様へ")
    author.get_by_role("button", name="保存する").click()
    expect(author.locator("#part-1")).to_contain_text("佐藤花子 様へ")
    press(author, "提案する", "承認待ち")
    assert [s.split()[1].removeprefix(post.opener.site.url) for s in post.sent if "佐藤" in s] == ["/replies/new"]
    assert author.evaluate(STORED) == [0, 0, 0, 0, ""]
    author.reload()
    expect(author.locator("#letter")).to_contain_text("〔氏名1〕 様へ")
    assert "佐藤" not in author.content()


def test_names_come_back_from_the_text_pasted_again(post: Post) -> None:
    author = post.page("author")
    compose(author)
    author.reload()
    author.get_by_text("元の文面から氏名などを戻す").click()
    again = author.get_by_label("元の問合せの文面")
    again.fill("ほかの人の手紙です。")
    author.get_by_role("button", name="戻す", exact=True).click()
    expect(author.locator("#put-back-told")).to_contain_text("元の文面と合いません")
    post.sent.clear()
    again.fill(PASTED)
    author.get_by_role("button", name="戻す", exact=True).click()
    expect(author.locator("#letter")).to_contain_text("佐藤花子様")
    author.get_by_label("氏名などを戻して表示する").uncheck()
    expect(author.locator("#letter")).to_contain_text("〔氏名1〕様")
    assert post.sent == []


def test_another_inquiry_does_not_get_these_names(post: Post) -> None:
    author = post.page("author")
    address = compose(author)
    compose(author, "鈴木一郎と申します。委託しているのですか。")
    expect(author.locator("#letter")).to_contain_text("鈴木一郎様")
    author.evaluate("history.pushState(null, '', location.href)")
    other = author.locator(".alike a").first
    other.evaluate("(a) => a.removeAttribute('target')")
    other.click()
    expect(author).to_have_url(address)
    expect(author.locator("#letter")).to_contain_text("〔氏名1〕様")
    assert "鈴木" not in author.locator("#letter").inner_text()


def test_copies_and_prints_the_finished_letter(post: Post) -> None:
    author = post.page("author", permissions=["clipboard-read", "clipboard-write"])
    address = compose(author)
    press(author, "提案する", "承認待ち")
    press(post.page("second", address.removeprefix(post.opener.site.url)), "版1を承認する", "承認済み")
    # the memory of the page is still there: it changed in place
    author.get_by_role("link", name="版1").first.click()
    expect(author.get_by_role("button", name="写しを取る")).to_be_visible()
    author.get_by_role("button", name="写しを取る").click()
    expect(author.locator("#copied")).to_have_text("コピーしました。")
    copied = author.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("佐藤花子様\n\nお問い合わせをいただき")
    assert "委託しています。[1]" in copied
    assert "直す" not in copied
    author.emulate_media(media="print")
    assert author.locator("#letter").is_visible()
    for hidden in (".side", ".pane", ".reply-acts", ".reply-record", ".bar"):
        assert not author.locator(hidden).first.is_visible()


def test_composing_can_be_stopped(post: Post) -> None:
    post.replier.waits = 20
    author = post.page("author", "/replies/new")
    author.get_by_label("問合せの文面").fill(PASTED)
    author.get_by_role("button", name="個人情報を伏せる").click()
    author.get_by_role("button", name="回答を作る").click()
    expect(author.locator(".composing")).to_be_visible()
    author.get_by_role("button", name="中止").click()
    expect(author.locator(".warning")).to_have_text("中止しました。何も保存していません。")
    assert post.replier.stopped.wait(10)
    author.goto(post.opener.site.url + "/replies")
    expect(author.locator(".empty")).to_be_visible()


def test_everything_works_without_javascript(post: Post) -> None:
    author = post.page("author", java_script_enabled=False)
    address = compose(author)
    expect(author.locator("#letter")).to_contain_text("〔氏名1〕様")
    expect(author.get_by_text("JavaScript が使えないため")).to_be_visible()
    author.get_by_role("link", name="2番目の段落を直す").click()
    author.get_by_role("textbox", name="2番目の段落").fill("直しました。")
    author.get_by_role("button", name="保存する").click()
    press(author, "提案する", "承認待ち")
    second = post.page("second", address.removeprefix(post.opener.site.url), java_script_enabled=False)
    press(second, "版2を承認する", "承認済み")
    author.goto(address)
    press(author, "送付済みにする", "送付済み")


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_screen(post: Post, width: int) -> None:
    author = post.page("author", width=width, height=844)
    look: Callable[[], bool] = lambda: author.evaluate(  # noqa: E731
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    assert look()
    compose(author)
    assert look()
    author.get_by_role("link", name="2番目の段落を直す").click()
    expect(author.locator("#part-text")).to_be_focused()
    assert look()

"""axe-core finds nothing serious on the pages of replies, wide or narrow, in any state."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import AXE, WIDTHS, violations
from tests.browser.test_replies import PASTED, Post, compose, post, press  # noqa: F401

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="axe-core がありません(npm ci を実行してください)")


@WIDTHS
def test_every_state(post: Post, width: int, height: int) -> None:  # noqa: F811
    author = post.page("author", "/replies/new", width=width, height=height)
    found = {"new": violations(author)}
    author.get_by_label("問合せの文面").fill(PASTED)
    author.get_by_role("button", name="個人情報を伏せる").click()
    expect(author.locator("#masked")).to_be_visible()
    author.locator(".mend").evaluate("e => { e.open = true; }")
    found["masked"] = violations(author)
    address = compose(author)
    for group in author.locator("details").all():
        group.evaluate("e => { e.open = true; }")
    found["draft"] = violations(author)
    author.goto(address + "?edit=2")
    found["edit"] = violations(author)
    author.goto(address)
    press(author, "提案する", "承認待ち")
    second = post.page("second", address.removeprefix(post.opener.site.url), width=width, height=height)
    found["proposed"] = violations(second)
    second.get_by_label("差し戻す理由").fill("短くしてください。")
    press(second, "差し戻す", "差戻し")
    author.goto(address)
    found["returned"] = violations(author)
    press(author, "提案する", "承認待ち")
    second.goto(address)
    press(second, "版1を承認する", "承認済み")
    author.goto(address)
    found["approved"] = violations(author)
    author.goto(post.opener.site.url + "/replies")
    found["list"] = violations(author)
    second.goto(address + "?version=1")
    found["version"] = violations(second)
    assert {place: told for place, told in found.items() if told} == {}

"""axe-core finds nothing serious on the drafting pages, wide or narrow, in any state."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import AXE, WIDTHS, violations
from tests.browser.test_drafts import new_draft, nothing_kept  # noqa: F401
from tests.fakes_draft import METHOD, RULES

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="axe-core がありません(npm ci を実行してください)")

PLACES = [
    "",
    f"?item=III.4&sentence=a1&section={RULES}",
    f"?item=III.4&sentence=a2&section={RULES}&tab=changed",
    f"?item=III.4&sentence=a2&section={RULES}&tab=table",
    f"?item=III.4&section={METHOD}",
    "?item=III.4&edit=a1",
    "?item=III.4&answer=b1",
    *(f"?view={view}" for view in ("questions", "findings", "versions", "changes", "revision")),
    "/facts",
    "/rename",
    "/delete",
    "/versions/1",
]


@WIDTHS
def test_every_state(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page("/drafts", width, height)
    assert violations(page) == []
    new_draft(page)
    home = page.url.split("?")[0].split("#")[0]
    found: dict[str, list[str]] = {}
    for place in PLACES:
        page.goto(home + place)
        found[place] = violations(page)
    assert {place: told for place, told in found.items() if told} == {}
    page.goto(open_page.site.url + "/drafts/new")
    for group in page.locator("details").all():
        group.evaluate("e => { e.open = true; }")
    assert violations(page) == []

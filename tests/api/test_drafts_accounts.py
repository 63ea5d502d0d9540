"""Drafts with accounts: whose they are, who may work on them, whose name stands beside a change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.accounts_app import Office, running_office

FACTS = {"city": "緑丘市", "duty": "学童保育料の減免に関する事務", "who": "ほかの誰か"}
EDIT = {"base": 1, "act": "accept", "sentence": "a1"}


@pytest.fixture
def office() -> Iterator[Office]:
    with running_office() as running:
        yield running


def test_a_draft_is_its_makers_until_it_is_shared(office: Office) -> None:
    maker, other = office.browser("drafter", accept="text/html"), office.browser("other", accept="text/html")
    home = maker.post("/drafts", data=FACTS).headers["location"]
    for path in ("", "/facts", "/export", "/versions/1", "/delete"):
        assert other.get(home + path).status_code == 404
    assert other.post(f"{home}/edit", data=EDIT).status_code == 404
    assert home not in other.get("/drafts").text
    maker.post(f"{home}/share")
    assert "共有された起案" in other.get("/drafts").text
    assert other.post(f"{home}/edit", data=EDIT).status_code == 303
    for deed in ("delete", "unshare"):
        assert other.post(f"{home}/{deed}").status_code == 403
    assert other.post(f"{home}/rename", data={"title": "別"}).status_code == 403
    maker.post(f"{home}/unshare")
    assert other.get(home).status_code == 404


def test_changes_bear_the_accounts_name(office: Office) -> None:
    maker = office.browser("drafter", accept="text/html")
    response = maker.post("/drafts", data=FACTS)
    home = response.headers["location"]
    assert "hyoka_who" not in response.headers.get("set-cookie", "")
    maker.cookies.set("hyoka_who", "x")
    maker.post(f"{home}/edit", data=EDIT)
    page = maker.get(home, params={"view": "changes"}).text
    assert office.people["drafter"].name in page
    assert "ほかの誰か" not in page
    assert "覚える" not in page


def test_programs_too(office: Office) -> None:
    maker, other = office.program("drafter"), office.program("other")
    facts = {"city": FACTS["city"], "duty": FACTS["duty"]}
    made = maker.post("/api/drafts", json={"profile": facts, "author": "ほかの誰か"}).json()
    assert made["author"] == office.people["drafter"].name
    assert other.get(f"/api/drafts/{made['id']}").status_code == 404
    assert other.get("/api/drafts").json()["drafts"] == []
    assert office.program("viewer").get("/api/drafts").status_code == 403

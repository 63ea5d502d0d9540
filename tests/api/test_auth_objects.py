"""What belongs to somebody, tried by everybody else: every id of every kind at every address that takes one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from rag import tables
from rag.draft.store import Drafts
from rag.replies.store import Replies
from tests.api.accounts_app import Office, running_office
from tests.api.test_auth_matrix import EXPECTED
from tests.fakes_draft import draft
from tests.fakes_replies import composed

MINE = "青葉野市のひみつ印の給食費の委託先は？"
SHARED = "青葉野市のみんな印の給食費の委託先は？"
OTHERS = ["viewer", "drafter", "approver", "administrator"]
#: One body with all that any of the forms wants, so that nothing is refused for its form.
FORM = {
    "title": "変えた名前",
    "act": "accept",
    "sentence": "s1",
    "good": "true",
    "again": "",
    "question": "何",
    "reason": "",
    "base": "1",
    "role": "viewer",
}
BODIES: dict[str, dict[str, object]] = {
    "PATCH /api/conversations/{id}": {"title": "変えた名前"},
    "PATCH /api/drafts/{id}": {"base": 1, "operations": [{"act": "accept", "sentence": "s1"}]},
    "POST /api/drafts/{id}/versions/{number}/restore": {"base": 1},
    "PATCH /api/replies/{id}": {"read": 1, "letter": "変えた文面"},
    "POST /api/replies/{id}/return": {"read": 1, "comment": "変えた"},
}
ANY_BODY = {"read": 1}
TAKES_ID = re.compile(r"\{(id|turn)\}")


@dataclass(frozen=True)
class Belongings:
    """What one person made: ids of what is theirs alone, and of what they share."""

    own: dict[str, str]
    shared: dict[str, str]


@pytest.fixture
def office() -> Iterator[Office]:
    with running_office(questions_per_minute=10_000) as office:
        yield office


@pytest.fixture
def things(office: Office) -> Belongings:
    """Everything of a person called other: conversations with a turn each, a turn alone, a draft, a reply, ways in."""
    browser, who = office.browser("other"), office.people["other"]
    engine = office.app.state.services.catalog.engine
    own, shared = {}, {}
    for name, kept in ((MINE, own), (SHARED, shared)):
        place = browser.post("/", data={"question": name}).headers["location"]
        kept["conversation"] = place.split("/")[-1].partition("#")[0]
        history = browser.get(f"/api/conversations/{kept['conversation']}").json()["history"]
        kept["turn"] = history[0]["answer"]["id"] if "answer" in history[0] else history[0]["id"]
    assert browser.post(f"/conversations/{shared['conversation']}/share").status_code == 303
    own["alone"] = browser.post("/api/ask", json={"question": MINE}).json()["id"]
    own["draft"] = Drafts(engine, who).start(draft(), "印", "ひみつ印の起案").id
    own["reply"] = Replies(engine, who).start(composed("ひみつ印について教えてください。")).entry.id
    office.accounts.make_key(who, "ひみつ印の表計算", 30)
    own["key"] = office.accounts.keys_of(who.id)[0].id
    own["session"] = office.accounts.sessions_of(who.id)[0].id
    return Belongings(own, shared)


def tries(office: Office, client: TestClient, id: str) -> Iterator[tuple[str, int, str]]:
    """Every address that takes an id of its own, with this one: its name, the status and what is told."""
    for name in EXPECTED:
        method, _, address = name.partition(" ")
        if not TAKES_ID.search(address) or address.startswith(("/admin", "/links")):
            continue
        path = re.sub(r"\{[^}]+\}", "1", TAKES_ID.sub(id, address))
        sent = {"json": BODIES.get(name, ANY_BODY)} if address.startswith("/api") else {"data": FORM}
        response = client.request(method, path, **(sent if method != "GET" else {}))  # type: ignore[arg-type]
        yield name, response.status_code, response.content.decode("utf-8", "replace")


def snapshot(office: Office) -> list[object]:
    """All that is kept of conversations, turns, drafts, replies and ways in."""
    kept = (tables.conversations, tables.turns, tables.feedback, tables.drafts, tables.draft_versions, tables.replies)
    with office.app.state.services.catalog.engine.connect() as connection:
        rows = [tuple(map(tuple, connection.execute(sa.select(table).order_by(*table.primary_key)))) for table in kept]
        keys = connection.execute(
            sa.select(tables.api_keys.c.id).where(tables.api_keys.c.name.contains("ひみつ"))
        ).all()
        sessions = connection.execute(
            sa.select(tables.sessions.c.id).where(tables.sessions.c.user_id == office.people["other"].id)
        ).all()
    return [*rows, tuple(keys), tuple(sessions)]


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("by_token", [False, True], ids=["browser", "program"])
def test_what_is_anothers_is_not_there(office: Office, things: Belongings, role: str, by_token: bool) -> None:
    client = office.program(role) if by_token else office.browser(role)
    before = snapshot(office)
    for kind, id in things.own.items():
        for name, status, told in tries(office, client, id):
            # a form's address that is opened leads back to its page, whose it may be
            assert status in (404, 403, 401) or (name, status) == ("GET /drafts/{id}/edit", 303), (kind, name, status)
            assert "ひみつ印" not in told, (kind, name)
    assert snapshot(office) == before


@pytest.mark.parametrize("role", OTHERS)
def test_what_is_shared_is_seen_and_not_changed(office: Office, things: Belongings, role: str) -> None:
    client = office.browser(role)
    before = snapshot(office)
    seen = set()
    for id in things.shared.values():
        for name, status, told in tries(office, client, id):
            if status == 200 and "みんな印" in told:
                seen.add(name)
            assert status in (200, 204, 303, 404, 403, 401), (name, status)
    assert snapshot(office) == before
    assert {
        "GET /conversations/{id}",
        "GET /api/conversations/{id}",
        "GET /traces/{id}",
        "GET /api/traces/{id}",
    } <= seen
    assert {name.partition(" ")[0] for name in seen} == {"GET"}
    page = client.get(f"/conversations/{things.shared['conversation']}").text
    assert "ほかの人が共有した会話です" in page
    assert "もう一度</button>" not in page
    assert 'aria-label="次の質問"' not in page


def test_lists_hold_what_is_own_or_shared(office: Office, things: Belongings) -> None:
    for role in OTHERS:
        client = office.browser(role)
        for path in (
            "/",
            "/conversations",
            "/api/conversations",
            "/conversations?q=ひみつ印",
            "/feedback",
            "/drafts",
            "/replies",
        ):
            assert "ひみつ印の" not in client.get(path).text.replace('value="ひみつ印"', ""), path
        assert "みんな印" in client.get("/conversations").text
    assert "ひみつ印" in office.browser("other").get("/conversations").text
    assert "ひみつ印" in office.browser("other").get("/drafts").text


def test_nobody_asks_in_anothers_conversation(office: Office, things: Belongings) -> None:
    client = office.browser("drafter")
    before = snapshot(office)
    for kept, status in ((things.own, 404), (things.shared, 403)):
        form = {"question": "そこの再委託は？", "conversation": kept["conversation"]}
        assert client.post("/", data=form).status_code == status
        assert client.post("/api/ask", json=form).status_code == status
        assert client.post("/", data={"again": kept["turn"]}).status_code == status
    assert snapshot(office) == before


def test_no_longer_shared_is_no_longer_seen(office: Office, things: Belongings) -> None:
    id = things.shared["conversation"]
    assert office.browser("viewer").get(f"/conversations/{id}").status_code == 200
    office.browser("other").post(f"/conversations/{id}/unshare")
    assert office.browser("viewer").get(f"/conversations/{id}").status_code == 404


def test_administrators_see_of_others_what_feedback_was_given_on(office: Office, things: Belongings) -> None:
    head, owner = office.browser("administrator"), office.browser("other")
    turn = things.own["turn"]
    assert owner.post(f"/turns/{turn}/feedback", data={"good": "false"}).status_code == 303
    assert "ひみつ印" in head.get("/feedback").text
    assert head.get(f"/traces/{turn}").status_code == 200
    assert head.post(f"/feedback/{turn}/case").status_code == 303
    assert head.get(f"/feedback/{turn}/case.jsonl").status_code == 200
    assert head.get(f"/conversations/{things.own['conversation']}").status_code == 404
    assert head.get(f"/traces/{things.own['alone']}").status_code == 404
    assert head.post(f"/turns/{turn}/feedback/withdrawal").status_code == 403
    assert office.browser("approver").get(f"/traces/{turn}").status_code == 404
    owner.post(f"/turns/{turn}/feedback/withdrawal")
    assert head.get(f"/traces/{turn}").status_code == 404


def test_what_programs_ask_belongs_to_their_owner(office: Office) -> None:
    program = office.program("drafter")
    body = {"model": "hyoka", "messages": [{"role": "user", "content": MINE}]}
    id = program.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]["hyoka"]["id"]
    assert program.get(f"/api/traces/{id}").status_code == 200
    assert office.program("administrator").get(f"/api/traces/{id}").status_code == 404


def test_sessions_and_tokens_are_ended_by_their_owner(office: Office, things: Belongings) -> None:
    owner = office.browser("other")
    assert owner.post(f"/account/keys/{things.own['key']}/revoke").status_code == 303
    assert owner.post(f"/account/sessions/{things.own['session']}/end").status_code == 303
    assert owner.post(f"/account/sessions/{things.own['session']}/end").status_code == 404


def test_no_local_conversation_is_seen_with_accounts(office: Office) -> None:
    local = office.app.state.services.conversations.start("このパソコンの会話")
    for role in OTHERS:
        assert office.browser(role).get(f"/conversations/{local.id}").status_code == 404

"""Whether an answer helped: said, taken back, listed, made an evaluation case of."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient

from api.services import Services
from rag.evals.cases import parse_cases
from tests.api.test_conversations import HTMX, ask, turns_in
from tests.fakes_api import EVIL


@pytest.fixture
def turn(client: TestClient) -> str:
    return turns_in(client.get(f"/conversations/{ask(client, '委託先は？')}").text)[0]


def test_said_and_taken_back_without_javascript(client: TestClient, services: Services, turn: str) -> None:
    page = client.post(f"/turns/{turn}/feedback", data={"good": "true"})
    assert page.url.path.startswith("/conversations/")
    assert "役に立ったと記録しました" in page.text
    assert services.conversations.turn(turn).feedback is not None
    page = client.post(f"/turns/{turn}/feedback/withdrawal")
    assert "記録しました" not in page.text
    assert services.conversations.turn(turn).feedback is None


def test_said_with_htmx(client: TestClient, turn: str) -> None:
    form = {"good": "false", "reason": "足りない", "comment": "再委託先がない"}
    part = client.post(f"/turns/{turn}/feedback", data=form, headers=HTMX)
    assert part.text.startswith(f'<div class="feedback" id="feedback-{turn}">')
    assert "役に立たない(足りない)と記録しました" in part.text


@pytest.mark.parametrize(
    ("reason", "comment", "message"),
    [
        ("別の理由", "", "理由は 根拠が違う、足りない、読みにくい のどれか"),
        ("", "長" * 1001, "コメントが長すぎます"),
        ("", "番号は 123456789018 です", "個人番号とみられる数字"),
    ],
)
def test_what_is_not_kept(
    client: TestClient, services: Services, turn: str, reason: str, comment: str, message: str
) -> None:
    form = {"good": "false", "reason": reason, "comment": comment}
    part = client.post(f"/turns/{turn}/feedback", data=form, headers=HTMX)
    assert part.status_code == 422
    assert message in part.text
    assert comment in part.text
    page = client.post(f"/turns/{turn}/feedback", data=form, headers={"accept": "text/html"})
    assert page.status_code == 422
    assert message in page.text
    assert services.conversations.turn(turn).feedback is None


def test_list_and_case(client: TestClient, turn: str) -> None:
    assert "まだありません" in client.get("/feedback").text
    client.post(f"/turns/{turn}/feedback", data={"good": "false", "reason": "足りない", "comment": EVIL})
    other = turns_in(client.get(f"/conversations/{ask(client, '別の質問')}").text)[0]
    client.post(f"/turns/{other}/feedback", data={"good": "true"})
    page = client.get("/feedback").text
    assert "<script>" not in page.replace('<script src="', "")
    assert re.findall(r'<tr id="said-(\w+)"', page) == [other, turn]
    assert re.findall(r'<tr id="said-(\w+)"', client.get("/feedback?bad=true").text) == [turn]
    assert f'href="/traces/{turn}"' in page
    made = client.post(f"/feedback/{turn}/case")
    assert made.url.path == "/feedback"
    assert f'href="/feedback/{turn}/case.jsonl"' in made.text
    saved = client.get(f"/feedback/{turn}/case.jsonl")
    assert saved.headers["content-disposition"] == f'attachment; filename="feedback-{turn}.jsonl"'
    (case,) = parse_cases("case", saved.content)
    assert (case.id, case.question) == (f"feedback-{turn}", "委託先は？")
    assert EVIL in json.loads(saved.content)["note"]


def test_the_case_of_a_follow_up_has_its_conversation(client: TestClient) -> None:
    conversation = ask(client, "青葉野市の委託先は？")
    ask(client, "そこの再委託は？", conversation)
    follow_up = turns_in(client.get(f"/conversations/{conversation}").text)[1]
    client.post(f"/turns/{follow_up}/feedback", data={"good": "false"})
    (case,) = parse_cases("case", client.get(f"/feedback/{follow_up}/case.jsonl").content)
    assert (case.earlier, case.question) == (("青葉野市の委託先は？",), "そこの再委託は？")


def test_feedback_is_kept_through_json(client: TestClient, turn: str) -> None:
    client.post(f"/turns/{turn}/feedback", data={"good": "false", "reason": "読みにくい"})
    listed = client.get("/api/conversations").json()["conversations"]
    (kept,) = client.get(f"/api/conversations/{listed[0]['id']}").json()["history"]
    assert (kept["feedback"]["good"], kept["feedback"]["reason"]) == (False, "読みにくい")

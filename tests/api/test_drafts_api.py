"""/api/drafts over a fake that drafts: kept, changed, told of conflicts."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.fakes_draft import CHOICE, RULES

FACTS = {"city": "緑丘市", "duty": "学童保育料の減免に関する事務"}
NUMBER = "1234 5678 9018"


@pytest.fixture
def made(client: TestClient) -> dict[str, Any]:
    response = client.post("/api/drafts", json={"profile": FACTS, "author": "甲"})
    assert response.status_code == 201
    return dict(response.json())


def change(client: TestClient, made: dict[str, Any], *operations: dict[str, Any], base: int = 1) -> Any:
    body = {"base": base, "author": "乙", "operations": list(operations)}
    return client.patch(f"/api/drafts/{made['id']}", json=body)


def texts(draft: dict[str, Any], section: str = RULES) -> list[str]:
    return [s["text"] for f in draft["fields"] if f["section"] == section for s in f["sentences"]]


def test_a_draft_is_kept(client: TestClient, made: dict[str, Any]) -> None:
    assert (made["version"], made["saves"], made["profile"]["city"]) == (1, 1, "緑丘市")
    assert client.get(f"/api/drafts/{made['id']}").json() == made
    listed = client.get("/api/drafts").json()
    assert [d["id"] for d in listed["drafts"]] == [made["id"]]
    assert made["fields"][2]["sentences"][1]["changed"][0]["before"] == "持ち出さない"
    assert [q["what"] for q in made["questions"]] == ["規定の有無", "頻度", "担当", "報告の方法"]


def test_operations_are_done_together(client: TestClient, made: dict[str, Any]) -> None:
    done = change(
        client,
        made,
        {"act": "reword", "sentence": "a1", "text": "秘密を厳守すること。"},
        {"act": "choose", "section": CHOICE, "text": "定めている"},
        {"act": "take", "section": RULES, "offer": "o1"},
        {"act": "peers", "labels": ["汐見町-2"]},
    ).json()
    assert texts(done)[0] == "秘密を厳守すること。"
    assert "作業の場所を限ること。" in texts(done)
    assert texts(done, CHOICE) == ["定めている"]
    assert [p["chosen"] for p in done["peers"]] == [False, True]
    assert (done["version"], done["saves"]) == (2, 2)


def test_all_or_nothing(client: TestClient, made: dict[str, Any]) -> None:
    refused = change(client, made, {"act": "accept", "sentence": "a1"}, {"act": "accept", "sentence": "zz"})
    assert refused.status_code == 404
    refused = change(
        client, made, {"act": "accept", "sentence": "a1"}, {"act": "reword", "sentence": "a1", "text": NUMBER}
    )
    assert (refused.status_code, "個人番号" in refused.json()["error"]["message"]) == (422, True)
    assert client.get(f"/api/drafts/{made['id']}").json() == made


def test_a_conflict_shows_both(client: TestClient, made: dict[str, Any]) -> None:
    change(client, made, {"act": "reword", "sentence": "a1", "text": "乙の文。"})
    told = change(client, made, {"act": "reword", "sentence": "a1", "text": "甲の文。"})
    error = told.json()["error"]
    assert (told.status_code, error["code"], error["detail"]["saves"]) == (409, "conflict", 2)
    assert "乙さんが" in error["message"]
    assert error["detail"]["current"][0]["sentences"][0]["text"] == "乙の文。"
    assert error["detail"]["yours"][0]["sentences"][0]["text"] == "甲の文。"
    again = change(client, made, {"act": "reword", "sentence": "a1", "text": "甲の文。"}, base=2)
    assert texts(again.json())[0] == "甲の文。"


def test_versions_and_changes(client: TestClient, made: dict[str, Any]) -> None:
    home = f"/api/drafts/{made['id']}"
    change(client, made, {"act": "remove", "sentence": "a1"})
    versions = client.get(f"{home}/versions").json()["versions"]
    assert [(v["number"], v["author"], v["changes"]) for v in versions] == [(2, "乙", 1), (1, "甲", 0)]
    assert texts(client.get(f"{home}/versions/1").json())[0] == "秘密を守ること。"
    log = client.get(f"{home}/changes").json()["changes"]
    assert [(c["what"], c["before"]) for c in log] == [("removed", "秘密を守ること。")]
    back = client.post(f"{home}/versions/1/restore", json={"base": 2})
    assert texts(back.json())[0] == "秘密を守ること。"
    change(client, made, {"act": "remove", "sentence": "a1"}, base=3)
    assert client.post(f"{home}/versions/1/restore", json={"base": 1}).status_code == 409
    assert client.get(f"{home}/versions/9").status_code == 404


def test_preview_keeps_nothing(client: TestClient) -> None:
    shown = client.post("/api/drafts/preview", json={"profile": FACTS, "item": "III.4"}).json()
    assert {f["item"] for f in shown["fields"]} == {"III.4"}
    assert client.get("/api/drafts").json()["drafts"] == []


def test_faults(client: TestClient, made: dict[str, Any]) -> None:
    for response in (
        client.post("/api/drafts", json={"profile": {"citi": "緑丘市"}}),
        client.post("/api/drafts", json={"profile": {"city": NUMBER}}),
        change(client, made, {"act": "explode"}),
        change(client, made),
    ):
        assert response.status_code == 422
        assert response.json()["error"]["message"]
    assert client.get("/api/drafts/none").json()["error"]["code"] == "not_found"
    assert NUMBER not in client.post("/api/drafts", json={"profile": {"city": NUMBER}}).text


@pytest.mark.parametrize("format", ["xlsx", "sources", "docx", "markdown", "profile", "json"])
def test_files(client: TestClient, made: dict[str, Any], format: str) -> None:
    response = client.get(f"/api/drafts/{made['id']}/export", params={"format": format})
    assert response.status_code == 200
    assert len(response.content) > 50
    assert "filename*=UTF-8''" in response.headers["content-disposition"]


def test_deleting(client: TestClient, made: dict[str, Any]) -> None:
    assert client.delete(f"/api/drafts/{made['id']}").status_code == 204
    assert client.get(f"/api/drafts/{made['id']}").status_code == 404


def test_another_site_changes_nothing(client: TestClient, made: dict[str, Any]) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    home = f"/api/drafts/{made['id']}"
    for method, path in (("POST", "/api/drafts"), ("PATCH", home), ("DELETE", home)):
        assert client.request(method, path, headers=headers).status_code == 403


def test_a_revision(client: TestClient) -> None:
    made = client.post("/api/drafts", json={"revises": "青葉野市-7"}).json()
    assert (made["revises"], [p["document"] for p in made["peers"]]) == ("青葉野市-7", ["汐見町-2"])
    change(client, made, {"act": "remove", "sentence": "a1"})
    rows = client.get(f"/api/drafts/{made['id']}/revision").json()["rows"]
    assert [(r["before"], r["after"], r["timing"]) for r in rows] == [("秘密を守ること。", "", "事前")]

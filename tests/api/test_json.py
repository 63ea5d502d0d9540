"""What the JSON addresses give."""

from __future__ import annotations

import re
from urllib.parse import quote

from fastapi.testclient import TestClient

from api.services import Services
from tests.fakes_api import CONTRACTOR, ITEMS, answered

DOCUMENT = "青葉野市-7"


def test_answer_is_the_contract(client: TestClient) -> None:
    body = {"question": "委託先は?", "filters": {"municipalities": ["青葉野市"], "documents": [], "parts": ["II"]}}
    response = client.post("/api/ask", json=body)
    assert response.status_code == 200
    answer = response.json()
    assert re.fullmatch("[0-9a-f]{16}", answer.pop("id"))
    assert answer == {k: v for k, v in answered("委託先は?").as_dict().items() if k != "id"}


def test_filters_reach_the_answerer(client: TestClient, services: Services) -> None:
    client.post("/api/ask", json={"question": "委託先は?", "filters": {"parts": ["II"], "documents": [DOCUMENT]}})
    question, filters = services.answerer.asked[0]  # type: ignore[attr-defined]
    assert question == "委託先は?"
    assert (filters.municipalities, filters.documents, filters.parts) == ((), (DOCUMENT,), ("II",))


def test_outcomes_are_not_faults(client: TestClient) -> None:
    for status in ("not_collected", "not_stated", "unreadable", "out_of_scope", "refused", "partial"):
        response = client.post("/api/ask", json={"question": f"{status} の質問"})
        assert (response.status_code, response.json()["status"]) == (200, status)


def test_assessments(client: TestClient) -> None:
    listed = client.get("/api/assessments").json()
    assert [a["document"] for a in listed["assessments"]] == [DOCUMENT, "汐見町-2"]
    assert listed["total"] == 2
    assert client.get("/api/assessments", params={"municipality": "汐見町"}).json()["total"] == 1
    one = client.get(f"/api/assessments/{DOCUMENT}").json()
    assert one["published_on"] == "2025-04-01"
    assert one["gaps"] == [{"section": "I.2", "reason": "番号が 1 から 3 へ飛んでいます。"}]
    versions = client.get(f"/api/assessments/{DOCUMENT}/versions").json()["versions"]
    assert [v["current"] for v in versions] == [False, True]
    for published in ("2023-04-01", "令和5年4月1日"):
        older = client.get(f"/api/assessments/{DOCUMENT}", params={"published": published}).json()
        assert older["id"] == 1


def test_items(client: TestClient) -> None:
    items = client.get(f"/api/assessments/{DOCUMENT}/items", params={"part": "II", "number": "4"}).json()["items"]
    assert {i["number"] for i in items} == {"4"}
    for at, item in enumerate(ITEMS):
        shown = client.get(f"/api/assessments/{DOCUMENT}/items/{quote(item.key, safe='')}").json()
        assert shown["item"]["text"] == item.text
        assert shown["item"]["section"] == item.section
        assert shown["previous"] == (ITEMS[at - 1].key if at else None)
    assert shown["next"] is None
    marks = client.get(f"/api/assessments/{DOCUMENT}/items", params={"part": "II", "number": "3"}).json()["items"][0]
    assert [m["marking"] for m in marks["marks"]] == ["marked", "unmarked", "unreadable"]


def test_source_is_plain_text(client: TestClient) -> None:
    response = client.get(f"/api/assessments/{DOCUMENT}/source")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert CONTRACTOR in response.text


def test_records(client: TestClient) -> None:
    table = client.get("/api/records/contracts").json()
    assert table["total"] == 2
    assert {"name": "contractor", "ja": "委託先名"} in table["columns"]
    assert table["rows"][0]["cells"]["contractor"]["value"] == CONTRACTOR
    assert table["rows"][1]["cells"]["contractor"]["state"] == "unreadable"
    assert client.get("/api/records/contracts", params={"q": "汐見データ"}).json()["total"] == 1
    assert client.get("/api/records/contracts", params={"municipality": "汐見町"}).json()["total"] == 0
    own = client.get(f"/api/assessments/{DOCUMENT}/records/changes", params={"published": "2025-04-01"}).json()
    assert own["rows"][0]["cells"]["after"]["value"] == CONTRACTOR


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {
        "status": "ok",
        "generation": 4,
        "documents": 2,
        "versions": 3,
        "accounts": False,
    }

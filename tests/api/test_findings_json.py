"""Findings for programs: of one assessment and of all, dismissed and restored, as a workbook, of a text and a file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.app import MAX_TEXT_BYTES
from api.services import Services
from api.web.findings import FindingsCache
from rag.guard import check_digit
from tests.api.conftest import MakeClient
from tests.fakes_api import FakeCatalog

ROOT = Path(__file__).resolve().parents[2]
OWN = "/api/assessments/青葉野市-7/findings"
PERSONAL_NUMBER = f"12345678901{check_digit('12345678901')}"
SAMPLE = ROOT / "samples" / "川崎市-14.txt"


def first(client: TestClient) -> dict[str, Any]:
    """The gravest finding of an assessment."""
    found: dict[str, Any] = client.get(OWN).json()["findings"][0]
    return found


def dismiss(client: TestClient, key: str, reason: str, **query: str) -> Any:
    return client.put(f"/api/findings/{key}/dismissal", json={"reason": reason}, params=query)


def test_one_assessment(client: TestClient) -> None:
    told = client.get(OWN).json()
    assert (told["document"], told["published"]) == ("青葉野市-7", "令和7年4月1日")
    assert [f["severity"] for f in told["findings"]] == ["finding", "question", "question"], "gravest first"
    assert told["counts"] == {"finding": 1, "question": 2, "note": 0, "dismissed": 0}
    lost = told["findings"][0]
    assert (lost["rule"], lost["family"], lost["sections"]) == ("missing.part", "missing", ["I.2"])


def test_an_older_version_has_findings_of_its_own(client: TestClient) -> None:
    told = client.get(OWN, params={"published": "2023-04-01"}).json()
    assert told["published"] == "令和5年4月1日"
    assert not any(f["family"] == "missing" for f in told["findings"]), "this version lost nothing"
    refused = client.get(OWN, params={"published": "1999-01-01"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")


def test_all_assessments(client: TestClient) -> None:
    told = client.get("/api/findings").json()
    assert told["total"] == 2
    assert [a["document"] for a in told["assessments"]] == ["青葉野市-7", "汐見町-2"]
    grave = client.get("/api/findings", params={"severity": "finding"}).json()["assessments"]
    assert [len(a["findings"]) for a in grave] == [1, 0]
    part = client.get("/api/findings", params={"offset": 1, "limit": 1}).json()
    assert (part["total"], [a["document"] for a in part["assessments"]]) == (2, ["汐見町-2"])
    town = client.get("/api/findings", params={"municipality": "汐見町"}).json()
    assert (town["total"], len(town["assessments"])) == (1, 1)


def test_dismissed_and_restored(client: TestClient) -> None:
    key = first(client)["key"]
    assert dismiss(client, key, "  抄録のため ").json()["dismissed"] == "抄録のため"
    told = client.get(OWN).json()
    assert key not in [f["key"] for f in told["findings"]]
    assert told["counts"]["dismissed"] == 1
    every = client.get(OWN, params={"all": "true"}).json()
    assert {f["key"]: f["dismissed"] for f in every["findings"]}[key] == "抄録のため"
    assert dismiss(client, key, "別の理由", document="青葉野市-7").json()["dismissed"] == "別の理由"
    assert client.delete(f"/api/findings/{key}/dismissal").status_code == 204
    assert first(client)["key"] == key


@pytest.mark.parametrize(
    ("reason", "word"),
    [("", "理由が空"), (" \n", "理由が空"), ("長" * 1001, "長すぎます"), (f"番号{PERSONAL_NUMBER}のため", "個人番号")],
)
def test_reasons_that_are_not_kept(client: TestClient, reason: str, word: str) -> None:
    key = first(client)["key"]
    refused = dismiss(client, key, reason)
    assert refused.status_code == 422
    assert word in refused.json()["error"]["message"]
    assert PERSONAL_NUMBER not in refused.text
    assert first(client)["key"] == key, "the finding stands"


def test_a_key_that_is_none(client: TestClient) -> None:
    for refused in (
        dismiss(client, "0123456789", "理由"),
        dismiss(client, first(client)["key"], "理由", document="汐見町-2"),
        dismiss(client, first(client)["key"], "理由", document="無し町-1"),
        client.delete("/api/findings/0123456789/dismissal"),
    ):
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")
    assert "指摘「0123456789」" in dismiss(client, "0123456789", "理由").json()["error"]["message"]


def test_another_site_cannot_dismiss(client: TestClient) -> None:
    key = first(client)["key"]
    headers = {"sec-fetch-site": "cross-site"}
    refused = client.put(f"/api/findings/{key}/dismissal", json={"reason": "理由"}, headers=headers)
    assert (refused.status_code, first(client)["key"]) == (403, key)


def test_the_workbook(client: TestClient) -> None:
    dismiss(client, first(client)["key"], "=cmd|'/c calc'!A1")
    rows = {}
    for everything in ("false", "true"):
        got = client.get(f"{OWN}.xlsx", params={"all": everything})
        assert got.headers["content-disposition"].endswith("%E9%9D%92%E8%91%89%E9%87%8E%E5%B8%82-7.xlsx")
        sheet = load_workbook(io.BytesIO(got.content)).worksheets[0]
        rows[everything] = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [len(rows["false"]), len(rows["true"])] == [2, 3]
    assert rows["true"][0][-1] == "'=cmd|'/c calc'!A1", "no cell runs as a formula"


def test_a_text_is_checked_and_not_kept(client: TestClient) -> None:
    told = client.post("/api/check", json={"text": SAMPLE.read_text("utf-8")}).json()
    assert told["document"] == "川崎市-14"
    assert told["findings"]
    assert all(f["document"] == "川崎市-14" for f in told["findings"])
    assert client.get("/api/assessments").json()["total"] == 2, "only what was collected before"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_a_file_in_any_of_the_encodings(client: TestClient, encoding: str) -> None:
    content = SAMPLE.read_text("utf-8").encode(encoding, "replace")
    told = client.post("/api/check/file", files={"file": ("../../下書き.txt", content)}).json()
    assert told["document"] == "川崎市-14"
    assert len(told["findings"]) == len(client.post("/api/check", json={"text": SAMPLE.read_text()}).json()["findings"])


def test_a_workbook_of_the_form(client: TestClient) -> None:
    content = (ROOT / "samples" / "みなも町-3.xlsx").read_bytes()
    told = client.post("/api/check/file", files={"file": ("みなも町-3.xlsx", content)})
    assert (told.status_code, told.json()["document"]) == (200, "みなも町-3")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("空.txt", b"", "空"),
        ("写真.png", b"\x89PNG\r\n", "この形式(.png)は読めません"),
        ("名前だけ", b"abc", "拡張子なし"),
        ("手紙.txt", "拝啓 春の候。".encode(), "評価書ではない"),
        ("壊れた.xlsx", b"PK\x03\x04", "壊れた.xlsx"),
        ("a" * 300 + ".txt", "拝啓".encode(), "a" * 60 + ".txt"),
        ("..", b"x", "評価書"),
    ],
)
def test_files_that_cannot_be_checked(client: TestClient, name: str, content: bytes, word: str) -> None:
    refused = client.post("/api/check/file", files={"file": (name, content)})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "unreadable_file")
    assert word in refused.json()["error"]["message"]
    assert "/tmp" not in refused.text, "only the name of the file is told"


def test_a_text_that_is_no_assessment(client: TestClient) -> None:
    refused = client.post("/api/check", json={"text": "拝啓 春の候。"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "unreadable_file")
    assert "貼り付けた本文.txt" in refused.json()["error"]["message"]


def test_bodies_that_are_too_large(make_client: MakeClient, services: Services) -> None:
    client = make_client(services, max_file_mb=2)
    assert client.post("/api/check/file", files={"file": ("a.txt", b"x" * 2**20)}).status_code == 422, (
        "read, and no text"
    )
    refused = client.post("/api/check/file", files={"file": ("a.txt", b"x" * (3 * 2**20))})
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_large")
    assert "2 MB" in refused.json()["error"]["message"]
    text = client.post("/api/check", content=b"x" * (MAX_TEXT_BYTES + 1), headers={"content-type": "application/json"})
    assert text.status_code == 413


def test_findings_are_looked_for_once_until_the_catalog_moves(
    client: TestClient, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = services.catalog
    assert isinstance(catalog, FakeCatalog)
    read: list[int] = []
    source = catalog.source
    monkeypatch.setattr(catalog, "source", lambda id: read.append(id) or source(id))
    for _ in range(3):
        client.get(OWN)
    assert read == [2]
    monkeypatch.setattr(catalog, "generation", lambda: 5)
    client.get(OWN)
    assert read == [2, 2]


def test_a_new_day_is_a_new_search(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, version = FindingsCache(), services.catalog.version("青葉野市-7")
    seen: list[int] = []

    class Counting:
        def check(self, targets: list[Any]) -> Any:
            seen.append(targets[0].id)
            return iter([object()])

    for day in (1, 1, 2):
        cache.of((4, day), Counting(), version)  # type: ignore[arg-type]
    assert seen == [2, 2]
    assert cache.known((4, 2), version) is not None  # type: ignore[arg-type]
    assert cache.known((5, 2), version) is None  # type: ignore[arg-type]

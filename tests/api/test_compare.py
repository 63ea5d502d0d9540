"""/api/compare and the page /compare over the samples."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from api.services import Services
from rag.answer import Answerer
from rag.library import Library
from tests.api.conftest import MakeClient
from tests.fakes_api import EVIL, FakeCatalog, FakeLibrary, fake_services


@pytest.fixture
def reader(make_client: MakeClient, sample_library: Library) -> TestClient:
    return make_client(Services(sample_library, Answerer(sample_library)))


def test_the_comparison_as_json(reader: TestClient) -> None:
    body = reader.get("/api/compare/III.3", params={"own": "川口市"}).json()
    assert body["item"] == "III.3"
    assert body["coverage"]["considered"] == len(body["columns"])
    assert body["columns"][0]["own"]
    for row in body["rows"]:
        assert [c["document"] for c in row["cells"]] == [c["document"] for c in body["columns"]]
        assert sum(row["counts"].values()) == len(body["columns"])
        assert all(cell["citations"] for cell in row["cells"] if cell["state"] == "has")
    assert any(cell["gap"] for row in body["rows"] for cell in row["cells"])


def test_bodies_narrow_it(reader: TestClient) -> None:
    body = reader.get("/api/compare/III.4", params={"body": ["川口市", "青嶺市-11"]}).json()
    assert [c["document"] for c in body["columns"]] == ["川口市-22", "青嶺市-11"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/compare/II.4", 422, "III.3"),
        ("/api/compare/III.3?body=赤城市", 404, "赤城市"),
        ("/compare?item=x", 422, "III.3"),
    ],
)
def test_what_cannot_be_compared(reader: TestClient, path: str, status: int, said: str) -> None:
    response = reader.get(path)
    assert response.status_code == status
    assert said in response.text


def test_the_page_shows_states_quotes_and_gaps(reader: TestClient) -> None:
    page = html.unescape(reader.get("/compare", params={"item": "III.4", "own": "川口市"}).text)
    assert "Ⅲ.4 特定個人情報ファイルの取扱いの委託の比較" in page
    assert "うち 1 件は、この項目の全部か一部が読取不可です" in page
    assert re.search(r'<span class="holding is-unreadable">読取不可</span>', page)
    assert "▲ 他の" in page
    assert 'href="/assessments/%E5%B7%9D%E5%8F%A3%E5%B8%82-22/items/III.4' in page
    assert '<option value="川口市" selected>' in page


def test_the_page_without_any_document(make_client: MakeClient) -> None:
    services = fake_services()
    empty = Services(FakeLibrary(FakeCatalog(empty=True)), services.answerer)
    page = make_client(empty).get("/compare").text
    assert "hyoka load" in page


def test_what_is_typed_is_escaped(client: TestClient) -> None:
    page = client.get("/compare", params={"item": "III.4", "own": EVIL}, headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "<script>alert" not in page.text


def test_the_page_of_an_assessment_leads_to_it(client: TestClient) -> None:
    assert 'href="/compare?own=' in client.get("/assessments/青葉野市-7").text
    assert 'href="/compare"' in client.get("/assessments").text


def test_too_many_are_chosen_first(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.web.compare.MAX_AT_ONCE", 1)
    assert "比べる評価書を選んでください" in client.get("/compare").text
    assert "評価書 1 件を比べました" in client.get("/compare?body=青葉野市").text

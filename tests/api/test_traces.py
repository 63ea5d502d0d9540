"""The record of an answer, as a page and as JSON."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.services import Services
from rag.types import ModelCard, Reach
from tests.api.conftest import MakeClient
from tests.fakes_api import EVIL, MODEL, SENTENCES, FakeAnswerer, fake_services


@pytest.fixture
def worded(client: TestClient, services: Services) -> str:
    assert isinstance(services.answerer, FakeAnswerer)
    services.answerer.says = SENTENCES
    return str(client.post("/api/ask", json={"question": f"委託先は？{EVIL}"}).json()["id"])


def test_page(client: TestClient, worded: str) -> None:
    page = client.get(f"/traces/{worded}").text
    for said in (
        "質問を確かめる(個人番号など)",
        "12.3 ミリ秒",
        "青葉野市",
        "日本語",
        MODEL.name,
        "<code>3b1f0c9ad2e4</code>",
        "<code>c1</code>",
        "根拠に「500円」がありません",
        "4文中3文を確認",
        "汐見データ株式会社 第二営業部",
    ):
        assert said in page, said
    assert "<script>alert" not in page
    assert "<img" not in page


def test_json(client: TestClient, worded: str) -> None:
    trace = client.get(f"/api/traces/{worded}").json()
    assert trace["answer"]["composed_by"] == "model"
    assert [v["kept"] for v in trace["verdicts"]] == [True, True, True, False]
    assert trace["evidence"][0]["token"] == "c1"
    assert trace["prompts"] == {"compose": "3b1f0c9ad2e4"}
    assert trace["timings_ms"] == {"guard": 0.1, "find": 12.3}
    assert (trace["conversation"], trace["replaced"]) == ("", False)
    assert client.get("/api/traces/0123456789abcdef").status_code == 404


def test_without_a_model(client: TestClient) -> None:
    id = client.post("/api/ask", json={"question": "委託先は？"}).json()["id"]
    page = client.get(f"/traces/{id}").text
    assert "使っていません。記録と原文から組み立てました。" in page
    assert "文ごとの照合" not in page


@pytest.mark.parametrize(
    ("card", "words", "tone"),
    [
        (None, "言語モデルなし(外部送信なし)", "good"),
        (ModelCard("ollama:やまびこ", Reach.MACHINE), "文章: ollama:やまびこ(この機械の中、外部送信なし)", "good"),
        (
            ModelCard("openai:やまびこ", Reach.NETWORK, "llm.example:8000"),
            "文章: openai:やまびこ(設定したサーバー llm.example:8000 へ送信)",
            "plain",
        ),
        (
            ModelCard("anthropic:やまびこ", Reach.OUTSIDE, "api.example"),
            "文章: anthropic:やまびこ(外部のサービス Anthropic へ送信)",
            "care",
        ),
        (
            ModelCard("新しい:やまびこ", Reach.OUTSIDE, "api.example"),
            "文章: 新しい:やまびこ(外部のサービス api.example へ送信)",
            "care",
        ),
    ],
)
def test_every_page_says_which_model_answers(
    make_client: MakeClient, card: ModelCard | None, words: str, tone: str
) -> None:
    client = make_client(fake_services(model=card))
    for path in ("/", "/assessments", "/conversations", "/feedback", "/nothing"):
        page = client.get(path, headers={"accept": "text/html"}).text
        header = page.partition('<p class="standing">')[2].partition("</p>")[0]
        text = "".join(part.partition(">")[2] for part in header.split("<"))
        assert words in text, path
        assert f'class="who is-{tone}' in header

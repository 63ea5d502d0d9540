"""doctor, ask and the server's services with a language model: a real server on loopback, scripted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_openai import FakeOpenAI, Reply, refusing

from api.app import close_services, open_services
from rag.settings import Settings
from rag.types import ModelCard, Reach
from tests.cli.conftest import Hyoka

OBJECT = '{"name": "給食費", "contractor": "株式会社エイ"}'


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOpenAI]:
    """The server that HYOKA_LLM names."""
    running = FakeOpenAI()
    monkeypatch.setenv("HYOKA_LLM", "openai:fake")
    monkeypatch.setenv("HYOKA_LLM_BASE_URL", running.url)
    monkeypatch.setenv("HYOKA_LLM_API_KEY", "sk-geheim")
    yield running
    running.close()


def test_without_a_model_nothing_leaves(hyoka: Hyoka) -> None:
    done = hyoka("doctor")
    assert done.status == 0
    assert "なし(外部送信なし)" in done.out


def test_what_a_model_can_do(hyoka: Hyoka, server: FakeOpenAI) -> None:
    server.script(Reply(("春、", "夏、", "秋、冬です。")), Reply((OBJECT,)))
    done = hyoka("doctor")
    assert done.status == 0, done.out
    assert "openai:fake、この機械の中(127.0.0.1)" in done.out
    assert "最初の語まで" in done.out
    assert "逐次出力できます(3片)" in done.out
    assert "構造化出力" in done.out
    assert "json_schema" in done.out
    assert "geheim" not in done.out


def test_a_model_that_can_do_less(hyoka: Hyoka, server: FakeOpenAI) -> None:
    server.script(Reply(("春夏秋冬です。",)), refusing("response_format", "tools", then=Reply((OBJECT,))))
    done = hyoka("doctor")
    assert done.status == 0, done.out
    assert "一度に届きます" in done.out
    assert "(words)" in done.out


@pytest.mark.parametrize(
    ("script", "word"),
    [
        ([Reply(status=401, message="sk-geheim")], "HYOKA_LLM_API_KEY"),
        ([Reply(status=404)], "見つかりません"),
        ([Reply(())], "何も答えませんでした"),
        ([Reply(("春",)), Reply(("わかりません",))], "形ではありません"),
    ],
)
def test_what_is_wrong_with_a_model(script: list[Reply], word: str, hyoka: Hyoka, server: FakeOpenAI) -> None:
    server.script(*script)
    done = hyoka("doctor")
    assert done.status == 1
    (line,) = [line for line in done.out.splitlines() if line.startswith("×")]
    assert word in line
    assert "geheim" not in done.out


def test_a_model_that_cannot_be_opened(hyoka: Hyoka, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYOKA_LLM", "acme:m")
    done = hyoka("doctor")
    assert done.status == 1
    assert "acme" in done.out
    asked = hyoka("ask", "委託先は？")
    assert asked.status == 1
    assert "acme" in asked.err


def test_the_model_is_asked_to_word_an_answer(hyoka: Hyoka, server: FakeOpenAI) -> None:
    done = hyoka("ask", "青嶺市の国民健康保険の委託先は？", "--json")
    assert done.status == 0, done.err
    answer = json.loads(done.out)
    assert answer["status"] == "answered"
    assert answer["model"] == "openai:fake"
    assert any("国民健康保険" in str(request.body) for request in server.requests)
    assert "geheim" not in done.out + done.err


def test_the_server_knows_its_model_and_closes_it(shelf_home: Path, server: FakeOpenAI) -> None:
    services = open_services(Settings(home=shelf_home))
    assert services.model == ModelCard("openai:fake", Reach.MACHINE, "127.0.0.1")
    services.answerer.ask("青嶺市の国民健康保険の委託先は？")
    assert server.requests
    close_services(services)


def test_the_server_without_a_model(shelf_home: Path) -> None:
    services = open_services(Settings(home=shelf_home))
    assert services.model is None
    close_services(services)

"""Each provider's package gets what it needs, by the names that it knows; what lacks is told in a sentence."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from fake_openai import FakeOpenAI, Reply
from pydantic import BaseModel

from rag.errors import ModelError, SettingsError
from rag.llm import open_model
from rag.llm.choice import PROVIDERS
from rag.llm.model import LangChainModel
from rag.settings import Settings
from rag.stop import Stop
from rag.types import Reach
from tests.rag.llm.conftest import ASKED, OpenModel


class Shape(BaseModel):
    """A year."""

    year: int


def chat_of(model: LangChainModel) -> Any:
    return model._line.chat


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_package_that_lacks_is_named_with_the_command(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain.chat_models", None)
    extra = PROVIDERS[provider].extra
    with pytest.raises(SettingsError) as lacking:
        open_model(Settings(llm=f"{provider}:m", llm_api_key="k"))
    assert f"pip install 'hyoka[{extra}]'" in str(lacking.value)
    assert f".venv/bin/pip install -e '.[{extra}]'" in str(lacking.value)


def test_a_servers_own_key_is_enough_and_none_is_needed(
    server: FakeOpenAI, opened: OpenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-place")
    list(opened(llm="openai:fake", llm_base_url=server.url).stream(ASKED, Stop()))
    assert "another" not in str(server.requests[0].headers)


def test_openais_service(opened: OpenModel) -> None:
    chat = chat_of(opened(llm="openai:gpt-4.1", llm_api_key="k"))
    assert chat.openai_api_base == "https://api.openai.com/v1"
    assert (chat.max_tokens, chat.temperature, chat.max_retries, chat.store) == (1024, 0, 0, False)
    assert (chat.cache, chat.verbose, chat.callbacks) == (False, False, None)


def test_no_variable_redirects_openai_unseen(opened: OpenModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://10.9.8.7/v1")
    model = opened(llm="openai:m", llm_api_key="k")
    assert (model.card.reach, model.card.host) == (Reach.NETWORK, "10.9.8.7")
    assert str(chat_of(model).root_async_client.base_url) == "http://10.9.8.7/v1/"
    monkeypatch.setenv("OPENAI_BASE_URL", "")
    monkeypatch.setenv("LANGSMITH_GATEWAY", "https://gateway.example")
    model = opened(llm="openai:m", llm_api_key="k")
    assert str(chat_of(model).root_async_client.base_url) == "https://api.openai.com/v1/"


def test_azure(server: FakeOpenAI, opened: OpenModel, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_VERSION"):
        opened(llm="azure:our-deployment", llm_base_url=server.origin, llm_api_key="k")
    monkeypatch.setenv("OPENAI_API_VERSION", "2026-01-01")
    model = opened(llm="azure:our-deployment", llm_base_url=server.origin, llm_api_key="geheim")
    assert model.card.reach is Reach.OUTSIDE
    assert "".join(model.stream(ASKED, Stop())) == "はい。"
    (request,) = server.requests
    assert request.path == "/openai/deployments/our-deployment/chat/completions?api-version=2026-01-01"
    assert request.headers["api-key"] == "geheim"
    assert request.body["max_completion_tokens"] == 1024


def test_ollama(server: FakeOpenAI, opened: OpenModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", server.origin)
    model = opened(llm="ollama:qwen3:8b", llm_max_tokens=100, llm_context_tokens=4000)
    server.say("はい", "。")
    assert list(model.stream(ASKED, Stop())) == ["はい", "。"]
    body = server.requests[0].body
    assert (body["model"], body["think"]) == ("qwen3:8b", False)
    assert body["options"] == {"num_ctx": 4000, "num_predict": 100, "temperature": 0}
    server.say('{"year": ', "6}")
    assert model.structured(ASKED, Shape, Stop()) == Shape(year=6)
    assert server.requests[-1].body["format"]["required"] == ["year"]
    server.say('{"year": 6')
    with pytest.raises(ModelError, match="形ではありません"):
        model.structured(ASKED, Shape, Stop())


def test_ollama_stops_and_tries_again_as_the_others(server: FakeOpenAI, opened: OpenModel) -> None:
    model = opened(llm="ollama:m", llm_base_url=server.origin, llm_timeout_s=10, llm_api_key="geheim")
    server.script(Reply(status=503), Reply(("は", "い"), end="silence"))
    stop = Stop()
    for piece in model.stream(ASKED, stop):
        if piece == "い":
            stop.set()
    assert server.gone.wait(1)
    assert [request.headers["authorization"] for request in server.requests] == ["Bearer geheim"] * 2
    server.script(Reply(status=404))
    with pytest.raises(ModelError, match="ollama pull m"):
        list(model.stream(ASKED, Stop()))


def test_ollama_that_is_not_running(opened: OpenModel) -> None:
    gone = FakeOpenAI()
    gone.close()
    with pytest.raises(ModelError, match="接続できません"):
        list(opened(llm="ollama:m", llm_base_url=gone.origin, llm_timeout_s=5).stream(ASKED, Stop()))


def test_anthropic(opened: OpenModel) -> None:
    pytest.importorskip("langchain_anthropic")
    chat = chat_of(opened(llm="anthropic:claude-x", llm_api_key="k", llm_timeout_s=30))
    assert (chat.model, chat.anthropic_api_url) == ("claude-x", "https://api.anthropic.com")
    assert (chat.max_tokens, chat.max_retries, chat.default_request_timeout, chat.temperature) == (1024, 0, 30, 0)


def test_google(opened: OpenModel) -> None:
    pytest.importorskip("langchain_google_genai")
    chat = chat_of(opened(llm="google:gemini-x", llm_api_key="k", llm_timeout_s=30))
    assert (chat.model, chat.max_output_tokens, chat.max_retries, chat.timeout) == ("gemini-x", 1024, 1, 30)


def test_bedrock(opened: OpenModel, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_aws")
    monkeypatch.setenv("AWS_REGION", "ap-northeast-1")
    chat = chat_of(opened(llm="bedrock:amazon.nova-lite-v1:0", llm_api_key="k", llm_timeout_s=30))
    assert (chat.model_id, chat.max_tokens, chat.temperature) == ("amazon.nova-lite-v1:0", 1024, 0)
    assert (chat.timeout, chat.max_retries) == (30, 0)


@pytest.mark.parametrize(("llm", "path"), [("anthropic:claude-x", "/v1/messages"), ("google:gemini-x", "/v1beta/")])
def test_refusals_of_the_others_are_the_same_sentences(
    llm: str, path: str, server: FakeOpenAI, opened: OpenModel
) -> None:
    model = opened(llm=llm, llm_base_url=server.origin, llm_api_key="geheim", llm_timeout_s=10)
    assert (model.card.reach, model.card.host) == (Reach.MACHINE, "127.0.0.1")
    for status, word in ((401, "認証を断られました"), (404, "見つかりません"), (429, "混み合って")):
        server.requests.clear()
        server.script(Reply(status=status, message="geheim", headers={"Retry-After": "99"}))
        with pytest.raises(ModelError, match=word) as failed:
            list(model.stream(ASKED, Stop()))
        assert "geheim" not in str(failed.value)
        assert len(server.requests) == 1
        assert server.requests[0].path.startswith(path)

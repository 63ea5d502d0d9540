"""A scripted model server, and models that reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fake_openai import FakeOpenAI

from prompts import Message
from rag.llm import open_model
from rag.llm.choice import PROVIDERS
from rag.llm.model import LangChainModel
from rag.settings import Settings

ASKED = [Message("system", "短く答えてください。"), Message("user", "委託先は？")]
OpenModel = Callable[..., LangChainModel]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of a provider or of LangSmith is set; what a model sets is taken back."""
    for facts in PROVIDERS.values():
        for name in (*facts.key_env, *facts.address_env, *facts.other_env):
            monkeypatch.delenv(name, raising=False)
    for name in ("LANGSMITH_TRACING", "LANGSMITH_GATEWAY", "NO_PROXY", "no_proxy", "GOOGLE_GENAI_USE_VERTEXAI"):
        monkeypatch.setenv(name, "")


@pytest.fixture
def server() -> Iterator[FakeOpenAI]:
    """The server; it says 「はい。」 until something else is scripted."""
    running = FakeOpenAI()
    yield running
    running.close()


@pytest.fixture
def opened() -> Iterator[OpenModel]:
    """Opens models, and closes them at the end."""
    models: list[LangChainModel] = []

    def open_one(**settings: Any) -> LangChainModel:
        model = open_model(Settings(**settings))
        assert model is not None
        models.append(model)
        return model

    yield open_one
    for model in models:
        model.close()


@pytest.fixture
def model(server: FakeOpenAI, opened: OpenModel) -> LangChainModel:
    """A model at the server, by OpenAI's protocol."""
    return opened(llm="openai:fake", llm_base_url=server.url, llm_timeout_s=20)

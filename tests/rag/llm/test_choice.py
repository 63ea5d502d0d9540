"""HYOKA_LLM: provider and model, or a sentence on what is wrong."""

from __future__ import annotations

import pytest

from rag.errors import SettingsError
from rag.llm import open_model
from rag.llm.choice import choose
from rag.settings import Settings


@pytest.mark.parametrize(
    ("value", "provider", "model"),
    [
        ("ollama:qwen3:8b", "ollama", "qwen3:8b"),
        (" OpenAI : my-model ", "openai", "my-model"),
        ("azure_openai:deployment", "azure", "deployment"),
        ("google_genai:gemini-x", "google", "gemini-x"),
        ("bedrock:anthropic.claude-x-v1:0", "bedrock", "anthropic.claude-x-v1:0"),
    ],
)
def test_provider_and_model(value: str, provider: str, model: str) -> None:
    choice = choose(value)
    assert (choice.provider, choice.model) == (provider, model)
    assert choice.name == f"{provider}:{model}"


@pytest.mark.parametrize("value", ["qwen3", "ollama:", ":qwen3", "ollama: "])
def test_another_form_is_refused_with_an_example(value: str) -> None:
    with pytest.raises(SettingsError, match="ollama:qwen3:8b"):
        choose(value)


def test_an_unknown_provider_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"acme.*ollama、openai、azure、anthropic、google、bedrock"):
        choose("acme:model")


def test_no_model_is_opened_where_none_is_set() -> None:
    assert open_model(Settings(llm="")) is None
    assert open_model(Settings(llm=" ")) is None

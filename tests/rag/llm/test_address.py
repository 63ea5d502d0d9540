"""Where a model is reached, and how far a question travels to it."""

from __future__ import annotations

import pytest

from rag.errors import SettingsError
from rag.llm.address import card_of, find_address
from rag.llm.choice import choose
from rag.types import Reach


def reach(llm: str, base_url: str = "", **environment: str) -> tuple[Reach, str]:
    choice = choose(llm)
    card = card_of(choice, find_address(choice, base_url, environment))
    assert card.name == choice.name
    return card.reach, card.host


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/v1",
        "http://localhost:1234/v1",
        "http://127.1.2.3/v1",
        "http://[::1]:8080/v1",
        "http://0.0.0.0:8080/v1",
        "http://llm.localhost/v1",
    ],
)
def test_loopback_is_this_machine(url: str) -> None:
    assert reach("openai:m", url)[0] is Reach.MACHINE


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://10.1.2.3:8000/v1", "10.1.2.3"),
        ("https://user:geheim@llm.city.example/v1", "llm.city.example"),
        ("http://localhost.city.example/v1", "localhost.city.example"),
        ("http://openai.com.city.example/v1", "openai.com.city.example"),
        ("http://128.0.0.1/v1", "128.0.0.1"),
    ],
)
def test_another_address_is_a_server_on_the_network(url: str, host: str) -> None:
    assert reach("openai:m", url) == (Reach.NETWORK, host)


@pytest.mark.parametrize(
    ("llm", "url", "host"),
    [
        ("openai:gpt-x", "", "api.openai.com"),
        ("openai:gpt-x", "https://api.openai.com/v1", "api.openai.com"),
        ("anthropic:claude-x", "", "api.anthropic.com"),
        ("google:gemini-x", "", "generativelanguage.googleapis.com"),
        ("azure:deployment", "https://city.openai.azure.com", "city.openai.azure.com"),
        ("azure:deployment", "http://127.0.0.1:9", "127.0.0.1"),
        ("bedrock:nova", "", "amazonaws.com"),
        ("ollama:gpt-oss:120b-cloud", "", "ollama.com"),
        ("ollama:glm-4.6:cloud", "http://127.0.0.1:11434", "ollama.com"),
    ],
)
def test_services_of_the_providers_are_outside(llm: str, url: str, host: str) -> None:
    assert reach(llm, url) == (Reach.OUTSIDE, host)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://0.0.0.0:11434"),
        (":9000", "http://127.0.0.1:9000"),
        ("gpu", "http://gpu:11434"),
        ("gpu:9000", "http://gpu:9000"),
        ("[::1]", "http://[::1]:11434"),
        ("https://gpu.city.example", "https://gpu.city.example"),
    ],
)
def test_ollama_is_here_unless_its_own_variable_says_otherwise(written: str, url: str) -> None:
    assert find_address(choose("ollama:m"), "", {"OLLAMA_HOST": written}).url == url


def test_a_variable_of_the_provider_counts_as_its_address_and_ours_before_it() -> None:
    assert reach("openai:m", OPENAI_BASE_URL="http://10.0.0.1/v1") == (Reach.NETWORK, "10.0.0.1")
    assert reach("openai:m", "http://127.0.0.1/v1", OPENAI_BASE_URL="http://10.0.0.1/v1")[0] is Reach.MACHINE
    assert reach("ollama:m", OLLAMA_HOST="gpu:11434") == (Reach.NETWORK, "gpu")


@pytest.mark.parametrize(
    "url", ["llm.city.example/v1", "ftp://host/v1", "http://:geheim@", "http://host:99999/v1", "http://[::1"]
)
def test_what_is_no_address_is_refused_by_the_variable_and_not_shown(url: str) -> None:
    with pytest.raises(SettingsError, match="HYOKA_LLM_BASE_URL") as refused:
        find_address(choose("openai:m"), url, {})
    assert url not in str(refused.value)

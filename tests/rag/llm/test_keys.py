"""Which key goes where."""

from __future__ import annotations

import pytest

from rag.errors import SettingsError
from rag.llm.address import find_address
from rag.llm.choice import choose
from rag.llm.keys import find_key


def key(llm: str, base_url: str = "", setting: str = "", **environment: str) -> str:
    choice = choose(llm)
    return find_key(choice, find_address(choice, base_url, environment), setting, environment)


def test_ours_comes_first() -> None:
    assert key("openai:m", setting="ours", OPENAI_API_KEY="theirs") == "ours"


def test_the_providers_own_variable_serves_its_own_address() -> None:
    assert key("openai:m", OPENAI_API_KEY="theirs") == "theirs"
    assert key("openai:m", OPENAI_API_KEY="theirs", OPENAI_BASE_URL="http://10.0.0.1/v1") == "theirs"


def test_the_providers_own_key_never_goes_to_an_address_that_was_set_here() -> None:
    assert key("openai:m", "http://10.0.0.1/v1", OPENAI_API_KEY="theirs") == ""


@pytest.mark.parametrize("llm", ["openai:m", "anthropic:m", "google:m"])
def test_a_service_without_a_key_is_refused_before_it_is_asked(llm: str) -> None:
    with pytest.raises(SettingsError, match="HYOKA_LLM_API_KEY"):
        key(llm)


def test_who_needs_no_key_of_ours() -> None:
    assert key("ollama:m") == key("bedrock:m") == key("azure:m") == ""
    assert key("google:m", GOOGLE_GENAI_USE_VERTEXAI="true") == ""

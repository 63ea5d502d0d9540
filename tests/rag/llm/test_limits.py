"""Prompts are measured on the safe side, and refused where they leave no room for an answer."""

from __future__ import annotations

import pytest

from prompts import Message
from rag.errors import ModelError, SettingsError
from rag.llm.limits import TOKENS_A_MESSAGE, Limits, prompt_tokens, tokens_of


def test_a_japanese_character_is_a_token_and_three_of_ascii() -> None:
    assert tokens_of("特定個人情報") == 6
    assert tokens_of("abcdef") == 2
    assert tokens_of("令和6年") == 4
    assert tokens_of("") == 0
    assert prompt_tokens([Message("system", "委託"), Message("user", "abc")]) == 2 + 1 + 2 * TOKENS_A_MESSAGE


def test_a_prompt_fits_with_the_answer_or_is_refused() -> None:
    limits = Limits(max_tokens=20, context_tokens=100, timeout_s=1)
    limits.check_fit([Message("user", "委" * (80 - TOKENS_A_MESSAGE))])
    with pytest.raises(ModelError, match="HYOKA_LLM_CONTEXT_TOKENS") as refused:
        limits.check_fit([Message("user", "委" * (81 - TOKENS_A_MESSAGE))])
    assert not refused.value.retryable
    assert "委委" not in str(refused.value)


def test_an_answer_must_be_shorter_than_the_context() -> None:
    with pytest.raises(SettingsError, match="HYOKA_LLM_MAX_TOKENS"):
        Limits(max_tokens=100, context_tokens=100, timeout_s=1)

"""What one answer may take, from the settings, and how a prompt is measured against it.

Tokens are estimated on the safe side: the models' own tokenizers would have to be downloaded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from prompts import Message
from rag.errors import ModelError, SettingsError

#: English words take fewer tokens, numbers and identifiers hardly more.
ASCII_CHARS_A_TOKEN = 3
#: Role and marks around each message.
TOKENS_A_MESSAGE = 8
#: An answer with more characters than this for each of its tokens is cut.
MAX_CHARS_A_TOKEN = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """Tokens of an answer, tokens of prompt and answer together, seconds until the answer is complete."""

    max_tokens: int
    context_tokens: int
    timeout_s: float

    def __post_init__(self) -> None:
        if self.max_tokens >= self.context_tokens:
            raise SettingsError(
                f"HYOKA_LLM_MAX_TOKENS({self.max_tokens})は HYOKA_LLM_CONTEXT_TOKENS({self.context_tokens})より"
                "小さくしてください。"
            )

    @property
    def max_chars(self) -> int:
        """Characters after which an answer is cut."""
        return self.max_tokens * MAX_CHARS_A_TOKEN

    def check_fit(self, messages: Sequence[Message]) -> None:
        """Raises ModelError where the prompt leaves no room for the answer."""
        needed, room = prompt_tokens(messages), self.context_tokens - self.max_tokens
        if needed > room:
            raise ModelError(
                f"言語モデルに渡す文が長すぎます(およそ {needed} トークン、上限 {room})。"
                "範囲を絞るか、HYOKA_LLM_CONTEXT_TOKENS をモデルの扱える長さまで大きくしてください。"
            )


def tokens_of(text: str) -> int:
    """Tokens of a text: one for each Japanese character, one for three of ASCII."""
    ascii_chars = sum(char.isascii() for char in text)
    return len(text) - ascii_chars + math.ceil(ascii_chars / ASCII_CHARS_A_TOKEN)


def prompt_tokens(messages: Sequence[Message]) -> int:
    """Tokens of a whole prompt."""
    return sum(tokens_of(message.text) + TOKENS_A_MESSAGE for message in messages)

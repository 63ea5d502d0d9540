"""One streamed answer of a model, inside the loop: its readable text, piece by piece, cut where it does not end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any

from prompts import Message
from rag.errors import ModelError
from rag.llm.line import Line, begin_by
from rag.llm.thinking import Thoughts

#: What the providers call an answer that was cut at its limit.
CUT = {"length", "max_tokens", "MAX_TOKENS"}
REASONS = ("finish_reason", "done_reason", "stop_reason", "stopReason")

SILENT = "言語モデルが何も答えませんでした。もう一度試すか、hyoka doctor で調べてください。"
ONLY_THOUGHT = (
    "言語モデルが、考えるだけで答えの長さの上限に達しました。"
    "HYOKA_LLM_MAX_TOKENS を大きくするか、考える過程を出さないモデルにしてください。"
)
THOUGHT_ALOUD = "言語モデルの考える過程が答えに混じったため、使いません。もう一度試すと、過程を除いて読みます。"


@dataclass
class Habits:
    """What is found out about a model while it talks. `thinks_first`: its text begins with a thought, unmarked."""

    thinks_first: bool = False


async def tell(line: Line, habits: Habits, messages: Sequence[Message], put: Callable[[str], None]) -> None:
    """Puts the pieces of one answer. Raises ModelError."""
    async with line.turn() as deadline:
        telling = Telling(line, habits, messages, put)
        await line.tried(partial(telling.attempt, deadline), deadline, lambda: telling.chars == 0)


@dataclass
class Telling:
    """One answer. `chars`: how much of it was given out."""

    line: Line
    habits: Habits
    messages: Sequence[Message]
    put: Callable[[str], None]
    chars: int = 0

    async def attempt(self, deadline: float) -> None:
        """Asks once. Raises ModelError, or what the provider's package raises."""
        thoughts = Thoughts(self.habits.thinks_first)
        cut = False
        spoken: Any = self.line.chat.astream(as_langchain(self.messages))
        async with (
            asyncio.timeout_at(begin_by(deadline)) as limit,
            aclosing(spoken) as chunks,
        ):
            async for chunk in chunks:
                cut = cut or any(chunk.response_metadata.get(reason) in CUT for reason in REASONS)
                if chunk.text:
                    limit.reschedule(deadline)
                self.give(thoughts.pass_on(chunk.text))
                if thoughts.leaked:
                    self.habits.thinks_first = True
                    raise ModelError(THOUGHT_ALOUD, retryable=True)
                if self.chars >= self.line.limits.max_chars:
                    break
        self.give(thoughts.rest())
        if not self.chars:
            self.habits.thinks_first = self.habits.thinks_first and (cut or thoughts.seen)
            raise ModelError(ONLY_THOUGHT if cut or thoughts.seen else SILENT, retryable=not cut)

    def give(self, text: str) -> None:
        """Puts a piece, without white space before the first, within the limit."""
        text = text if self.chars else text.lstrip()
        text = text[: self.line.limits.max_chars - self.chars]
        if text:
            self.chars += len(text)
            self.put(text)


def as_langchain(messages: Sequence[Message]) -> list[tuple[str, str]]:
    """Messages as LangChain takes them."""
    return [(message.role, message.text) for message in messages]

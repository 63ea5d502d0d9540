"""The port `ChatModel` over LangChain: callers wait in their own threads, the requests run in the background loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from queue import SimpleQueue
from typing import TYPE_CHECKING

from prompts import Message
from rag.errors import ModelError
from rag.llm import loop
from rag.llm.choice import Choice
from rag.llm.limits import Limits
from rag.llm.line import Line
from rag.llm.providers import close_chat
from rag.llm.structure import Way, Ways, shaped
from rag.llm.telling import Habits, tell
from rag.ports import Structure
from rag.stop import Stop
from rag.types import ModelCard

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

STOPPED = "言語モデルへの要求を止めました。"


class LangChainModel:
    """A `ChatModel` that a LangChain model answers for. Safe to use from several threads.

    concurrency   how many requests run at a time; the others wait, no longer than the answer's own time
    """

    def __init__(self, chat: BaseChatModel, choice: Choice, card: ModelCard, limits: Limits, concurrency: int) -> None:
        self.card = card
        self._choice = choice
        self._limits = limits
        self._line = Line(chat, card, limits, asyncio.Semaphore(concurrency))
        self._habits = Habits()
        self._ways = Ways()

    def __repr__(self) -> str:
        return f"LangChainModel({self.card.name})"

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and answer may take together."""
        return self._limits.context_tokens

    @property
    def way(self) -> Way | None:
        """How the model is asked for objects; None before it has given one."""
        return self._ways.left[0] if self._ways.proven else None

    def stream(self, messages: Sequence[Message], stop: Stop) -> Iterator[str]:
        """Pieces of the answer's text as they come; see `rag.ports.ChatModel`."""
        self._limits.check_fit(messages)
        if stop.is_set():
            return
        pieces: SimpleQueue[str | None] = SimpleQueue()
        telling = loop.start(tell(self._line, self._habits, messages, pieces.put))
        telling.add_done_callback(lambda _: pieces.put(None))
        forget = stop.on_set(telling.cancel)
        try:
            while (piece := pieces.get()) is not None and not stop.is_set():
                yield piece
            if not stop.is_set():
                telling.result()
        except CancelledError:
            raise ModelError(STOPPED, retryable=True) from None
        finally:
            forget()
            telling.cancel()

    def structured(self, messages: Sequence[Message], shape: type[Structure], stop: Stop) -> Structure:
        """The answer as an object of `shape`; see `rag.ports.ChatModel`. Raises ModelError also when stopped."""
        self._limits.check_fit(messages)
        if stop.is_set():
            raise ModelError(STOPPED, retryable=True)
        shaping = loop.start(shaped(self._line, self._ways, messages, shape))
        forget = stop.on_set(shaping.cancel)
        try:
            return shaping.result()
        except CancelledError:
            raise ModelError(STOPPED, retryable=True) from None
        finally:
            forget()
            shaping.cancel()

    def close(self) -> None:
        """Lets go of connections."""
        loop.start(close_chat(self._choice, self._line.chat)).result(timeout=5)

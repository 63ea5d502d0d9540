"""The line to one model, inside the loop: who may talk when, until when, and what is tried again.

Who cancels the task of a request cancels the request: its connection is closed, and the server hears of it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from rag.errors import ModelError
from rag.llm.concessions import concede
from rag.llm.faults import Kind, fault_of, kind_of, retry_after_s, sentence
from rag.llm.limits import Limits
from rag.types import ModelCard

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Result = TypeVar("Result")

#: Of the time that is left, how much may pass in the queue and until the first token: what begins later ends too late.
BEGIN_SHARE = 0.75
ATTEMPTS = 3
FIRST_PAUSE_S = 0.5
#: A server that asks for a longer pause than this is not waited for.
MAX_PAUSE_S = 15.0


@dataclass(frozen=True, slots=True)
class Line:
    """LangChain's model, what an answer may take, and how many requests may run at a time (`slots`)."""

    chat: BaseChatModel
    card: ModelCard
    limits: Limits
    slots: asyncio.Semaphore

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[float]:
        """Waits for a free slot and holds it; gives the loop's time by which all must be done. Raises ModelError."""
        deadline = asyncio.get_running_loop().time() + self.limits.timeout_s
        try:
            async with asyncio.timeout_at(begin_by(deadline)):
                await self.slots.acquire()
        except TimeoutError:
            raise ModelError(sentence(Kind.BUSY, self.card, self.limits), retryable=True) from None
        try:
            yield deadline
        finally:
            self.slots.release()

    async def tried(
        self, attempt: Callable[[], Awaitable[Result]], deadline: float, may_repeat: Callable[[], bool] = lambda: True
    ) -> Result:
        """The outcome of the first attempt that succeeds, with pauses between attempts. Raises ModelError."""
        failed = 0
        while True:
            try:
                return await attempt()
            except ModelError:
                raise
            except Exception as error:  # the faults of the providers' packages have no common base
                if may_repeat() and concede(self.chat, error):
                    continue
                failed += 1
                pause = _pause_s(error, failed)
                fault = fault_of(error, self.card, self.limits)
                if failed == ATTEMPTS or not (may_repeat() and _passes(error, fault, pause, deadline)):
                    raise fault from None
            await asyncio.sleep(pause)


def begin_by(deadline: float) -> float:
    """The loop's time by which something must come, for all to be done by the deadline."""
    now = asyncio.get_running_loop().time()
    return now + (deadline - now) * BEGIN_SHARE


def _passes(error: Exception, fault: ModelError, pause: float, deadline: float) -> bool:
    """Whether the fault may be gone after the pause, in time for another attempt."""
    if not fault.retryable or kind_of(error) is Kind.TIMEOUT:
        return False
    return pause <= MAX_PAUSE_S and asyncio.get_running_loop().time() + pause < deadline


def _pause_s(error: Exception, failed: int) -> float:
    """What the server asks for, else twice as long each time; not quite, so that not all come again at once."""
    asked = retry_after_s(error)
    return asked if asked is not None else FIRST_PAUSE_S * 2 ** (failed - 1) * random.uniform(0.8, 1.2)

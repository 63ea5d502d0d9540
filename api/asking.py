"""One question of another program: asked with its conversation, its model's part stopped once nobody waits for it.

Programs that speak OpenAI's interface send the whole conversation each time. What they say that we answered is not
read, for it may be forged: the earlier questions are answered anew from the documents, without a model.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

from fastapi import Request

from api.services import Asker
from rag.errors import BadQuestion
from rag.events import Done, Event, Found, Understood
from rag.stop import Stop
from rag.types import Answer, Past, Status

#: Earlier questions of a conversation that a follow-up may refer to.
REMEMBERED = 6

Result = TypeVar("Result")


def conversation(asker: Asker, questions: Sequence[str]) -> tuple[Past, ...]:
    """The last of the earlier questions with their answers, oldest first.

    Questions that are refused, empty or too long are left out.
    """
    past: list[Past] = []
    for question in questions[-REMEMBERED:]:
        with suppress(BadQuestion):
            turn = composed(asker, question, past)
            if turn.answer.status is not Status.REFUSED:
                past.append(turn)
    return tuple(past)


def composed(asker: Asker, question: str, earlier: Sequence[Past]) -> Past:
    """A question as it stands, and its answer as composed without a model. Nothing of it is kept."""
    stop = Stop()
    stop.set()
    standing = question
    for event in asker.stream(question, earlier=earlier, stop=stop):
        if isinstance(event, Understood):
            standing = event.standing
        elif isinstance(event, Found):
            return Past(standing, event.answer)
    raise AssertionError("every answer is composed first")


def composed_part(events: Iterator[Event]) -> Found:
    """Takes events until the answer is composed: all that can fail but for the model's wording lies before."""
    return next(event for event in events if isinstance(event, Found))


def finished(events: Iterable[Event]) -> Answer:
    """The answer that stands in the end."""
    return next(event.answer for event in events if isinstance(event, Done))


async def while_awaited(request: Request, stop: Stop, work: Awaitable[Result]) -> Result:
    """The result of `work`; sets `stop` once the client goes away. Takes all that is still to be received."""

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        stop.set()

    watcher = asyncio.create_task(watch())
    try:
        return await work
    finally:
        watcher.cancel()

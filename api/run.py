"""Answers while they are made: a thread drives the answerer, the event loop awaits its events.

The thread goes on to the end when nobody listens any more, so that the turn is kept; by then its `stop` is set and the
end is near.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass

from starlette.requests import Request

from rag.accounts.who import LOCAL
from rag.events import Done, Event, Found
from rag.stop import Stop
from rag.types import Filters, Past

#: Looks this often whether the person still waits for an answer of which nothing can be shown yet.
LOOK_EVERY_S = 1.0
#: Answers made at once; more wait for their turn.
AT_ONCE = 64

Make = Callable[[Stop], Iterator[Event]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that answering takes.

    id            of the turn that it becomes
    conversation  "" for none
    begins        whether it begins this conversation, which goes again where nothing of it is kept
    replaces      the turn whose place the answer takes, "" for none
    owner         the id of the person who asks
    """

    id: str
    question: str
    filters: Filters
    conversation: str = ""
    begins: bool = False
    earlier: tuple[Past, ...] = ()
    replaces: str = ""
    owner: str = LOCAL.id


class Run:
    """The answer to `asked` while it is made. Made and awaited in one event loop; `stop` may be set from anywhere."""

    def __init__(self, asked: Asked, make: Make, threads: Executor, ended: Callable[[], None]) -> None:
        self.asked = asked
        self.stop = Stop()
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event | Exception] = asyncio.Queue()
        self._make = make
        self._ended = ended
        self._work: Future[None] = threads.submit(self._drive)

    async def next(self, timeout_s: float) -> Event | None:
        """The next event; None where there was none in time. Raises what the answerer raised."""
        try:
            event = await asyncio.wait_for(self._events.get(), timeout_s)
        except TimeoutError:
            return None
        if isinstance(event, Exception):
            raise event
        return event

    async def until(self, kinds: type[Event] | tuple[type[Event], ...], request: Request) -> Event:
        """Awaits an event of one of the kinds; stops the run when whoever sent `request` has gone."""
        while True:
            event = await self.next(LOOK_EVERY_S)
            if isinstance(event, kinds):
                return event
            if event is None and await request.is_disconnected():
                self.stop.set()

    async def found(self, request: Request) -> Found:
        """What was found."""
        event = await self.until(Found, request)
        assert isinstance(event, Found)
        return event

    async def done(self, request: Request) -> Done:
        """The end."""
        event = await self.until(Done, request)
        assert isinstance(event, Done)
        return event

    def join(self, timeout_s: float) -> None:
        """Waits for the end."""
        wait([self._work], timeout_s)

    def _drive(self) -> None:
        try:
            for event in self._make(self.stop):
                self._tell(event)
        except Exception as error:  # raised again where the events are awaited
            self._tell(error)
        finally:
            self._ended()

    def _tell(self, event: Event | Exception) -> None:
        with suppress(RuntimeError):  # the loop has closed: nobody listens
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)


class Runs:
    """The answers that are being made, by the ids of their turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: dict[str, Run] = {}
        self._threads = ThreadPoolExecutor(AT_ONCE, "answer")

    def start(self, asked: Asked, make: Make) -> Run:
        """Begins to make the answer to `asked`."""
        with self._lock:
            run = self._runs[asked.id] = Run(asked, make, self._threads, lambda: self._forget(asked.id))
        return run

    def of(self, conversation: str, timeout_s: float) -> list[Run]:
        """What is being made in a conversation, after waiting a little for the end of it."""
        until = time.monotonic() + timeout_s
        for run in self._of(conversation):
            run.join(max(0.0, until - time.monotonic()))
        return self._of(conversation)

    def stop(self, id: str, owner: str) -> bool:
        """Stops the answer that a person waits for; False where none is being made for them."""
        with self._lock:
            run = self._runs.get(id)
        if run is None or run.asked.owner != owner:
            return False
        run.stop.set()
        return True

    def stop_all(self) -> list[Run]:
        """Stops them all."""
        with self._lock:
            runs = list(self._runs.values())
        for run in runs:
            run.stop.set()
        return runs

    def close(self, timeout_s: float = 5.0) -> None:
        """Stops them all and waits for their ends."""
        runs = self.stop_all()
        until = time.monotonic() + timeout_s
        for run in runs:
            run.join(max(0.0, until - time.monotonic()))

    def _of(self, conversation: str) -> list[Run]:
        with self._lock:
            return [run for run in self._runs.values() if run.asked.conversation == conversation]

    def _forget(self, id: str) -> None:
        with self._lock:
            self._runs.pop(id, None)

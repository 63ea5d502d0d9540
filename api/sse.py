"""A run as a stream of server-sent events: headers, keep-alive, and a stop when whoever listens goes away."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.run import Run
from rag.events import Done, Event

MEDIA_TYPE = "text/event-stream"
#: Proxies close a connection on which nothing comes for a minute or so.
KEEP_ALIVE_S = 10.0

HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}

#: An event as messages of the stream.
Told = Callable[[Event], list[bytes]]
#: What went wrong as messages of the stream.
Failed = Callable[[Exception], list[bytes]]


def message(data: str, event: str | None = None) -> bytes:
    """One message of the stream."""
    return format_sse_event(data_str=data, event=event)


class EventStream(StreamingResponse):
    """The events of a run from `first` on, as `told` puts them; ends after Done or what `failed` says."""

    media_type = MEDIA_TYPE

    def __init__(
        self, run: Run, first: Event, told: Told, failed: Failed, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(_messages(run, first, told, failed), headers={**HEADERS, **(headers or {})})
        self.run = run

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        except ClientDisconnect:
            pass
        finally:
            self.run.stop.set()


async def _messages(run: Run, first: Event, told: Told, failed: Failed) -> AsyncIterator[bytes]:
    event: Event | None = first
    while True:
        for line in [KEEPALIVE_COMMENT] if event is None else await run_in_threadpool(told, event):
            yield line
        if isinstance(event, Done):
            return
        try:
            event = await run.next(KEEP_ALIVE_S)
        except Exception as error:  # the response has begun: the fault becomes its last message
            for line in await run_in_threadpool(failed, error):
                yield line
            return


def takes_stream(request: Request) -> bool:
    """Whether whoever asks can take a stream of events."""
    return MEDIA_TYPE in request.headers.get("accept", "")

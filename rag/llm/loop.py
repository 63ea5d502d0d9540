"""The one background loop that all models talk in, so that what waits in any thread can be stopped at once.

The providers' packages keep their connections for the loop that opened them: it lives as long as the process.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def start(work: Coroutine[Any, Any, Result]) -> Future[Result]:
    """Begins work in the loop; cancelling the future cancels the work, from any thread."""
    return asyncio.run_coroutine_threadsafe(work, _running())


def _running() -> asyncio.AbstractEventLoop:
    global _loop
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="hyoka-llm", daemon=True).start()
        return _loop

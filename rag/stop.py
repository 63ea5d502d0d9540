"""Stopping what runs: a person presses 停止, a browser goes away; the model's request ends at once."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Stop:
    """Set once, from any thread; what waits elsewhere is called at that moment."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._calls: dict[int, Callable[[], object]] = {}
        self._next = 0

    def set(self) -> None:
        """Stops; calls what waits for it."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            calls = list(self._calls.values())
            self._calls.clear()
        for call in calls:
            call()

    def is_set(self) -> bool:
        """Whether it was set."""
        return self._event.is_set()

    def on_set(self, call: Callable[[], object]) -> Callable[[], None]:
        """Has `call` called when it is set, now if it is already; returns what takes that back."""
        with self._lock:
            if not self._event.is_set():
                number = self._next
                self._next += 1
                self._calls[number] = call
                return lambda: self._forget(number)
        call()
        return lambda: None

    def _forget(self, number: int) -> None:
        with self._lock:
            self._calls.pop(number, None)

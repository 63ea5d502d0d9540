"""How often may be asked and how often tried to sign in, counted in the memory of the process."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

#: From one address, whatever the names are; a name that is guessed at is locked before (`rag.accounts.lockout`).
KNOCKS_PER_MINUTE = 20
WINDOW_S = 60


class Pace:
    """Counts over the last minute."""

    def __init__(self, questions_per_minute: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._questions = RateLimitItemPerMinute(questions_per_minute)
        self._knocks = RateLimitItemPerMinute(KNOCKS_PER_MINUTE)

    def may_ask(self, person: str) -> bool:
        """Counts a question of a person; False where it is one too many."""
        return self._limiter.hit(self._questions, "ask", person)

    def may_knock(self, address: str) -> bool:
        """Counts an attempt to sign in from an address; False where it is one too many."""
        return self._limiter.hit(self._knocks, "knock", address)

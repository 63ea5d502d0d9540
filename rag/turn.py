"""What is known of a question on its way to its answer, how long each step took, and the trace that is kept of it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rag.finding import Finding
from rag.narrate import Narration
from rag.question import Plan
from rag.scope import Scope
from rag.shelf import Book
from rag.stop import Stop
from rag.types import Answer, Filters, Past, Trace


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a question so far: `asked` as it came, `question` as it is answered.

    prompts   name → hash of each prompt that was used
    """

    asked: str
    question: str
    filters: Filters
    earlier: tuple[Past, ...] = ()
    stop: Stop = field(default_factory=Stop)
    prompts: tuple[tuple[str, str], ...] = ()
    plan: Plan | None = None
    scope: Scope | None = None
    books: tuple[Book, ...] = ()
    finding: Finding | None = None
    answer: Answer | None = None

    def known(self) -> tuple[Plan, Scope]:
        """Plan and scope, for the steps after those that set them."""
        assert self.plan is not None
        assert self.scope is not None
        return self.plan, self.scope


class Clock:
    """Milliseconds of each step."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}

    def timed(self, step: Callable[[Turn], Turn], turn: Turn) -> Turn:
        """The step's turn, its time noted."""
        with self.timing(step.__name__):
            return step(turn)

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        """Notes how long the block takes, added to what the step took before."""
        started = time.perf_counter()
        try:
            yield
        finally:
            took = (time.perf_counter() - started) * 1000
            self.times[name] = round(self.times.get(name, 0.0) + took, 2)


def trace_of(asked_at: dt.datetime, turn: Turn, narration: Narration, times: dict[str, float]) -> Trace:
    """All that led to the answer of a turn."""
    return Trace(
        id=narration.answer.id,
        asked_at=asked_at,
        question=turn.asked,
        standing=turn.question,
        filters=turn.filters,
        answer=narration.answer,
        plan=_plan_facts(turn.plan) if turn.plan else {},
        evidence=narration.evidence,
        prompts=dict(turn.prompts + narration.prompts),
        timings_ms=times,
        verdicts=narration.verdicts,
    )


def _plan_facts(plan: Plan) -> dict[str, Any]:
    """What was understood of a question, as plain JSON."""
    return {
        "language": plan.language,
        "municipalities": list(plan.collected),
        "missing": list(plan.missing),
        "excluded": list(plan.excluded),
        "duties": [d.duty.name for d in plan.duties],
        "places": [n.place.id for n in plan.places],
        "shapes": sorted(plan.shapes),
        "terms": [t.surface for t in plan.terms],
        "as_of": plan.as_of.isoformat() if plan.as_of else "",
    }

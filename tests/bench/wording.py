"""What wording by a model costs beside the model itself: a model that hands the draft back, piece by piece.

first    from the moment that the model's first sentence is whole to the moment that its verified words are told
beside   the whole time of an answer without the time in which the model was waited for
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel

from prompts import Message
from rag.answer import Answerer
from rag.errors import ModelError
from rag.evals.figures import percentile
from rag.events import Said
from rag.library import Library
from rag.settings import Settings
from rag.stop import Stop
from rag.types import ModelCard, Reach
from tests.bench.corpus import Corpus

_DRAFT = re.compile(r"<draft>\n(.*?)\n</draft>", re.DOTALL)
PIECE_CHARS = 12
PIECE_S = 0.004


class Echo:
    """Says the draft that it is shown, a sentence a line; notes when its first one was whole and how long it took."""

    def __init__(self) -> None:
        self.card = ModelCard("echo", Reach.MACHINE)
        self.context_tokens = 8192
        self.waited_s = 0.0
        self.first_whole = 0.0

    def stream(self, messages: Sequence[Message], stop: Stop) -> Iterator[str]:
        """The draft in pieces, each after a pause."""
        found = _DRAFT.search(messages[-1].text)
        assert found is not None
        for line in found[1].splitlines():
            text = line.strip() + "\n"
            for start in range(0, len(text), PIECE_CHARS):
                paused = time.perf_counter()
                time.sleep(PIECE_S)
                self.waited_s += time.perf_counter() - paused
                if start + PIECE_CHARS >= len(text) and not self.first_whole:
                    self.first_whole = time.perf_counter()
                yield text[start : start + PIECE_CHARS]

    def structured(self, messages: Sequence[Message], shape: type[BaseModel], stop: Stop) -> BaseModel:
        """Proposes nothing."""
        raise ModelError("echo")

    def close(self) -> None:
        """Nothing to let go of."""


def measure_wording(home: Path, asked: Corpus) -> dict[str, float]:
    """Milliseconds, and how many answers were worded, over all questions; each is asked once before."""
    library = Library.open(Settings(home=home))
    answerer = Answerer(library)
    first: list[float] = []
    beside: list[float] = []
    shown = 0
    for question in asked.questions:
        answerer.model = None
        answerer.ask(question.question)
        answerer.model = echo = Echo()  # type: ignore[assignment]
        started, told = time.perf_counter(), 0.0
        for event in answerer.stream(question.question):
            if isinstance(event, Said) and not told:
                told = time.perf_counter()
        beside.append((time.perf_counter() - started - echo.waited_s) * 1000)
        if told:
            first.append((told - echo.first_whole) * 1000)
            shown += 1
    library.close()
    return {
        "worded": shown,
        "first_p50_ms": percentile(first, 50),
        "first_max_ms": max(first),
        "beside_p50_ms": percentile(beside, 50),
        "beside_p95_ms": percentile(beside, 95),
    }

"""What `hyoka doctor` asks of a model, to see what it can do."""

from __future__ import annotations

import time
from dataclasses import dataclass

from pydantic import BaseModel

from prompts import load
from rag.llm.model import LangChainModel
from rag.stop import Stop


class Outsourced(BaseModel):
    """What a duty is, and to whom it is given."""

    name: str
    contractor: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a text came: seconds until its first piece and until its end, and in how many pieces."""

    first_s: float
    whole_s: float
    pieces: int


def try_text(model: LangChainModel) -> Spoken:
    """Asks for a short text. Raises ModelError."""
    started = time.monotonic()
    times = [time.monotonic() - started for _ in model.stream(load("trial_text").render({}), Stop())]
    return Spoken(times[0], time.monotonic() - started, len(times))


def try_object(model: LangChainModel) -> str:
    """Asks for a small object; says in which way the server takes that. Raises ModelError."""
    model.structured(load("trial_object").render({}), Outsourced, Stop())
    return model.way or ""

"""What an answer tells while it is made, in this order: Understood, Found, Said (once a verified sentence), Done.

Said comes only where a language model words the answer. Done is always the last; its answer alone counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.types import Answer, Trace


@dataclass(frozen=True, slots=True)
class Understood:
    """The question is taken. `standing`: the question that is answered, rewritten where it followed another."""

    id: str
    standing: str
    rewritten: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer composed without a model: rows, citations and coverage are final, its text may still be replaced.

    `worded`: whether a model is now asked to word it.
    """

    answer: Answer
    worded: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A verified sentence of the model, Markdown with [n] markers, to be appended to those before."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The answer as it stands, and what led to it."""

    answer: Answer
    trace: Trace


Event = Understood | Found | Said | Done

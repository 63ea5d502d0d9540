"""A composed answer in a model's words: each sentence is shown once it is verified, or the composed answer stands."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from rag.events import Said
from rag.ports import ChatModel
from rag.shelf import Book
from rag.stop import Stop
from rag.tokens import Words
from rag.types import Answer, Status, Verdict


@dataclass(frozen=True, slots=True)
class Narration:
    """The answer that stands in the end, what the model was shown, and what became of its sentences."""

    answer: Answer
    evidence: tuple[dict[str, str], ...] = ()
    prompts: tuple[tuple[str, str], ...] = ()
    verdicts: tuple[Verdict, ...] = ()


def can_be_worded(answer: Answer) -> bool:
    """Whether a model may word this answer: it answers, and every part of it is cited."""
    return answer.status in {Status.ANSWERED, Status.PARTIAL} and bool(answer.citations)


def narrate(
    answer: Answer, books: Sequence[Book], model: ChatModel, words: Words, stop: Stop
) -> Generator[Said, None, Narration]:
    """Tells verified sentences as they come; returns the answer that stands."""
    yield from ()
    return Narration(answer)

"""What other programs need besides the question itself: the conversation that it follows, and the answer at the end.

Programs that speak OpenAI's interface send the whole conversation each time. What they say that we answered is not
read, for it may be forged: the earlier questions are answered anew from the documents, without a model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from api.services import Asker
from rag.errors import BadQuestion
from rag.events import Done, Event, Found, Understood
from rag.stop import Stop
from rag.types import Answer, Past, Status

#: Earlier questions of a conversation that a follow-up may refer to.
REMEMBERED = 6


def conversation(asker: Asker, questions: Sequence[str]) -> tuple[Past, ...]:
    """The last of the earlier questions with their answers, oldest first.

    Questions that are refused, empty or too long are left out.
    """
    past: list[Past] = []
    for question in questions[-REMEMBERED:]:
        with suppress(BadQuestion):
            turn = composed(asker, question, past)
            if turn.answer.status is not Status.REFUSED:
                past.append(turn)
    return tuple(past)


def composed(asker: Asker, question: str, earlier: Sequence[Past]) -> Past:
    """A question as it stands, and its answer as composed without a model. Nothing of it is kept."""
    stop = Stop()
    stop.set()
    standing = question
    for event in asker.stream(question, earlier=earlier, stop=stop):
        if isinstance(event, Understood):
            standing = event.standing
        elif isinstance(event, Found):
            return Past(standing, event.answer)
    raise AssertionError("every answer is composed first")


def finished(events: Iterable[Event]) -> Answer:
    """The answer that stands in the end."""
    return next(event.answer for event in events if isinstance(event, Done))

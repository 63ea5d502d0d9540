"""A question of the pages and of `POST /api/ask` made ready for the answerer: its conversation, what came before it.

A conversation begins with its first question and takes its title from it once it is kept; where nothing is kept, as of
a question with a personal number, nothing of the conversation stays.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from api.run import Asked
from api.services import Services
from rag.events import Done, Event
from rag.stop import Stop
from rag.types import Filters, Status


def alone(services: Services, question: str, filters: Filters) -> Asked:
    """A question of no conversation."""
    return Asked(_new_id(), question, filters, owner=services.who.id)


def first(services: Services, question: str, filters: Filters) -> Asked:
    """The question that begins a conversation."""
    begun = services.conversations.start("")
    return Asked(_new_id(), question, filters, begun.id, begins=True, owner=services.who.id)


def following(services: Services, question: str, filters: Filters, conversation: str) -> Asked:
    """The next question of a conversation. Raises NotFound, Forbidden for another's."""
    services.conversations.must_be_own(conversation)
    earlier = services.conversations.past(conversation)
    return Asked(_new_id(), question, filters, conversation, earlier=earlier, owner=services.who.id)


def anew(services: Services, turn: str) -> Asked:
    """The question of a turn, to be answered once more in its place. Raises NotFound, Forbidden for another's."""
    kept = services.conversations.own_turn(turn)
    earlier = services.conversations.past(kept.conversation, before=turn) if kept.conversation else ()
    trace = kept.trace
    id, owner = _new_id(), services.who.id
    return Asked(id, trace.question, trace.filters, kept.conversation, earlier=earlier, replaces=turn, owner=owner)


def events(services: Services, asked: Asked, stop: Stop) -> Iterator[Event]:
    """The answer while it is made. Raises BadQuestion before the first event."""
    made = services.answerer.stream(
        asked.question,
        asked.filters,
        conversation=asked.conversation,
        earlier=asked.earlier,
        stop=stop,
        id=asked.id,
        replaces=asked.replaces,
        owner=services.who.id,
    )
    ending: Done | None = None
    kept = False
    try:
        for event in made:
            if isinstance(event, Done):
                ending, kept = event, event.answer.status is not Status.REFUSED
            else:
                yield event
    finally:
        if asked.begins and not kept:
            services.conversations.delete(asked.conversation)
    if ending is not None:
        yield ending


def _new_id() -> str:
    return secrets.token_hex(8)

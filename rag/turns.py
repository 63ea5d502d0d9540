"""Turns of conversations in the database: a trace, where it stands, and what was said of it. Used by `conversations`.

A turn that was answered anew stays readable; the newer one stands at its position.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rag import archive, serial
from rag.errors import NotFound, StoreError
from rag.feedback import Feedback, feedback_from
from rag.tables import feedback, turns
from rag.types import Answer, Trace


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn as it was kept. `conversation` is "" and `number` 0 where it belongs to none; `number` counts from 1."""

    trace: Trace
    conversation: str
    number: int
    feedback: Feedback | None
    replaced: bool


def insert(connection: sa.Connection, trace: Trace, conversation: str, replaces: str, owner: str) -> None:
    """Adds a turn at the end of its conversation, or at the position of the turn that it replaces.

    `replaces` counts only where it names a turn of the same conversation. Raises StoreError where the id is taken.
    """
    if connection.execute(sa.select(turns.c.id).where(turns.c.id == trace.id)).first():
        raise StoreError(f"回答の番号「{trace.id}」はすでに使われています。もう一度質問してください。")
    row = _row(trace)
    place = 0
    if conversation:
        within = turns.c.conversation_id == conversation
        place = connection.execute(sa.select(turns.c.position).where(within, turns.c.id == replaces)).scalar() or 0
        if place:
            rivals = sa.and_(within, turns.c.position == place, turns.c.replaced_by == "")
            connection.execute(sa.update(turns).where(rivals).values(replaced_by=trace.id))
        else:
            last = connection.execute(sa.select(sa.func.max(turns.c.position)).where(within)).scalar() or 0
            place = last + 1
    values = {**row, "conversation_id": conversation or None, "owner": owner, "position": place, "replaced_by": ""}
    connection.execute(sa.insert(turns).values(**values))


def at_place_of(connection: sa.Connection, turn: KeptTurn) -> list[KeptTurn]:
    """A turn, and where it stands in a conversation, the earlier ones whose place it took."""
    if not turn.conversation or turn.replaced:
        return [turn]
    place = sa.and_(turns.c.conversation_id == turn.conversation, turns.c.position == turn.number)
    return read(connection, selecting().where(place))


def delete_where(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> None:
    """Deletes turns with what was said of them."""
    gone = sa.select(turns.c.id).where(condition)
    connection.execute(sa.delete(feedback).where(feedback.c.turn_id.in_(gone)))
    connection.execute(sa.delete(turns).where(condition))


def read(connection: sa.Connection, query: sa.Select[Any]) -> list[KeptTurn]:
    """The turns that a query made with `selecting` finds."""
    return [_turn_from(row) for row in connection.execute(query).mappings()]


def selecting() -> sa.Select[Any]:
    """All turns with what was said of them, to be narrowed and ordered."""
    return sa.select(turns, feedback).join_from(turns, feedback, isouter=True)


def of_conversation(conversation: str) -> sa.Select[Any]:
    """The turns that stand in a conversation, in order."""
    standing = selecting().where(turns.c.conversation_id == conversation, turns.c.replaced_by == "")
    return standing.order_by(turns.c.position)


def one(connection: sa.Connection, id: str, seen: sa.ColumnElement[bool] | None = None) -> KeptTurn:
    """One turn; raises NotFound, also where it is not among those `seen`."""
    found = read(connection, selecting().where(turns.c.id == id, sa.true() if seen is None else seen))
    if not found:
        raise NotFound("その回答の記録はありません。番号を確かめてください。会話とともに削除された可能性もあります。")
    return found[0]


def holds(word: str) -> sa.ColumnElement[bool]:
    """Whether a turn stands and holds a word (already folded) in its question or its answer."""
    return sa.and_(turns.c.replaced_by == "", turns.c.folded.contains(word, autoescape=True))


def fold(text: str) -> str:
    """NFKC, case folded, white space as one space: what a search and a text must share."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", serial.storable(text)).casefold())
    return " ".join(folded.split())


def _row(trace: Trace) -> dict[str, Any]:
    answer = trace.answer
    return {
        "id": trace.id,
        "asked_at": serial.moment(trace.asked_at),
        "status": answer.status.value,
        "model": answer.model,
        "question": serial.storable(trace.question),
        "standing": serial.storable(trace.standing),
        "folded": fold("\n".join((trace.question, trace.standing, *_said(answer)))),
        "filters": archive.filters_to(trace.filters),
        "answer": archive.answer_to(answer),
        "trace": archive.led_to(trace),
    }


def _said(answer: Answer) -> Sequence[str]:
    """What a person reads in an answer, without the marks of Markdown's bold."""
    return [answer.answer.replace("**", ""), *(value for row in answer.rows for _, value in row.cells)]


def _turn_from(row: serial.Row) -> KeptTurn:
    trace = Trace(
        id=row["id"],
        asked_at=serial.moment(row["asked_at"]),
        question=row["question"],
        standing=row["standing"],
        filters=archive.filters_from(row["filters"]),
        answer=archive.answer_from(row["answer"]),
        **archive.led_from(row["trace"]),
    )
    said = feedback_from(row) if row["turn_id"] is not None else None
    return KeptTurn(trace, row["conversation_id"] or "", row["position"], said, replaced=row["replaced_by"] != "")

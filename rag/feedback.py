"""What a person said of an answer: good or not, why, and whether an evaluation case was made of it. One a turn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from rag import serial
from rag.errors import BadEntry, NotFound
from rag.guard import has_personal_number
from rag.tables import feedback

#: Why an answer was not good; "" for a reason that nobody gave.
REASONS = ("根拠が違う", "足りない", "読みにくい")
MAX_COMMENT_CHARS = 1000


@dataclass(frozen=True, slots=True)
class Feedback:
    """👍 or 👎 for one turn. `reason`: one of REASONS or "", always "" for a good one."""

    turn: str
    good: bool
    reason: str
    comment: str
    created_at: dt.datetime
    made_case: bool


def checked(turn: str, good: bool, reason: str, comment: str) -> Feedback:
    """The feedback of this moment. Raises BadEntry for an unknown reason and a comment that cannot be kept."""
    if reason and reason not in REASONS:
        raise BadEntry(f"理由は {'、'.join(REASONS)} のどれかを選んでください。")
    if len(comment) > MAX_COMMENT_CHARS:
        raise BadEntry(f"コメントが長すぎます({len(comment)}文字)。{MAX_COMMENT_CHARS}文字以内にまとめてください。")
    if has_personal_number(comment):
        raise BadEntry("コメントに個人番号とみられる数字があります。番号を除いて送り直してください。")
    said = serial.storable(comment).strip()
    return Feedback(turn, good, "" if good else reason, said, dt.datetime.now(dt.UTC), made_case=False)


def put(connection: sa.Connection, said: Feedback) -> None:
    """Keeps a feedback in the place of the one before; an evaluation case of that one does not count for this one."""
    withdraw(connection, said.turn)
    connection.execute(
        sa.insert(feedback).values(
            turn_id=said.turn,
            good=said.good,
            reason=said.reason,
            comment=said.comment,
            created_at=said.created_at,
            made_case=said.made_case,
        )
    )


def withdraw(connection: sa.Connection, turn: str) -> None:
    """Takes back what was said of a turn, if anything."""
    connection.execute(sa.delete(feedback).where(feedback.c.turn_id == turn))


def mark_case(connection: sa.Connection, turn: str) -> None:
    """Notes that an evaluation case was made. Raises NotFound where nothing was said of the turn."""
    marked = connection.execute(sa.update(feedback).where(feedback.c.turn_id == turn).values(made_case=True))
    if not marked.rowcount:
        raise NotFound("その回答への評価はありません。取り消された可能性があります。")


def feedback_from(row: serial.Row) -> Feedback:
    """The feedback of a row of `feedback`."""
    return Feedback(
        turn=row["turn_id"],
        good=row["good"],
        reason=row["reason"],
        comment=row["comment"],
        created_at=serial.moment(row["created_at"]),
        made_case=row["made_case"],
    )

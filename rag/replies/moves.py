"""What can be done with a reply in which state, by whom, and what it leads to: one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rag.accounts.who import Role, Who
from rag.errors import Forbidden
from rag.replies.types import Deed, KeptReply, ReplyConflict, ReplyEntry, State


class Side(Enum):
    """On which side of the sign-off somebody stands."""

    AUTHOR = "author"
    SECOND = "second"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Move:
    """States that a deed is done in, who does it, and the state that follows."""

    states: frozenset[State]
    side: Side
    to: State


#: A text that was read by a second person is not the one that goes out after a change: every change begins anew.
CHANGEABLE = frozenset({State.DRAFT, State.PROPOSED, State.RETURNED, State.APPROVED})
MOVES: dict[Deed, Move] = {
    Deed.COMPOSE: Move(CHANGEABLE, Side.AUTHOR, State.DRAFT),
    Deed.EDIT: Move(CHANGEABLE, Side.AUTHOR, State.DRAFT),
    Deed.PROPOSE: Move(frozenset({State.DRAFT, State.RETURNED}), Side.AUTHOR, State.PROPOSED),
    Deed.WITHDRAW: Move(frozenset({State.PROPOSED}), Side.AUTHOR, State.DRAFT),
    Deed.RETURN: Move(frozenset({State.PROPOSED}), Side.SECOND, State.RETURNED),
    Deed.APPROVE: Move(frozenset({State.PROPOSED}), Side.SECOND, State.APPROVED),
    Deed.SEND: Move(frozenset({State.APPROVED}), Side.EITHER, State.SENT),
}

OWN = "自分で作った回答を、自分で承認したり差し戻したりすることはできません。ほかの承認者に依頼してください。"
NOT_AUTHOR = "この操作ができるのは、回答を作った人だけです。直すところは、コメントを付けて差し戻してください。"
NO_APPROVER = "承認と差戻しには「承認」以上の役割が必要です。管理者に相談してください。"
RECORDED = "承認された回答の記録を削除できるのは「管理」の役割の人だけです。管理者に相談してください。"
OTHER_STATE = "この回答は今「{state}」なので、{deed}はできません。今の状態を確かめてください。"
OTHER_TEXT = (
    "開いている間に文面が変わりました(読んだのは版{read}、今は版{now})。{deed}は行っていません。"
    "今の文面を読んでから、もう一度操作してください。"
)


def may(who: Who, entry: ReplyEntry, deed: Deed) -> bool:
    """Whether that is for this person to do now."""
    return _side_fault(who, entry, deed) == "" and entry.state in MOVES[deed].states


def must_be_allowed(who: Who, kept: KeptReply, deed: Deed, read: int, mine: str = "") -> None:
    """Raises Forbidden where it is not this person's to do, ReplyConflict where the reply is not as it was read.

    read   number of the text that the person saw;  mine: the letter that is to be saved
    """
    if fault := _side_fault(who, kept.entry, deed):
        raise Forbidden(fault)
    if kept.state not in MOVES[deed].states:
        raise ReplyConflict(kept, OTHER_STATE.format(state=kept.state.ja, deed=deed.ja), mine)
    if read != kept.text.number:
        raise ReplyConflict(kept, OTHER_TEXT.format(read=read, now=kept.text.number, deed=deed.ja), mine)


def may_delete(who: Who, entry: ReplyEntry, approved: bool) -> bool:
    """An author deletes what nobody has approved yet; the record of what was approved, an administrator."""
    return who.may(Role.ADMINISTRATOR) or (entry.author.id == who.id and not approved)


def _side_fault(who: Who, entry: ReplyEntry, deed: Deed) -> str:
    side, is_author = MOVES[deed].side, entry.author.id == who.id
    if side is Side.AUTHOR and not is_author:
        return NOT_AUTHOR
    if side is Side.SECOND and is_author:
        return OWN
    if side is Side.SECOND and not who.may(Role.APPROVER):
        return NO_APPROVER
    return ""

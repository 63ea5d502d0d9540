"""The value types of kept replies. No I/O."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rag.errors import Conflict
from rag.reply.types import Length, Variant
from rag.types import Checked, Citation, Status


class State(StrEnum):
    """Where a reply stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    SENT = "sent"

    @property
    def ja(self) -> str:
        """As people call it."""
        return _STATES[self]


_STATES = {
    State.DRAFT: "下書き",
    State.PROPOSED: "承認待ち",
    State.RETURNED: "差戻し",
    State.APPROVED: "承認済み",
    State.SENT: "送付済み",
}


class Deed(StrEnum):
    """What is done with a reply."""

    START = "start"
    COMPOSE = "compose"
    EDIT = "edit"
    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE = "approve"
    SEND = "send"

    @property
    def ja(self) -> str:
        """As people call it."""
        return _DEEDS[self]


_DEEDS = {
    Deed.START: "作成",
    Deed.COMPOSE: "作り直し",
    Deed.EDIT: "修正",
    Deed.PROPOSE: "提案",
    Deed.WITHDRAW: "提案の取下げ",
    Deed.RETURN: "差戻し",
    Deed.APPROVE: "承認",
    Deed.SEND: "送付",
}


class Shelf(StrEnum):
    """Which replies a person wants to see."""

    MINE = "mine"
    PROPOSED = "proposed"
    RETURNED = "returned"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Person:
    """Who did something, as they were called then."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One text of the letter, with what it rests on and how it was made.

    number     from 1; every change of the text has its own
    deed       START, COMPOSE or EDIT
    prompts    (name, hash) of the prompts that a model was given
    """

    number: int
    at: dt.datetime
    by: Person
    deed: Deed
    letter: str
    citations: tuple[Citation, ...]
    desk: str
    status: Status
    variant: Variant
    length: Length
    composed_by: str = "records"
    model: str | None = None
    checked: Checked | None = None
    prompts: tuple[tuple[str, str], ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the record. `version` is the text that it was about, `state` what it led to."""

    at: dt.datetime
    by: Person
    deed: Deed
    version: int
    state: State
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ReplyEntry:
    """A reply without its texts, for a list. `questions` are masked, as everything of the inquiry is."""

    id: str
    state: State
    version: int
    author: Person
    created_at: dt.datetime
    updated_at: dt.datetime
    questions: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A reply as it stands.

    inquiry  masked;  found: (kind, count) of what was masked
    text     the text that stands; `versions` of it and `events` oldest first
    """

    entry: ReplyEntry
    inquiry: str
    found: tuple[tuple[str, int], ...]
    text: TextVersion
    versions: tuple[TextVersion, ...]
    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """The reply's number."""
        return self.entry.id

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.entry.state

    @property
    def title(self) -> str:
        """What a file of it is called."""
        return f"住民回答の記録 {self.id}"

    @property
    def created_at(self) -> dt.datetime:
        """When it was begun."""
        return self.entry.created_at

    @property
    def updated_at(self) -> dt.datetime:
        """When something was done with it last."""
        return self.entry.updated_at

    def last(self, deed: Deed) -> Event | None:
        """When that was done last, if ever."""
        return next((e for e in reversed(self.events) if e.deed is deed), None)


class ReplyConflict(Conflict):
    """The reply is not as the person read it: another text, or another state.

    kept   the reply as it stands;  mine: the letter that was to be saved, "" for another deed
    """

    def __init__(self, kept: KeptReply, message: str, mine: str = "") -> None:
        super().__init__(message)
        self.kept = kept
        self.mine = mine

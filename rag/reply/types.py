"""The value types of a reply. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from rag.types import Answer, Checked, Citation, Status, Version


class Variant(StrEnum):
    """The kind of text that is wanted."""

    LETTER = "letter"
    MAIL = "mail"
    PHONE = "phone"
    EASY = "easy"
    ENGLISH = "english"

    @property
    def voice(self) -> str:
        """Which sentences it speaks in: ja, easy or en."""
        return {"easy": "easy", "english": "en"}.get(self.value, "ja")


class Length(StrEnum):
    """How much of long texts is told."""

    SHORT = "short"
    NORMAL = "normal"


class Kind(StrEnum):
    """What a resident wants by one ask."""

    QUESTION = "question"
    REQUEST = "request"
    COMPLAINT = "complaint"


class FoundLike(Protocol):
    """A kind of personal data and how often it stood in the text (`rag.privacy`)."""

    @property
    def kind(self) -> str:
        """個人番号, 氏名 …"""

    @property
    def count(self) -> int:
        """How often."""


class MaskedLike(Protocol):
    """A text whose personal data are tokens like 〔氏名1〕 (`rag.privacy`)."""

    @property
    def text(self) -> str:
        """The masked text."""

    @property
    def found(self) -> Sequence[FoundLike]:
        """What was found, by kind."""


Mask = Callable[[str], MaskedLike]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a letter asks.

    text      as the resident says it, masked and without what leads up to it
    topic     name of the topic that it is about, "" where no topic is
    wish      disclosure, correction or suspension, for a request
    own       what happened to one person's data is asked
    promise   an assurance is asked;  legal: a judgement is asked
    sentence  the whole sentences that it stands in
    also      other wordings of it in the letter: one answer serves them all
    """

    text: str
    kind: Kind = Kind.QUESTION
    topic: str = ""
    wish: str = ""
    own: bool = False
    promise: bool = False
    legal: bool = False
    sentence: str = ""
    also: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """All wordings of it, in the letter's order."""
        return (self.text, *self.also)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or entry of an answer in a reply, with markers [1]; `quoted`: a document's words, never reworded."""

    text: str
    entry: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is told to one ask: lines, and how it ended."""

    lines: tuple[Line, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Part:
    """One numbered answer of a reply."""

    ask: Ask
    head: str
    told: Told


@dataclass(frozen=True, slots=True)
class Desk:
    """A contact block of IV as published. `text` is verbatim, "" where it is lost or blank."""

    section: str
    version: Version
    text: str
    marker: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """Everything of a reply before it is laid out.

    desks   the blocks that are quoted, the reply's own desk first
    sender  the department as published, "" where it cannot be told
    """

    parts: tuple[Part, ...]
    desks: tuple[Desk, ...]
    citations: tuple[Citation, ...]
    versions: tuple[Version, ...]
    addressee: str = ""
    sender: str = ""
    city: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to one inquiry.

    masked     the inquiry, masked;  found: (kind, count) of what was masked
    questions  what was understood to be asked, in the letter's order
    desk       IV.1 where a request is made, else IV.2
    notice     a word to the staff on what to check, "" where nothing
    documents  those that the letter drew on
    prompts    name → hash of each prompt that was used
    """

    masked: str
    found: tuple[tuple[str, int], ...]
    questions: tuple[str, ...]
    letter: str
    desk: str
    citations: tuple[Citation, ...]
    status: Status
    variant: Variant = Variant.LETTER
    length: Length = Length.NORMAL
    notice: str = ""
    documents: tuple[str, ...] = ()
    composed_by: str = "records"
    model: str | None = None
    checked: Checked | None = None
    prompts: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The JSON form of the contract in the README."""
        cited = Answer("", self.status, "", citations=self.citations).as_dict()["citations"]
        return {
            "masked": self.masked,
            "found": [{"kind": kind, "count": count} for kind, count in self.found],
            "questions": list(self.questions),
            "letter": self.letter,
            "desk": self.desk,
            "citations": cited,
            "status": self.status.value,
            "variant": self.variant.value,
            "length": self.length.value,
            "notice": self.notice,
            "documents": list(self.documents),
            "composed_by": self.composed_by,
            "model": self.model,
            "checked": {"written": self.checked.written, "verified": self.checked.verified} if self.checked else None,
        }

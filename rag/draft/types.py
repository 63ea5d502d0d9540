"""The value types of drafting: sentences with their basis, fields of the form, the draft of a whole form. No I/O.

Everything is frozen; an edit yields a new draft. A `section` is a field as it is cited:
`III.3 リスク2 具体的な管理方法`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.assessment import Mark
from rag.draft.profile import Profile
from rag.types import Citation


class Basis(StrEnum):
    """Where a sentence comes from. PERSON: staff wrote it; KEPT: it stands in the assessment under revision."""

    PEER = "peer"
    MODEL_TEXT = "model_text"
    PROFILE = "profile"
    PLACEHOLDER = "placeholder"
    PERSON = "person"
    KEPT = "kept"

    @property
    def ja(self) -> str:
        """Its name as it is shown."""
        return _BASES[self]


_BASES = {
    Basis.PEER: "他市の措置",
    Basis.MODEL_TEXT: "国の記載例",
    Basis.PROFILE: "自市の情報",
    Basis.PLACEHOLDER: "要確認",
    Basis.PERSON: "担当者の記載",
    Basis.KEPT: "現行の記載",
}


class Decision(StrEnum):
    """What staff made of a sentence. A rejected one is kept, so that it can be taken back, and is not exported."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class FieldKind(StrEnum):
    """TEXT: sentences; CHOICE: one of `options`; BOXES: any of `boxes`."""

    TEXT = "text"
    CHOICE = "choice"
    BOXES = "boxes"


@dataclass(frozen=True, slots=True)
class Changed:
    """Words of the source that were changed: `before` stands in the quote, `after` in the draft; why, in Japanese."""

    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft.

    id         unique within the draft, stable while the draft lives
    text       as it would be printed; holds 【要確認: …】 where the body has to say something
    basis      where it comes from; PLACEHOLDER where the sentence is nothing but a question to staff
    citations  verbatim quotes of the peers that say it, the one it is worded after first (markers count from 1)
    changed    what was changed of the first citation's words
    heading    what it stands under in the field, without brackets: 中間サーバー・ソフトウェアにおける措置, or ""
    bullet     what it begins with in print: ・, ①, "" …
    shared     how many of the chosen peers say it
    note       Japanese: what staff should know of it (drifts of the national text, what a figure was derived from)
    """

    id: str
    text: str
    basis: Basis
    citations: tuple[Citation, ...] = ()
    changed: tuple[Changed, ...] = ()
    heading: str = ""
    bullet: str = ""
    shared: int = 0
    note: str = ""
    decision: Decision = Decision.PROPOSED


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """One field of the form.

    section    as it is cited, unique within the draft; item: the numbered item it belongs to (`III.4`)
    label      the form's own label
    options    of a CHOICE, in the form's order; boxes: of BOXES, each marked or not
    sentences  what the field says, in order; a CHOICE has one: the option that was taken, or a placeholder
    offers     what peers say besides and the draft does not take, most shared first; for staff to take over
    notice     Japanese: what staff should know of the field as a whole (why a model's words are not shown)
    count      the number that the form prints beside the choice (委託の件数), "" where it has none
    """

    section: str
    item: str
    label: str
    kind: FieldKind
    block: str = ""
    sub: str = ""
    name: str = ""
    options: tuple[str, ...] = ()
    boxes: tuple[Mark, ...] = ()
    sentences: tuple[DraftSentence, ...] = ()
    offers: tuple[DraftSentence, ...] = ()
    count: str = ""
    notice: str = ""

    @property
    def standing(self) -> tuple[DraftSentence, ...]:
        """The sentences that were not rejected."""
        return tuple(s for s in self.sentences if s.decision is not Decision.REJECTED)

    @property
    def choice(self) -> str:
        """The option that was taken; "" where none was."""
        taken = [s.text for s in self.standing if s.text in self.options]
        return taken[0] if self.kind is FieldKind.CHOICE and taken else ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a peer ranks where it does: `value` in 0…1, higher is better; `words` in Japanese."""

    name: str
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Peer:
    """A collected assessment as a model for the draft. `score` in 0…1, higher is better; `chosen`: it is drawn upon."""

    document: str
    municipality: str
    title: str
    duty: str
    published: str
    version: int
    score: float
    reasons: tuple[Reason, ...]
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of one assessment. `fields` in the order of the form; `revises`: the document under revision, or ""."""

    profile: Profile
    peers: tuple[Peer, ...]
    fields: tuple[FieldDraft, ...]
    form: str = "様式3"
    revises: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """The numbered items it has fields of, in order: I.1, … IV.2."""
        return tuple(dict.fromkeys(f.item for f in self.fields))

    def of(self, item: str) -> tuple[FieldDraft, ...]:
        """The fields of an item."""
        return tuple(f for f in self.fields if f.item == item)

    def sentences(self) -> Iterator[tuple[FieldDraft, DraftSentence]]:
        """Every sentence that stands, with its field."""
        return ((f, s) for f in self.fields for s in f.standing)

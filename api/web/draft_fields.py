"""The middle of the workspace: fields with their sentences, each with its basis, its markers and what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.web import links
from rag.checks.finding import Finding
from rag.draft.questions import QUESTION, questions_in
from rag.draft.types import Basis, Changed, Decision, Draft, DraftSentence, FieldDraft, FieldKind
from rag.types import Citation


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence; `question`: which 【要確認】 it is, None for words."""

    text: str
    question: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A marker: the number of the peer, its citation, and where that stands."""

    number: int
    cited: Citation
    address: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence or offer."""

    sentence: DraftSentence
    pieces: tuple[Piece, ...]
    chips: tuple[Chip, ...]

    @property
    def id(self) -> str:
        """The sentence's id."""
        return self.sentence.id

    @property
    def tone(self) -> str:
        """The class of the style sheet."""
        return self.sentence.basis.value

    @property
    def rejected(self) -> bool:
        """Whether it is no part of the form."""
        return self.sentence.decision is Decision.REJECTED

    @property
    def accepted(self) -> bool:
        """Whether staff took it."""
        return self.sentence.decision is Decision.ACCEPTED

    @property
    def questions(self) -> tuple[str, ...]:
        """What staff still have to say in it."""
        return questions_in(self.sentence.text)

    @property
    def brief(self) -> str:
        """Enough of it to tell it apart when it is read out."""
        text = self.sentence.text
        return text if len(text) <= 24 else f"{text[:24]}…"

    @property
    def changed(self) -> tuple[Changed, ...]:
        """What was changed of the source's words."""
        return self.sentence.changed

    @property
    def basis(self) -> str:
        """The basis in words; of a person's sentence also what it was made of."""
        made = "(他市の措置を書き直し)" if self.sentence.basis is Basis.PERSON and self.sentence.citations else ""
        return self.sentence.basis.ja + made


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences under one heading of the field, "" where they have none."""

    heading: str
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field with what stands in it, what is offered, what the checks say."""

    field: FieldDraft
    groups: tuple[Group, ...]
    offers: tuple[SentenceView, ...]
    findings: tuple[Finding, ...]

    @property
    def told(self) -> str:
        """How much of it several peers say."""
        shared = [
            s.sentence.shared for g in self.groups for s in g.sentences if s.sentence.shared > 1 and not s.rejected
        ]
        return f"2自治体以上に共通 {len(shared)}項目" if shared else ""

    @property
    def note(self) -> str:
        """What is to be known of a choice or of boxes."""
        return next((s.note for s in self.field.standing if s.note), "")

    @property
    def basis(self) -> Basis | None:
        """The basis of a choice or of boxes; None where nothing was taken."""
        return next((s.basis for s in self.field.standing if s.basis is not Basis.PLACEHOLDER), None)

    @property
    def asked(self) -> bool:
        """Whether something in it is still open."""
        return any(questions_in(s.text) for s in self.field.standing)

    @property
    def heading_blocks(self) -> bool:
        """Whether the field names its block (委託事項1) and so begins a group."""
        return bool(self.field.block) and not self.field.sub and not self.field.name

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it yet."""
        return self.field.kind is FieldKind.TEXT and not self.field.standing


def field_views(draft: Draft, item: str, findings: Sequence[Finding]) -> tuple[FieldView, ...]:
    """The fields of an item."""
    numbers = peer_numbers(draft)
    return tuple(
        FieldView(
            field,
            tuple(_groups([sentence_view(s, numbers) for s in field.sentences])),
            tuple(sentence_view(o, numbers) for o in field.offers),
            tuple(f for f in findings if _first_place(f, draft, item) == field.section),
        )
        for field in draft.of(item)
    )


def _first_place(finding: Finding, draft: Draft, item: str) -> str:
    """The field of the item that a finding stands beside: the one it names, else the item's first."""
    own = [f.section for f in draft.of(item)]
    named = [s for s in finding.sections if s in own]
    if named:
        return named[-1]
    near = [o for s in finding.sections for o in own if o.startswith(f"{s} ") or s.startswith(f"{o} ")]
    if near:
        return near[0]
    return own[0] if any(s == item or s.startswith(f"{item} ") for s in finding.sections) and own else ""


def peer_numbers(draft: Draft) -> dict[str, int]:
    """Document → the number that marks it on the page, in the order of the peers."""
    drawn = [p.document for p in draft.peers if p.chosen]
    others = [c.document for f in draft.fields for s in (*f.sentences, *f.offers) for c in s.citations]
    return {document: n for n, document in enumerate(dict.fromkeys([*drawn, *others]), 1)}


def sentence_view(sentence: DraftSentence, numbers: dict[str, int]) -> SentenceView:
    """A sentence in pieces, with one marker a peer."""
    firsts = {c.document: c for c in reversed(sentence.citations)}
    cited = sorted(firsts.values(), key=lambda c: numbers.get(c.document, 0))
    chips = tuple(Chip(numbers.get(c.document, 0), c, links.citation(c)) for c in cited)
    return SentenceView(sentence, tuple(_pieces(sentence.text)), chips)


def _pieces(text: str) -> list[Piece]:
    pieces, end = [], 0
    for number, match in enumerate(QUESTION.finditer(text)):
        if match.start() > end:
            pieces.append(Piece(text[end : match.start()]))
        pieces.append(Piece(match[0], number))
        end = match.end()
    return [*pieces, Piece(text[end:])] if end < len(text) else pieces


def _groups(views: Sequence[SentenceView]) -> list[Group]:
    groups: list[Group] = []
    for view in views:
        if groups and groups[-1].heading == view.sentence.heading:
            groups[-1] = Group(view.sentence.heading, (*groups[-1].sentences, view))
        else:
            groups.append(Group(view.sentence.heading, (view,)))
    return groups

"""What staff do with a draft, sentence by sentence; every function makes a new draft.

What they pick counts as accepted: making the field anew does not lose it (see `renewal`).

Each raises NotFound for a sentence, an offer or a section that is not there, BadEntry for what cannot be entered.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from ingest.assessment import Mark, Marking
from rag.draft import answers
from rag.draft.entries import MAX_DETAIL_CHARS, entered, required
from rag.draft.places import field_at, new_id, offer_at, sentence_at, with_field, with_sentence
from rag.draft.types import Basis, Decision, Draft, DraftSentence, FieldDraft, FieldKind
from rag.errors import BadEntry, NotFound

MAX_COUNT_DIGITS = 4


def accept(draft: Draft, id: str) -> Draft:
    """The sentence stands as it is."""
    return _decided(draft, id, Decision.ACCEPTED)


def reject(draft: Draft, id: str) -> Draft:
    """The sentence is kept, but is no part of the form."""
    return _decided(draft, id, Decision.REJECTED)


def reopen(draft: Draft, id: str) -> Draft:
    """The sentence is a proposal again."""
    return _decided(draft, id, Decision.PROPOSED)


def _decided(draft: Draft, id: str, decision: Decision) -> Draft:
    field, at = sentence_at(draft, id)
    return with_sentence(draft, replace(field.sentences[at], decision=decision))


def reword(draft: Draft, id: str, text: str) -> Draft:
    """The sentence in a person's words; sources and changed words stay as its origin.

    Where only 【要確認】 were filled in, it stays what it is and `note` says what the person said (see `answers`).
    """
    field, at = sentence_at(draft, id)
    _only(field, FieldKind.TEXT)
    sentence, said = field.sentences[at], required(text)
    if said == sentence.text:
        return draft
    return with_sentence(draft, answers.filled_in(sentence, said) or _of_person(sentence, said))


def answer(draft: Draft, id: str, number: int, text: str) -> Draft:
    """Puts a person's words in the place of one 【要確認】 of the sentence, the first being 0."""
    field, at = sentence_at(draft, id)
    if field.kind is FieldKind.CHOICE:
        return choose(draft, field.section, text)
    return with_sentence(draft, answers.answered(field.sentences[at], number, required(text, "回答")))


def _of_person(sentence: DraftSentence, text: str) -> DraftSentence:
    # Who rewrites a sentence wants it to stand, also one that was rejected before.
    return replace(sentence, text=text, basis=Basis.PERSON, decision=Decision.PROPOSED)


def add(draft: Draft, section: str, text: str, after: str = "") -> Draft:
    """One more sentence of a person's, behind the one named, else at the end; under the same heading."""
    field = field_at(draft, section)
    _only(field, FieldKind.TEXT)
    at = sentence_at(field_alone(draft, field), after)[1] + 1 if after else len(field.sentences)
    before = field.sentences[at - 1] if at else None
    heading, bullet = (before.heading, before.bullet if before.bullet == "・" else "") if before else ("", "")
    made = DraftSentence(new_id(draft), required(text), Basis.PERSON, heading=heading, bullet=bullet)
    return with_field(draft, replace(field, sentences=(*field.sentences[:at], made, *field.sentences[at:])))


def field_alone(draft: Draft, field: FieldDraft) -> Draft:
    """The draft with nothing but one field."""
    return replace(draft, fields=(field,))


def remove(draft: Draft, id: str) -> Draft:
    """Takes a sentence out of the draft; earlier versions keep it."""
    field, at = sentence_at(draft, id)
    return with_field(draft, replace(field, sentences=(*field.sentences[:at], *field.sentences[at + 1 :])))


def move(draft: Draft, id: str, up: bool) -> Draft:
    """Exchanges a sentence with its neighbour; the first does not move up, nor the last down."""
    field, at = sentence_at(draft, id)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(field.sentences):
        return draft
    order = list(field.sentences)
    order[at], order[other] = order[other], order[at]
    return with_field(draft, replace(field, sentences=tuple(order)))


def swap(draft: Draft, id: str, offer: str) -> Draft:
    """An offer of the same field in the place of a sentence, which becomes an offer unless a person wrote it."""
    field, at = sentence_at(draft, id)
    taken = offer_at(field, offer)
    old = field.sentences[at]
    put = replace(taken, id=old.id, heading=taken.heading or old.heading, decision=Decision.ACCEPTED)
    left = tuple(o for o in field.offers if o.id != offer)
    if old.basis in (Basis.PEER, Basis.MODEL_TEXT):
        left = (replace(old, id=taken.id, decision=Decision.PROPOSED), *left)
    sentences = (*field.sentences[:at], put, *field.sentences[at + 1 :])
    return with_field(draft, replace(field, sentences=sentences, offers=left))


def put(draft: Draft, id: str, sentence: DraftSentence) -> Draft:
    """Another peer's wording in the place of a sentence that several peers say; the sources of the old one stay."""
    field, at = sentence_at(draft, id)
    old = field.sentences[at]
    others = tuple(c for c in old.citations if c not in sentence.citations)
    made = replace(
        sentence,
        id=old.id,
        citations=(*sentence.citations, *others),
        heading=old.heading,
        bullet=old.bullet,
        shared=old.shared,
        decision=Decision.ACCEPTED,
    )
    return with_sentence(draft, made)


def take(draft: Draft, section: str, offer: str) -> Draft:
    """Takes an offer over, as the last sentence under its heading."""
    field = field_at(draft, section)
    taken = replace(offer_at(field, offer), decision=Decision.ACCEPTED)
    left = tuple(o for o in field.offers if o.id != offer)
    under = [at for at, s in enumerate(field.sentences) if s.heading == taken.heading]
    at = under[-1] + 1 if under else len(field.sentences)
    sentences = (*field.sentences[:at], taken, *field.sentences[at:])
    return with_field(draft, replace(field, sentences=sentences, offers=left))


def choose(draft: Draft, section: str, option: str) -> Draft:
    """Takes an option of a choice: a proposed one is accepted, another is the person's."""
    field = field_at(draft, section)
    _only(field, FieldKind.CHOICE)
    if option not in field.options:
        raise BadEntry(f"「{field.label}」にその選択肢はありません。{'、'.join(field.options)} から選んでください。")
    if field.choice == option:
        return draft if field.sentences[0].basis is Basis.PERSON else accept(draft, field.standing[0].id)
    id = field.sentences[0].id if field.sentences else new_id(draft)
    return with_field(draft, replace(field, sentences=(DraftSentence(id, option, Basis.PERSON),)))


def mark(draft: Draft, section: str, marked: Collection[str], details: Mapping[str, str] | None = None) -> Draft:
    """Marks these boxes and no others, as the person says; `details`: label → what stands in its parentheses."""
    field = field_at(draft, section)
    _only(field, FieldKind.BOXES)
    inside = dict(details or {})
    known = {b.label for b in field.boxes}
    for label in (*marked, *inside):
        if label not in known:
            raise BadEntry(f"「{field.label}」に「{label[:40]}」という欄はありません。画面を開き直してください。")
    boxes = tuple(
        Mark(
            b.label,
            Marking.MARKED if b.label in marked else Marking.UNMARKED,
            entered(inside.get(b.label, b.detail), f"「{b.label}」の括弧書き", MAX_DETAIL_CHARS),
        )
        for b in field.boxes
    )
    said = "、".join(b.label for b in boxes if b.marking is Marking.MARKED)
    id = field.sentences[0].id if field.sentences else new_id(draft)
    sentences = (DraftSentence(id, said, Basis.PERSON),) if said else ()
    return with_field(draft, replace(field, boxes=boxes, sentences=sentences))


def count(draft: Draft, section: str, number: str) -> Draft:
    """The number printed beside a choice (委託の件数); "" takes it away."""
    field = field_at(draft, section)
    said = entered(number, "件数", MAX_DETAIL_CHARS)
    if said and not (said.isdecimal() and len(said) <= MAX_COUNT_DIGITS):
        raise BadEntry(f"件数は{MAX_COUNT_DIGITS}桁までの数字で入力してください。")
    return with_field(draft, replace(field, count=str(int(said)) if said else ""))


def choose_peers(draft: Draft, documents: Collection[str]) -> Draft:
    """Draws upon these peers and no others. The fields stay as they are until they are made anew."""
    known = {p.document for p in draft.peers}
    if missing := [d for d in documents if d not in known]:
        raise NotFound(f"手本の一覧に {'、'.join(missing)[:80]} はありません。一覧から選んでください。")
    return replace(draft, peers=tuple(replace(p, chosen=p.document in documents) for p in draft.peers))


def _only(field: FieldDraft, kind: FieldKind) -> None:
    if field.kind is not kind:
        how = {
            FieldKind.TEXT: "文で書きます",
            FieldKind.CHOICE: "選択肢から選びます",
            FieldKind.BOXES: "欄に印を付けます",
        }
        raise BadEntry(f"「{field.label}」は{how[field.kind]}。")

"""Where a field or a sentence stands in a draft, and a draft with one of them replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.draft.types import Draft, DraftSentence, FieldDraft
from rag.errors import NotFound

_OWN_ID = re.compile(r"n(\d+)")


def field_at(draft: Draft, section: str) -> FieldDraft:
    """The field of a section. Raises NotFound."""
    for field in draft.fields:
        if field.section == section:
            return field
    raise NotFound(f"この起案に「{section}」という項目はありません。左の一覧から項目を選び直してください。")


def sentence_at(draft: Draft, id: str) -> tuple[FieldDraft, int]:
    """The field that a sentence stands in and its position there. Raises NotFound."""
    for field in draft.fields:
        for at, sentence in enumerate(field.sentences):
            if sentence.id == id:
                return field, at
    raise NotFound(
        "その文はこの起案にありません。ほかの人が消したか、書き直した可能性があります。画面を開き直してください。"
    )


def offer_at(field: FieldDraft, id: str) -> DraftSentence:
    """One of the offers of a field. Raises NotFound."""
    for offer in field.offers:
        if offer.id == id:
            return offer
    raise NotFound("その候補はもうありません。画面を開き直して、候補の一覧から選び直してください。")


def with_field(draft: Draft, field: FieldDraft) -> Draft:
    """The draft with the field of the same section replaced."""
    return replace(draft, fields=tuple(field if f.section == field.section else f for f in draft.fields))


def with_sentence(draft: Draft, sentence: DraftSentence) -> Draft:
    """The draft with the sentence of the same id replaced. Raises NotFound."""
    field, at = sentence_at(draft, sentence.id)
    sentences = (*field.sentences[:at], sentence, *field.sentences[at + 1 :])
    return with_field(draft, replace(field, sentences=sentences))


def ids(draft: Draft) -> Iterator[str]:
    """The ids of all sentences and offers."""
    return (s.id for f in draft.fields for s in (*f.sentences, *f.offers))


def new_id(draft: Draft) -> str:
    """An id that no sentence of the draft has: n1, n2 …"""
    return f"n{1 + max((int(m[1]) for id in ids(draft) if (m := _OWN_ID.fullmatch(id))), default=0)}"

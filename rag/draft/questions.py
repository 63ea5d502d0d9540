"""What staff still have to say: the 【要確認: …】 of a draft, where they stand and how many they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.draft.types import Draft, DraftSentence, FieldDraft

QUESTION = re.compile(r"【要確認(?:[:：]\s*([^】]*))?】")


@dataclass(frozen=True, slots=True)
class Question:
    """One 【要確認】. `number` counts from 0 within its sentence; `what`: what staff have to say; `text`: it whole."""

    section: str
    item: str
    sentence: str
    number: int
    what: str
    text: str


def questions_in(text: str) -> tuple[str, ...]:
    """What each 【要確認】 of a text asks."""
    return tuple((m[1] or "").strip() for m in QUESTION.finditer(text))


def questions_of(field: FieldDraft) -> Iterator[Question]:
    """The open questions of a field."""
    for sentence in field.standing:
        yield from _of(field, sentence)


def questions(draft: Draft) -> tuple[Question, ...]:
    """The open questions of a draft, in the order of the form."""
    return tuple(q for field in draft.fields for q in questions_of(field))


def _of(field: FieldDraft, sentence: DraftSentence) -> Iterator[Question]:
    for number, match in enumerate(QUESTION.finditer(sentence.text)):
        yield Question(field.section, field.item, sentence.id, number, (match[1] or "").strip(), match[0])

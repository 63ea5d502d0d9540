"""A draft as the JSON of `hyoka draft --json`: the batch contract, with what a program may want besides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag.checks.finding import Finding
from rag.draft.questions import questions
from rag.draft.types import Draft, DraftSentence, FieldDraft


def as_dict(draft: Draft, findings: Sequence[Finding] = (), **more: Any) -> dict[str, Any]:
    """The draft of one item, or of a whole form (`item` is then ""). `more`: further keys, such as the task's id."""
    items = draft.items
    return {
        **more,
        "item": items[0] if len(items) == 1 else "",
        "fields": [_field(f) for f in draft.fields],
        "placeholders": [q.text for q in questions(draft)],
        "findings": [f.as_dict() for f in findings],
        "peers": [p.document for p in draft.peers if p.chosen],
    }


def _field(field: FieldDraft) -> dict[str, Any]:
    return {
        "section": field.section,
        "label": field.name or field.label,
        "kind": field.kind.value,
        "choice": field.choice,
        "options": list(field.options),
        "boxes": [{"label": b.label, "marking": b.marking.value, "detail": b.detail} for b in field.boxes],
        "sentences": [_sentence(s) for s in field.standing],
        "notice": field.notice,
        "offers": [_sentence(s) for s in field.offers],
    }


def _sentence(sentence: DraftSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "basis": sentence.basis.value,
        "heading": sentence.heading,
        "bullet": sentence.bullet,
        "shared": sentence.shared,
        "note": sentence.note,
        "citations": [
            {"document": c.document, "section": c.section, "label": c.label, "published": c.published, "quote": c.quote}
            for c in sentence.citations
        ],
        "changed": [{"before": c.before, "after": c.after, "reason": c.reason} for c in sentence.changed],
    }

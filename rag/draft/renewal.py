"""A field or a draft made anew without losing what staff decided: their own sentences, what they took or rejected."""

from __future__ import annotations

from dataclasses import replace

from rag.draft.places import field_at, ids, new_id, with_field
from rag.draft.types import Basis, Decision, Draft, DraftSentence, FieldDraft, FieldKind

#: What the body says itself.
_OWN = (Basis.PERSON, Basis.KEPT)


def renewed(draft: Draft, made: FieldDraft) -> Draft:
    """The draft with a field made anew: what staff wrote or accepted and what stands in an assessment
    under revision stays, what they rejected stays rejected.

    Raises NotFound where the draft has no such field.
    """
    old = field_at(draft, made.section)
    kept = tuple(s for s in old.sentences if s.decision is Decision.ACCEPTED or s.basis in _OWN)
    if made.kind is FieldKind.BOXES and kept:
        return draft
    if made.kind is FieldKind.CHOICE and kept:
        return with_field(draft, replace(made, sentences=kept, count=old.count or made.count))
    without = with_field(draft, replace(old, sentences=kept, offers=()))
    rejected = tuple(s for s in old.sentences if s.decision is Decision.REJECTED and s not in kept)
    fresh = [_still(s, rejected) for s in made.sentences if s.text not in {k.text for k in kept}]
    taken = {s.text for s in (*kept, *fresh)}
    offers = [o for o in made.offers if o.text not in taken]
    if any(s.basis is Basis.KEPT for s in kept):
        # What stands in the assessment goes on standing; what peers say is there to be taken.
        fresh, offers = [], [*(s for s in fresh if s.citations), *offers]
    fresh, offers = _own_ids(without, fresh, offers, old)
    sentences = _merged(old, kept, fresh)
    return with_field(draft, replace(made, sentences=sentences, offers=tuple(offers), count=old.count or made.count))


def all_renewed(draft: Draft, made: Draft) -> Draft:
    """A draft of other facts or peers, with what staff decided; fields it has no more are left to older versions."""
    whole = replace(draft, profile=made.profile, peers=made.peers)
    for field in made.fields:
        if any(f.section == field.section for f in draft.fields):
            whole = renewed(whole, field)
        else:
            sentences, offers = _own_ids(whole, list(field.sentences), list(field.offers))
            new = replace(field, sentences=tuple(sentences), offers=tuple(offers))
            whole = replace(whole, fields=(*whole.fields, new))
    now = {f.section: f for f in whole.fields}
    return replace(whole, fields=tuple(now[f.section] for f in made.fields))


def _still(sentence: DraftSentence, rejected: tuple[DraftSentence, ...]) -> DraftSentence:
    again = any(sentence.text == r.text for r in rejected)
    return replace(sentence, decision=Decision.REJECTED) if again else sentence


def _merged(old: FieldDraft, kept: tuple[DraftSentence, ...], fresh: list[DraftSentence]) -> tuple[DraftSentence, ...]:
    """What stays, at the positions it had; what is new around it."""
    merged = list(fresh)
    for sentence in kept:
        merged.insert(min(old.sentences.index(sentence), len(merged)), sentence)
    return tuple(merged)


def _own_ids(
    draft: Draft, sentences: list[DraftSentence], offers: list[DraftSentence], old: FieldDraft | None = None
) -> tuple[list[DraftSentence], list[DraftSentence]]:
    """A sentence that the field had keeps its id: the log tells no change of it. Others get an id that none had."""
    had = (*old.offers, *old.sentences) if old else ()
    here = set(ids(draft))
    same = {s.text: s.id for s in had if s.id not in here}
    used, number = here | {s.id for s in had}, int(new_id(draft)[1:])
    named: list[DraftSentence] = []
    for sentence in (*sentences, *offers):
        id = same.pop(sentence.text, "")
        if not id:
            id = sentence.id
            while id in used:
                id = f"n{number}"
                number += 1
        used.add(id)
        named.append(replace(sentence, id=id))
    return named[: len(sentences)], named[len(sentences) :]

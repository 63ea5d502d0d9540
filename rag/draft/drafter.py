"""Drafts an assessment: profile in, draft out. The one way in for the command, the pages and the API."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.draft.adapting import Adapter
from rag.draft.composing import Composer
from rag.draft.names import names_of
from rag.draft.peers import rank
from rag.draft.profile import Profile
from rag.draft.sentence import Sentences
from rag.draft.skeleton import skeleton
from rag.draft.smoothing import smooth
from rag.draft.takeover import take_over
from rag.draft.types import Basis, Draft, FieldDraft, Peer
from rag.draft.words import plain
from rag.errors import BadEntry, NotFound
from rag.library import Library
from rag.ports import ChatModel
from rag.shelf import Book, Shelf
from rag.tokens import Words


@dataclass(frozen=True, slots=True)
class Drafter:
    """Drafts from what is collected.

    today   the day that the age of a peer is counted to
    model   smooths the sentences of a field under verification; None leaves them as composed
    """

    shelf: Shelf
    today: dt.date
    model: ChatModel | None = None
    words: Words = field(default_factory=Words)

    @classmethod
    def of(cls, library: Library, today: dt.date | None = None, model: ChatModel | None = None) -> Drafter:
        """A drafter on an open library."""
        return cls(Shelf(library, ()), today or dt.date.today(), model)

    def peers(self, profile: Profile, without: str = "") -> tuple[Peer, ...]:
        """Everything collected, ranked as a model for this profile; `without`: the document under revision."""
        return rank(profile, [b for b in self._books() if b.version.document != without], self.today)

    def draft(self, profile: Profile, items: Sequence[str] = (), peers: Sequence[Peer] | None = None) -> Draft:
        """The draft of the whole form, or of these items (`III.4`) only.

        peers: with the chosen ones marked; None ranks and chooses. Only single items are smoothed by a model: of a
        whole form it is asked field by field (`redraft`). Raises BadEntry for an item the form has not.
        """
        ranked = tuple(self.peers(profile) if peers is None else peers)
        fields = skeleton(profile)
        wanted = [f for item in items for f in of_item(fields, item)] if items else list(fields)
        composer = self._composer(profile, ranked)
        made = once(composer.compose(f) for f in wanted)
        return Draft(profile, ranked, tuple(self._smoothed(f) for f in made) if items else made)

    def taken_over(self, document: str) -> Profile:
        """What a collected assessment says of its body and duty, as a profile. Raises NotFound."""
        version = next((v for v in self.shelf.versions() if v.document == document), None)
        if version is None:
            raise NotFound(f"評価書「{document}」は収録していません。")
        return take_over(self.shelf.open(version))

    def redraft(self, draft: Draft, section: str) -> FieldDraft:
        """One field of a draft composed anew, with ids that the draft does not have. Raises NotFound."""
        empty = next((f for f in skeleton(draft.profile) if f.section == section), None)
        if empty is None:
            raise NotFound(f"項目「{section}」は様式にありません。")
        made = self._smoothed(self._composer(draft.profile, draft.peers).compose(empty))
        taken = {s.id for f in draft.fields for s in (*f.sentences, *f.offers)}
        fresh = _unused(taken)
        return replace(
            made,
            sentences=tuple(replace(s, id=next(fresh)) for s in made.sentences),
            offers=tuple(replace(s, id=next(fresh)) for s in made.offers),
        )

    def _smoothed(self, composed: FieldDraft) -> FieldDraft:
        """The field in the model's words where there is a model and they can be verified."""
        if self.model is None:
            return composed
        smoothed = smooth(composed, self.model, self.words)
        return replace(smoothed.field, notice=smoothed.notice)

    def _composer(self, profile: Profile, peers: Sequence[Peer]) -> Composer:
        books = {b.version.document: b for b in self._books()}
        order = [books[p.document] for p in peers if p.chosen and p.document in books]
        names = names_of([b for b in order if b.version.municipality != profile.city])
        return Composer(profile, tuple(order), Adapter(profile, names), Sentences(profile))

    def _books(self) -> list[Book]:
        return [self.shelf.open(v) for v in self.shelf.versions()]


def of_item(fields: Sequence[FieldDraft], named: str) -> tuple[FieldDraft, ...]:
    """The fields of an item or of a part of one, however it is written (Ⅲ.4, III-4, III.3 リスク2). Raises BadEntry."""
    place = re.sub(r"^([IV]+)[\s.\-－・]*(?=\d)", r"\1.", plain(named).strip())
    found = tuple(f for f in fields if f.item == place or f.section == place or f.section.startswith(f"{place} "))
    if not found:
        known = "、".join(dict.fromkeys(f.item for f in fields))
        raise BadEntry(f"項目「{named}」は起案できません。使えるもの: {known}")
    return found


def once(fields: Iterable[FieldDraft]) -> tuple[FieldDraft, ...]:
    """The fields with each measure of a peer said once an item: where it is said again it is offered."""
    said: dict[str, set[str]] = {}
    made = []
    for drafted in fields:
        before = said.setdefault(drafted.item, set())
        again = [
            s
            for s in drafted.sentences
            if s.basis is Basis.PEER and s.text in before and not drafted.block.startswith("委託事項")
        ]
        kept = tuple(s for s in drafted.sentences if s not in again)
        before.update(s.text for s in kept if s.basis is Basis.PEER)
        made.append(replace(drafted, sentences=kept, offers=(*again, *drafted.offers)))
    return tuple(made)


def _unused(taken: set[str]) -> Iterator[str]:
    n = 0
    while True:
        n += 1
        if f"s{n}" not in taken:
            yield f"s{n}"

"""Things done with a draft, as the page's forms and PATCH /api/drafts/{id} name them → an edit.

Whatever has to be composed is composed before the edit is applied, so that no transaction waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce

from api.drafting import DraftServices
from rag.draft import edits, renewal
from rag.draft.kept import KeptDraft
from rag.draft.places import sentence_at
from rag.draft.profile import Profile
from rag.draft.store import Edit
from rag.draft.types import Draft
from rag.draft.wordings import wording_at


class ActName(StrEnum):
    """What can be done."""

    ACCEPT = "accept"
    REJECT = "reject"
    REOPEN = "reopen"
    REWORD = "reword"
    ANSWER = "answer"
    ADD = "add"
    REMOVE = "remove"
    UP = "up"
    DOWN = "down"
    SWAP = "swap"
    PUT = "put"
    TAKE = "take"
    CHOOSE = "choose"
    MARK = "mark"
    COUNT = "count"
    REDRAFT = "redraft"
    PEERS = "peers"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be done; each name reads what it needs of the rest.

    sentence  id of a sentence; section: a field; offer: id of an offer
    text      the words of a person, an option, or a count
    number    which 【要確認】 of the sentence, or which sentence of a peer's `document`
    labels    marked boxes, or documents of peers; details: label → what stands in parentheses
    """

    name: ActName
    sentence: str = ""
    section: str = ""
    text: str = ""
    number: int = 0
    offer: str = ""
    document: str = ""
    labels: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)


def perform(services: DraftServices, id: str, base: int, author: str, *acts: Act) -> KeptDraft:
    """Does all of it or nothing, and keeps what becomes of the draft. Raises NotFound, BadEntry, DraftConflict."""
    found = services.drafts.get(id).draft if any(a.name in _COMPOSED for a in acts) else None
    steps = [_edit_of(services, found, act) for act in acts]
    origin = "、".join(dict.fromkeys(_ORIGINS[a.name] for a in acts if a.name in _ORIGINS))
    return services.drafts.edit(id, base, author, lambda draft: reduce(lambda d, step: step(d), steps, draft), origin)


def _edit_of(services: DraftServices, draft: Draft | None, act: Act) -> Edit:
    if draft is not None and act.name in _COMPOSED:
        return _COMPOSED[act.name](services, draft, act)
    return lambda d: _PLAIN[act.name](d, act)


_PLAIN: dict[ActName, Callable[[Draft, Act], Draft]] = {
    ActName.ACCEPT: lambda d, a: edits.accept(d, a.sentence),
    ActName.REJECT: lambda d, a: edits.reject(d, a.sentence),
    ActName.REOPEN: lambda d, a: edits.reopen(d, a.sentence),
    ActName.REWORD: lambda d, a: edits.reword(d, a.sentence, a.text),
    ActName.ANSWER: lambda d, a: edits.answer(d, a.sentence, a.number, a.text),
    ActName.ADD: lambda d, a: edits.add(d, a.section, a.text, a.sentence),
    ActName.REMOVE: lambda d, a: edits.remove(d, a.sentence),
    ActName.UP: lambda d, a: edits.move(d, a.sentence, up=True),
    ActName.DOWN: lambda d, a: edits.move(d, a.sentence, up=False),
    ActName.SWAP: lambda d, a: edits.swap(d, a.sentence, a.offer),
    ActName.TAKE: lambda d, a: edits.take(d, a.section, a.offer),
    ActName.CHOOSE: lambda d, a: edits.choose(d, a.section, a.text),
    ActName.MARK: lambda d, a: edits.mark(d, a.section, a.labels, a.details),
    ActName.COUNT: lambda d, a: edits.count(d, a.section, a.text),
}


def _put(services: DraftServices, draft: Draft, act: Act) -> Edit:
    field, _ = sentence_at(draft, act.sentence)
    wording = wording_at(services.drafting.beside(draft, field.section), act.document, act.number)
    return lambda d: edits.put(d, act.sentence, wording)


def _redraft(services: DraftServices, draft: Draft, act: Act) -> Edit:
    made = services.drafting.redraft(draft, act.section)
    return lambda d: renewal.renewed(d, made)


def _peers(services: DraftServices, draft: Draft, act: Act) -> Edit:
    chosen = edits.choose_peers(draft, act.labels)
    return _anew(services, chosen)


def _facts(services: DraftServices, draft: Draft, act: Act) -> Edit:
    chosen = {p.document for p in draft.peers if p.chosen}
    ranked = tuple(replace(p, chosen=p.document in chosen) for p in services.drafting.peers(act.profile, draft.revises))
    return _anew(services, replace(draft, profile=act.profile, peers=ranked))


def _anew(services: DraftServices, draft: Draft) -> Edit:
    items = () if _whole(draft) else draft.items
    made = services.drafting.draft(draft.profile, items, draft.peers)
    return lambda d: renewal.all_renewed(d, made)


def _whole(draft: Draft) -> bool:
    """Whether the draft is of the whole form."""
    return "表紙" in draft.items


_COMPOSED: dict[ActName, Callable[[DraftServices, Draft, Act], Edit]] = {
    ActName.PUT: _put,
    ActName.REDRAFT: _redraft,
    ActName.PEERS: _peers,
    ActName.FACTS: _facts,
}
#: These begin a version of their own.
_ORIGINS = {
    ActName.REDRAFT: "項目の作り直し",
    ActName.PEERS: "手本の変更",
    ActName.FACTS: "自市の情報の変更",
}

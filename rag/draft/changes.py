"""What differs between two states of a draft, change by change: the log of a draft and the comparison of versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.assessment import Marking
from rag.draft.types import Decision, Draft, DraftSentence, FieldDraft, FieldKind


class What(StrEnum):
    """What was done."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REOPENED = "reopened"
    MOVED = "moved"
    CHOSEN = "chosen"
    MARKED = "marked"
    COUNTED = "counted"
    PEERS = "peers"
    FACTS = "facts"
    OFFERS = "offers"

    @property
    def ja(self) -> str:
        """Its name as it is shown."""
        return _WHAT[self]


_WHAT = {
    What.ADDED: "追加",
    What.REMOVED: "削除",
    What.REWORDED: "書換え",
    What.ACCEPTED: "採用",
    What.REJECTED: "不採用",
    What.REOPENED: "採否の取消し",
    What.MOVED: "並べ替え",
    What.CHOSEN: "選択",
    What.MARKED: "印",
    What.COUNTED: "件数",
    What.PEERS: "手本の変更",
    What.FACTS: "自市の情報",
    What.OFFERS: "候補の変更",
}
_DECIDED = {Decision.ACCEPTED: What.ACCEPTED, Decision.REJECTED: What.REJECTED, Decision.PROPOSED: What.REOPENED}


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `section`: the field, "" for the whole draft; `sentence`: its id, ""; texts before and after."""

    section: str
    sentence: str
    what: What
    before: str
    after: str


def changes(before: Draft, after: Draft) -> tuple[Change, ...]:
    """All changes, field by field in the order of the form."""
    return tuple(_changes(before, after))


def _changes(before: Draft, after: Draft) -> Iterator[Change]:
    if before.profile != after.profile:
        yield Change("", "", What.FACTS, "", "")
    if before.peers != after.peers:
        yield Change("", "", What.PEERS, _chosen(before), _chosen(after))
    old = {f.section: f for f in before.fields}
    new = {f.section: f for f in after.fields}
    for section in dict.fromkeys((*new, *old)):
        one, other = old.get(section), new.get(section)
        if one != other:
            yield from _of_field(section, one, other)


def _chosen(draft: Draft) -> str:
    return "、".join(p.document for p in draft.peers if p.chosen)


def _of_field(section: str, old: FieldDraft | None, new: FieldDraft | None) -> Iterator[Change]:
    before = {s.id: s for s in (old.sentences if old else ())}
    after = {s.id: s for s in (new.sentences if new else ())}
    choice = (new or old or FieldDraft("", "", "", FieldKind.TEXT)).kind is FieldKind.CHOICE
    for id, sentence in before.items():
        if id not in after:
            yield Change(section, id, What.REMOVED, sentence.text, "")
    for id, sentence in after.items():
        yield from _of_sentence(section, before.get(id), sentence, choice)
    if _order(before, after) != _order(after, before):
        yield Change(section, "", What.MOVED, "", "")
    yield from _beside(section, old, new)


def _of_sentence(section: str, old: DraftSentence | None, new: DraftSentence, choice: bool) -> Iterator[Change]:
    if old is None:
        yield Change(section, new.id, What.CHOSEN if choice else What.ADDED, "", new.text)
        return
    if old.text != new.text:
        yield Change(section, new.id, What.CHOSEN if choice else What.REWORDED, old.text, new.text)
    elif old.decision is not new.decision:
        yield Change(section, new.id, _DECIDED[new.decision], old.text, new.text)


def _order(one: dict[str, DraftSentence], other: dict[str, DraftSentence]) -> list[str]:
    return [id for id in one if id in other]


def _beside(section: str, old: FieldDraft | None, new: FieldDraft | None) -> Iterator[Change]:
    if _marked(old) != _marked(new):
        yield Change(section, "", What.MARKED, _marked(old), _marked(new))
    if (old.count if old else "") != (new.count if new else ""):
        yield Change(section, "", What.COUNTED, old.count if old else "", new.count if new else "")
    if old and new and {o.id for o in old.offers} != {o.id for o in new.offers} and old.sentences == new.sentences:
        yield Change(section, "", What.OFFERS, "", "")


def _marked(field: FieldDraft | None) -> str:
    boxes = field.boxes if field else ()
    return "、".join(
        f"{b.label}({b.detail})" if b.detail else b.label for b in boxes if b.marking is Marking.MARKED or b.detail
    )

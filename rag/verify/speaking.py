"""What a sentence speaks of, word by word: which records it may mean, and what of them was already said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rag.verify.groups import Group
from rag.verify.mentions import Mention
from rag.verify.records import Record

#: Particles of what a sentence is about.
_ABOUT = frozenset({"の", "で", "が", "について", "に", ":"})
_PLACES = frozenset({"の", "で", "について"})


@dataclass
class Speaking:
    """What is spoken of in one sentence.

    scopes  the words on it; `said`: something was said of it since
    about   for each thing that was named as a value, the records that it may be
    used    the tokens of all records that bore what was said
    """

    records: Sequence[Record]
    scopes: list[Group] = field(default_factory=list)
    about: list[frozenset[int]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    said: bool = False

    def take(self, group: Group) -> None:
        """Takes one more word on what is spoken of, or, once something was said of that, another thing."""
        if not group.mentions:
            return
        if self.said:
            kept = [g for g in self.scopes if not g.identifies and not (group.files and g.files)]
            self.scopes = [] if group.body else kept
            self.said = False
        last = self.scopes[-1] if self.scopes else None
        beside = last is not None and last.identifies and last.topic and group.topic and last.roles == group.roles
        self.scopes.append(replace(group, adds=beside))

    def meant(self, own: bool = False) -> list[frozenset[int]]:
        """For each thing that is spoken of, the records that it may be.

        own  not what an earlier part of the sentence named
        """
        possible = [frozenset(r.number for r in self.records)]
        things: list[frozenset[int]] = []
        for group in self.scopes:
            if group.identifies:
                things = _meet(things, [frozenset(f.record for f in m.facts) for m in group.mentions], group)
            else:
                possible = [a & b for a in possible for b in self._within(group)]
        if not things:
            things = (not own and self.about) or [frozenset(r.number for r in self.records)]
        return [a & b for a in things for b in possible]

    def use(self, number: int) -> None:
        """Notes that a record bears what was said."""
        self.used |= self.records[number].tokens

    def _within(self, group: Group) -> list[frozenset[int]]:
        """For each municipality, duty or file the records of it."""
        return [frozenset(r.number for r in self.records if _is_of(r, m)) for m in group.mentions]


def is_about(group: Group) -> bool:
    """Whether a group may tell what a sentence is about."""
    if group.plain and not group.mentions:
        return "も" not in group.says and (group.topic or group.case in {"", *_ABOUT})
    if group.body or not group.identifies:
        return group.scope and (group.files or group.case in _PLACES or (group.topic and not group.case))
    return group.topic or group.case in _ABOUT


def _is_of(record: Record, mention: Mention) -> bool:
    if mention.body and record.body == mention.text:
        return True
    return record.document in mention.titles or (bool(record.file) and mention.text == record.file)


def _meet(things: list[frozenset[int]], new: list[frozenset[int]], group: Group) -> list[frozenset[int]]:
    """Things spoken of, after one more word on them: of another kind it narrows them, of the same it adds."""
    if not things:
        return new
    if group.adds:
        return things + new
    return [a & b for a in things for b in new]

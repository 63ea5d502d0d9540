"""Whether one record holds all that a verb puts together: X を Y に委託しています, Z が担当します."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from rag.verify.groups import Group
from rag.verify.records import Fact
from rag.verify.speaking import Speaking
from rag.verify.vocabulary import Relation, heading_of, identifying

_PLACES = frozenset({"の", "で", "について"})


def bears(relation: Relation, groups: Sequence[Group], speaking: Speaking) -> bool:
    """Whether records bear what a relation's verb, the last of the groups, says of the others."""
    passive = "受身" in groups[-1].says
    parts: list[list[Group]] = [[]]
    for group in groups[:-1]:
        wanted = frozenset(heading_of(h) for h, cases in relation.cases.items() if _fits(group, cases, passive))
        if group.values and not group.body and wanted & {f.heading for f in group.facts}:
            group = replace(group, wanted=wanted)
            if group.roles and group.roles <= {h for g in parts[-1] for h in g.roles}:
                parts.append([])
            parts[-1].append(group)
        elif not _stands_beside(group, relation):
            return False
        else:
            speaking.take(group)
    if len(parts) > 1 and any(len(part) != len(parts[0]) or len(part) < 2 for part in parts):
        return False
    needs = {heading_of(h) for h in relation.needs}
    found = [_joined(part, needs, speaking) for part in parts]
    speaking.said = True
    speaking.about = [thing for things in found if things for thing in things]
    return all(things is not None for things in found)


def _stands_beside(group: Group, relation: Relation) -> bool:
    """Whether a group says nothing but who does it, or whose it is."""
    if group.object:
        return group.case == "を" or group.topic
    if group.body:
        acts = group.case == "が" or (group.topic and not group.case)
        return relation.by if acts else group.case in _PLACES
    if group.plain and not group.mentions:
        return "も" not in group.says and (group.topic or group.case in {"", *_PLACES})
    return group.scope and group.case in _PLACES


def _fits(group: Group, cases: Sequence[str], passive: bool) -> bool:
    if group.topic and not group.case:
        return "は" in cases
    if group.case == "が":
        return "が" in cases and ("を" not in cases or passive)
    if group.case == "を":
        return "を" in cases and not passive
    return group.case in cases


def _joined(part: Sequence[Group], needs: set[str], speaking: Speaking) -> list[frozenset[int]] | None:
    """The records that have all that is said together, of a list each entry with all the rest; None where none has."""
    if not any(g.wanted & needs & {f.heading for f in g.facts} for g in part):
        return None
    if sum(len(g.mentions) > 1 and not _is_one(g) for g in part) > 1:
        return None
    found = []
    for chosen in product(*(range(len(g.mentions)) for g in part)):
        facts = [_wanted(g, i) for g, i in zip(part, chosen, strict=True)]
        cited = [g.pieces[i] for g, i in zip(part, chosen, strict=True)]
        for meant in speaking.meant(own=len(part) > 1):
            numbers = meant.intersection(*({f.record for f in fs} for fs in facts))
            having = frozenset(n for n in numbers if _bears(n, cited, speaking) and all(_complete(g, n) for g in part))
            if not having:
                return None
            for number in having:
                speaking.use(number)
            found.append(having)
    return found


def _wanted(group: Group, at: int) -> list[Fact]:
    return [f for f in group.mentions[at].facts if f.heading in group.wanted]


def _bears(number: int, cited: Sequence[frozenset[int]], speaking: Speaking) -> bool:
    record = speaking.records[number]
    return not record.history and all(record.tokens & tokens for tokens in cited)


def _complete(group: Group, record: int) -> bool:
    """Whether the entries of a list that stand there are all of it."""
    facts = [f for f in group.facts if f.record == record and f.heading in group.wanted]
    whole = any(not f.parts for f in facts)
    return whole or not facts or len({f.part for f in facts}) == facts[0].parts


def _is_one(group: Group) -> bool:
    """Whether the mentions are the entries of one value."""
    records = [{f.record for f in m.facts if f.parts} for m in group.mentions]
    return bool(set.intersection(*records)) and not {f.heading for f in group.facts} & identifying()

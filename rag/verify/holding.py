"""Whether the records that a sentence may mean hold a value under a heading, whole, and none of them another one."""

from __future__ import annotations

from collections.abc import Sequence

from rag.verify.groups import Group
from rag.verify.records import ADDRESS, PHONE, Fact
from rag.verify.speaking import Speaking
from rag.verify.vocabulary import identifying

#: Headings of desks: their value is told with address and telephone number.
_DESKS = frozenset({"連絡先", "請求先"})


def holds(headings: frozenset[str], values: Group, speaking: Speaking) -> bool:
    """Whether what is spoken of has these values under one of these headings, as far as they are cited."""
    for at, mention in enumerate(values.mentions):
        for meant in speaking.meant():
            present = (f for f in mention.facts if f.record in meant and not speaking.records[f.record].history)
            facts = [f for f in present if _is_under(f, headings, values)]
            borne = [f for f in facts if speaking.records[f.record].tokens & values.pieces[at]]
            if not any(_whole(f, values) for f in borne):
                return False
            if not all(f.heading in identifying() for f in borne) and _ambiguous(borne, meant, speaking):
                return False
            for fact in borne:
                speaking.use(fact.record)
    if any(f.heading in identifying() for f in values.facts):
        speaking.about = [frozenset(f.record for f in m.facts) for m in values.mentions]
    speaking.said = True
    return bool(values.mentions)


def _is_under(fact: Fact, headings: frozenset[str], values: Group) -> bool:
    if fact.heading in headings:
        return True
    if fact.heading not in {PHONE, ADDRESS} or not headings & _DESKS:
        return False
    return any(f.heading in headings and (f.record, f.desk) == (fact.record, fact.desk) for f in values.facts)


def _whole(fact: Fact, values: Group) -> bool:
    """Whether a value that is a list stands there whole, and is not one entry of an enumeration."""
    if fact.entry:
        return False
    if not fact.parts:
        return True
    same = (f for f in values.facts if (f.record, f.heading) == (fact.record, fact.heading))
    return len({f.part for f in same if f.parts}) == fact.parts


def _ambiguous(borne: Sequence[Fact], meant: frozenset[int], speaking: Speaking) -> bool:
    """Whether another record that may be meant has another value under the same heading."""
    headings = {f.heading for f in borne}
    texts = {f.text for f in borne}
    documents = {speaking.records[f.record].document for f in borne}
    for record in (speaking.records[n] for n in meant):
        if record.history or record.document not in documents:
            continue
        for heading in headings:
            its = {f.text for f in record.facts if f.heading == heading}
            if its and not its & texts:
                return True
    return False

"""Whether a unit tells a change as the record of changes does: from what was before to what came after, as past."""

from __future__ import annotations

from collections.abc import Sequence

from rag.verify.groups import Group
from rag.verify.records import Record
from rag.verify.vocabulary import before_words, change_verbs, heading_of

BEFORE, AFTER, DAY, ITEM = "変更前", "変更後", "変更日", "項目"
REASON, FILED = heading_of("説明"), heading_of("提出時期")
_MANNER = frozenset({"断定", "継続"})
#: Headings of a change that may be named: 理由は…, 変更日は….
_NAMED = frozenset({REASON, FILED, DAY, BEFORE, AFTER})


def bears(groups: Sequence[Group], records: Sequence[Record], used: set[int]) -> bool:
    """Whether one change says what the groups say; adds its tokens."""
    for record in records:
        if not record.history:
            continue
        items = _items(record, records)
        if _changed(groups, record, items) or _was(groups, record, items) or _named(groups, record):
            used |= record.tokens
            return True
    return False


def _items(record: Record, records: Sequence[Record]) -> frozenset[str]:
    """Headings of what stands today at the place that changed."""
    here = (r for r in records if not r.history and (r.document, r.section) == (record.document, record.section))
    return frozenset(f.heading for r in here if not r.row for f in r.facts)


def _changed(groups: Sequence[Group], record: Record, items: frozenset[str]) -> bool:
    """AからBに変更されました, with its day, its item, its reason."""
    last = groups[-1]
    past = last.says & {"過去", "継続"}
    if last.mentions or last.head not in change_verbs() or not past or last.says - {"過去", "受身", "継続"}:
        return False
    seen: set[str] = set()
    for group in groups[:-1]:
        roles = (BEFORE, AFTER, DAY, REASON, ITEM)
        role = next((r for r in roles if _has(group, record, r) and _fits(group, r, last.head)), "")
        if not role and group.headings & items and _fits(group, ITEM, last.head):
            role = ITEM
        if role in seen or not (role or _about(group, record)):
            return False
        seen.add(role)
    return AFTER in seen or seen == {DAY}


def _fits(group: Group, role: str, verb: str) -> bool:
    if role == BEFORE:
        return group.case == "から" and not group.topic
    if role == AFTER:
        return (group.case == "に" or (group.case == "と" and verb == "成る")) and not group.topic
    if role == DAY:
        return group.case in {"", "に"}
    if role == REASON:
        return group.case == "ため"
    return group.case in {"が", "の", "について"} or (group.topic and not group.case)


def _was(groups: Sequence[Group], record: Record, items: frozenset[str]) -> bool:
    """以前は…でした: what was before, told as such."""
    last = groups[-1]
    if "過去" not in last.says or last.says - {"過去"} - _MANNER:
        return False
    said = before = False
    for group in groups:
        if _tells_when(group, record):
            said = True
        elif _has(group, record, BEFORE) and (group is last or group.case == "に"):
            before = True
        elif group is last and last.head == "委託" and last.verb:
            continue
        elif not (_about(group, record) or (_names(group, record, items) and _fits(group, ITEM, last.head))):
            return False
    return said and before


def _tells_when(group: Group, record: Record) -> bool:
    """以前, それまで; the day of the change before まで."""
    if group.head in before_words() and not group.mentions:
        return group.case in {"", "の", "に"} and "も" not in group.says
    return _has(group, record, DAY) and group.case == "まで"


def _names(group: Group, record: Record, items: frozenset[str]) -> bool:
    return bool(group.headings & items) or _has(group, record, ITEM)


def _named(groups: Sequence[Group], record: Record) -> bool:
    """理由は…です."""
    last = groups[-1]
    heading = [g for g in groups[:-1] if g.headings & _NAMED and g.topic and not g.case]
    past = {"過去"} if any(BEFORE in g.headings for g in heading) else set()
    if not last.mentions or last.says - _MANNER - past:
        return False
    others = [g for g in groups[:-1] if g not in heading]
    if len(heading) != 1 or not all(_about(g, record) for g in others):
        return False
    return any(_has(last, record, h) for h in heading[0].headings & _NAMED)


def _about(group: Group, record: Record) -> bool:
    """Whether a group only says whose change it is."""
    if group.head in before_words() and not group.mentions:
        return False
    if group.plain and not group.mentions:
        return group.head not in {"現在"} and "も" not in group.says
    if not group.mentions or not (group.case in {"で", "の", "について"} or (group.topic and not group.case)):
        return False
    return all(m.text == record.body or record.document in m.titles for m in group.mentions)


def _has(group: Group, record: Record, heading: str) -> bool:
    if len(group.mentions) != 1 or not group.tokens & record.tokens:
        return False
    return any(f.record == record.number and f.heading == heading for f in group.facts)

"""Whether a number counts what is there: as many as are named and no others, or as the composed answer counts them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.verify.groups import Group
from rag.verify.speaking import Speaking
from rag.verify.vocabulary import identifying

_COUNTERS = ("社", "者", "件", "つ", "か所", "箇所", "課", "団体", "自治体", "種類")


def counts(group: Group, heading: Group | None, before: Group | None, speaking: Speaking, lines: Sequence[str]) -> bool:
    """Whether a count is right.

    before  the group right before it: what it counts, where it counts what is named (A、B、Cの3社)
    lines   the lines of the composed answer that cite nothing, folded
    """
    if before is None or not before.values or before.case != "の":
        return heading is not None and _is_said(heading, group.count, group, speaking, lines)
    names = heading.headings if heading is not None else identifying()
    held = {f.heading for f in before.facts} & names
    total = max((total_of(h, speaking) for h in held), default=0)
    named = {m.text for m in before.mentions}
    return group.counter in _COUNTERS and group.number == str(len(named)) == str(len(before.mentions)) == str(total)


def total_of(heading: str, speaking: Speaking) -> int:
    """How many rows of what is spoken of have a heading; where there are no rows, how many values."""
    records = [speaking.records[n] for n in frozenset().union(*speaking.meant(own=True))]
    having = [r for r in records if any(f.heading == heading for f in r.facts)]
    rows = sum(r.row for r in having)
    return rows or len({f.text for r in having for f in r.facts if f.heading == heading})


def _is_said(heading: Group, count: str, group: Group, speaking: Speaking, lines: Sequence[str]) -> bool:
    """Whether a line of the composed answer counts them so, of the same municipality and all of them."""
    scopes = [m.text for g in speaking.scopes for m in g.mentions if not g.identifies]
    bodies = {r.body for r in speaking.records}
    if any(g.identifies for g in speaking.scopes) or (len(bodies) > 1 and not bodies & set(scopes)):
        return False
    names = "|".join(re.escape(m.text) for m in heading.mentions)
    said = re.compile(rf"の(?:現在の)?(?:{names})は{count}です(?!\(全)")
    speaking.used |= group.tokens
    return any(said.search(line) and all(s in line for s in scopes) for line in lines)

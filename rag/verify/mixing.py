"""Whether a text puts together what stands in different evidence, or under different headings of one row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.tokens import Words
from rag.verify import facts
from rag.verify.faults import Fault
from rag.verify.grounds import Ground
from rag.verify.reading import clauses

#: Between these a text speaks of one thing: commas, full stops, and と, 及び between nouns.
_THINGS = re.compile(
    r"[、，,。\n;；]|及び|並びに|または|又は|ならびに|および|(?<=[一-龥ァ-ヴーA-Za-z0-9」』)])と(?=[一-龥ァ-ヴA-Za-z「『])|\band\b"
)
_MARKS = re.compile(r"[「」『』“”\"]")
#: A heading shorter than this stands in other words too often.
_HEADING_CHARS = 3


def mixed(text: str, grounds: Sequence[Ground], words: Words) -> str:
    """The fault where no single ground bears all facts of one thing; "" where each thing has one."""
    for thing in _THINGS.split(text):
        if not thing or not thing.strip():
            continue
        if len(grounds) > 1 and not _together(thing, grounds, words):
            return f"{Fault.MIXED}: {thing.strip()}"
        if (fact := _under_other_heading(thing, grounds)) is not None:
            return f"{Fault.MIXED}: {fact}"
    return ""


def _together(thing: str, grounds: Sequence[Ground], words: Words) -> bool:
    """Whether one ground has all facts of a thing that tell the grounds apart."""
    left = set(range(len(grounds)))
    for fact in _facts(thing, words):
        having = {i for i, g in enumerate(grounds) if fact in g.text or fact in g.numbers}
        if having:
            left &= having
    return bool(left)


def _facts(thing: str, words: Words) -> list[str]:
    plain = _MARKS.sub("", thing)
    runs = [run.text for clause in clauses(plain, words) for run in clause.runs if len(run.text) > 1]
    return [*runs, *facts.numbers(plain), *(printed for printed, _ in facts.dates(plain))]


def _under_other_heading(thing: str, grounds: Sequence[Ground]) -> str | None:
    """A fact said of one heading of a row that stands only under another one."""
    folded = facts.folded(thing)
    stated = [*facts.numbers(thing), *(q for q in facts.quotations(thing))]
    for ground in grounds:
        cells = [(facts.folded(h), v) for h, v in (ground.row.cells if ground.row else ())]
        named = [(h, v) for h, v in cells if len(h) >= _HEADING_CHARS and h in folded]
        if len(named) != 1:
            continue
        own = facts.canonical(named[0][1])
        for fact in stated:
            elsewhere = any(fact in facts.canonical(v) for h, v in cells if h != named[0][0])
            if elsewhere and fact not in own:
                return fact
    return None

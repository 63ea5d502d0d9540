"""Groups of boxes and choices that cannot be read: never stated as a fact, and never called empty."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.assessment import Item, State
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper, blank_block, named, unreadable

MARKS = Rule("unreadable.marks", Severity.QUESTION, "印を読み取れない", "様式(印の欄)")
VALUE = Rule("unreadable.value", Severity.QUESTION, "選択や記載を読み取れない", "様式(選択肢の欄)")
#: Boxes of a group that are named in the message.
NAMED = 4


def check(paper: Paper) -> Iterator[Raised]:
    """One finding a field of the form, for all its blocks."""
    groups: dict[str, list[Item]] = {}
    for item in paper.present:
        lost = unreadable(item)
        if (lost or item.state is State.UNREADABLE) and not blank_block(paper, item):
            groups.setdefault(f"{_field(item)} {'marks' if lost else 'value'}", []).append(item)
    for items in groups.values():
        yield _marks(paper, items) if unreadable(items[0]) else _value(paper, items[0])


def _marks(paper: Paper, items: list[Item]) -> Raised:
    lost = list(dict.fromkeys(m.label for i in items for m in unreadable(i)))
    every = all(len(unreadable(i)) == len(i.marks) for i in items)
    some = "".join(f"「{label}」" for label in lost[:NAMED]) + ("など" if len(lost) > NAMED else "")
    which = "すべての印" if every else f"{some}の印"
    places = "・".join(dict.fromkeys(named(i) for i in items))
    return Raised(
        MARKS,
        f"{places}の{which}を読み取れません(印が付いていないのか、変換で失われたのか分かりません)。",
        tuple(paper.ref(i, unreadable(i)[0].label) for i in items),
        "原本で確かめてください。",
    )


def _value(paper: Paper, item: Item) -> Raised:
    return Raised(
        VALUE,
        f"{named(item)}を読み取れません(選ばれていないのか、変換で失われたのか分かりません)。",
        (paper.ref(item, item.text or item.label),),
        "原本で確かめてください。",
    )


def _field(item: Item) -> str:
    """The place without the numbers of blocks."""
    return " ".join((item.part, item.number, item.block.rstrip("0123456789"), item.sub, item.name))

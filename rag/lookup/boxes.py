"""Boxes to be marked: what they say, what they cannot tell, and those that a question names itself (外部監査は？).

An unreadable box is never told as marked or unmarked: the answer sends the reader to the original.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assessment import Item, Mark, Marking
from rag.finding import Ref, Statement
from rag.lookup.rows import rows_of
from rag.question import Plan, Shape
from rag.shelf import Book
from rag.terms import key
from rag.wording import flat, label_of, name, say

_SAID = {
    Marking.MARKED: ("印があります", "is marked"),
    Marking.UNMARKED: ("印はありません", "is not marked"),
    Marking.UNREADABLE: ("印が読み取れません(読取不可)", "cannot be read (読取不可)"),
}


def marked_boxes(plan: Plan, book: Book, whose: str, item: Item) -> Statement:
    """The boxes of a group that are marked, and how many cannot be read."""
    marked = _having(item, Marking.MARKED)
    unread = len(_having(item, Marking.UNREADABLE))
    ja = f"{whose}の{label_of(item)}で印があるのは「{_listed(marked)}」です。"
    en = f"{whose}: marked at {label_of(item)}: 「{_listed(marked)}」."
    if unread:
        ja += f"ほかの{unread}項目の印は読み取れないため、原本を確認してください。"
        en += f" {unread} other boxes cannot be read; please check the original."
    return Statement(say(plan.language, ja, en), tuple(Ref(book.version, item, m.label) for m in marked[:1]), 1)


def named_boxes(plan: Plan, book: Book, item: Item) -> tuple[Statement, bool] | None:
    """What the boxes say that the question names itself, and whether none of them can be read."""
    named = named_marks(plan, item)
    if not named or len(named) == len(item.marks) or Shape.COMPARE in plan.shapes:
        return None
    unread = all(m.marking is Marking.UNREADABLE for m in named)
    others = [m for m in _having(item, Marking.MARKED) if m not in named]
    quoted = others[0] if unread and others else named[0]
    text = say(plan.language, _named_ja(book, item, named, others), _named_en(book, item, named, others))
    return Statement(text, (Ref(book.version, item, quoted.label),), 1), unread


def _named_ja(book: Book, item: Item, named: Sequence[Mark], others: Sequence[Mark]) -> str:
    parts = "、".join(f"「{_shown(m)}」は{_SAID[m.marking][0]}" for m in named)
    text = f"{name(book.version)}の{label_of(item)}では、{parts}。"
    if others:
        text += f"ほかに印があるのは「{_listed(others)}」です。"
    if any(m.marking is Marking.UNREADABLE for m in named):
        text += "原本を確認してください。"
    return text


def _named_en(book: Book, item: Item, named: Sequence[Mark], others: Sequence[Mark]) -> str:
    parts = "; ".join(f"「{_shown(m)}」 {_SAID[m.marking][1]}" for m in named)
    text = f"{name(book.version)}: at {label_of(item)}, {parts}."
    if others:
        text += f" Also marked: 「{_listed(others)}」."
    if all(m.marking is Marking.UNREADABLE for m in named):
        text += " Please check the original."
    return text


def named_marks(plan: Plan, item: Item) -> list[Mark]:
    """The boxes of a group whose labels stand in the question; the longest where one is part of another."""
    text = key(plan.text)
    named = [m for m in item.marks if m.label != "その他" and re.search(_box_name(m), text)]
    return [m for m in named if not any(m is not o and key(m.label) in key(o.label) for o in named)]


def _box_name(mark: Mark) -> str:
    """A pattern of the label without its note: 電子記録媒体(フラッシュメモリを除く。) → 電子記録媒体."""
    label = re.escape(key(re.sub(r"[(（].*", "", mark.label)))
    # a label of one character (紙) is part of many words
    return label if len(mark.label) > 1 else f"(?<![一-龥]){label}(?=で|の|に|を|は|媒体|による)"


def changed_boxes(plan: Plan, book: Book, items: Sequence[Item]) -> list[Statement]:
    """Rows of the record of changes that name a box whose mark cannot be read: the nearest thing to evidence."""
    found = []
    for item in items:
        labels = [key(m.label) for m in named_marks(plan, item)]
        for row in rows_of([book], "changes"):
            told = key(row.cell("before").value + row.cell("after").value)
            here = row.cell("target").value.startswith(f"{item.part}.{item.number}")
            if here and any(label in told for label in labels):
                ref = row.ref("after") or row.ref("date")
                date, after = row.cell("date").value, flat(row.cell("after").value)
                ja = f"変更箇所には、{date}に「{after}」との記載があります。"
                en = f"The record of changes says on {date}: 「{after}」."
                found.append(Statement(say(plan.language, ja, en), (ref,) if ref else (), 1))
    return found[-2:]


def _having(item: Item, marking: Marking) -> list[Mark]:
    return [m for m in item.marks if m.marking is marking]


def _listed(marks: Sequence[Mark]) -> str:
    return "、".join(_shown(m) for m in marks)


def _shown(mark: Mark) -> str:
    return mark.label + (f"({mark.detail})" if mark.detail else "")

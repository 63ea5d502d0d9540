"""Which row of the last answer a follow-up points to (2社目, 最後の委託先, その会社), and how a question names it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.followup.holders import Holder
from rag.followup.phrases import phrases
from rag.followup.talk import Talk, Topic
from rag.terms import Term, has, key
from rag.types import Row

#: A longer cell holds a sentence, not a name.
NAME_CHARS = 60
_BLOCK = re.compile(r"(委託事項|提供先|移転先|システム)\d+")
_NO_NAME = re.compile(r"[「」『』\n]|読取不可|記載なし")
_SPACED = re.compile(r"(会社|法人)\s+")


@dataclass(frozen=True, slots=True)
class Pointed:
    """A row that is pointed to.

    name    what tells it from the others: 「株式会社 エイ」, 委託事項2; "" where its municipality alone does
    holder  whose assessment it stands in
    block   the kind of entry that it is, as the form names it: 委託事項
    """

    name: str
    holder: Holder
    block: str


def numbered(talk: Talk, number: int) -> Pointed | None:
    """The row with this number (−1 the last) of the nearest list that has so many; None where none has."""
    enough = [t for t in talk.topics() if t.answer.rows and len(t.answer.rows) >= abs(number) > 0]
    # an answer of one row told of one of a longer list
    topic = next((t for t in enough if len(t.answer.rows) > 1), enough[0] if enough else None)
    return _pointed(talk, topic, topic.answer.rows[number - 1 if number > 0 else number]) if topic else None


def companies(talk: Talk) -> tuple[str, ...]:
    """The contractors in the rows of the nearest answer that names any, without their branches."""
    for topic in talk.topics():
        found = [core(name) for row in topic.answer.rows if (name := contractor(row))]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def contractors(topic: Topic) -> bool:
    """Whether the rows of an answer name contractors."""
    return any(contractor(row) for row in topic.answer.rows)


def company_row(talk: Talk) -> Pointed | None:
    """The row of the one contractor that the nearest answer names; None where it names several, or in several rows."""
    for topic in talk.topics():
        rows = [row for row in topic.answer.rows if contractor(row)]
        if rows:
            return _pointed(talk, topic, rows[0]) if len(rows) == 1 else None
    return None


def focus(talk: Talk, topic: Topic, block: str, municipalities: Collection[str] = ()) -> str:
    """What told the rows of the last answer from others, where the follow-up asks of the same kind of entry.

    municipalities  of their rows only
    """
    own = {v.document for v in talk.versions if v.municipality in municipalities}
    rows = [r for r in topic.answer.rows if not municipalities or r.document in own]
    if not rows or not block or not all((m := _BLOCK.search(_section(topic, r))) and m[1] == block for r in rows):
        return ""
    if len(rows) == 1:
        return _name(topic, rows[0])
    texts = [key(" ".join(value for _, value in row.cells)) for row in rows]
    telling = [t for t in _strange(topic) if all(has(t, text) for text in texts)]
    best = max(telling, key=lambda t: (t.entity, len(t.surface)), default=None)
    return topic.plan.said(best.span) if best else ""


def contractor(row: Row) -> str:
    """The contractor in a row; "" for none."""
    return next((value for head, value in row.cells if head == "委託先名" and not _NO_NAME.search(value)), "")


def core(company: str) -> str:
    """A company's name without its branch and without white space."""
    match = phrases().company_core.match(_SPACED.sub(r"\1", company))
    return re.sub(r"\s+", "", match[0]) if match else company


def _pointed(talk: Talk, topic: Topic, row: Row) -> Pointed | None:
    holder = talk.holder_of(row.document)
    if holder is None:
        return None
    block = _BLOCK.search(_section(topic, row))
    name = _name(topic, row)
    if name and talk.plan(f"{name}は").bodies and block:  # 甲市住宅公社 may stand in another municipality's list
        name = block[0] if {b.name for b in talk.plan(f"{name}は").bodies} - {holder.municipality} else name
    return Pointed(name, holder, block[1] if block else "")


def _name(topic: Topic, row: Row) -> str:
    """The cell that tells a row from the others of its document in quotes, or the number of its block."""
    others = [r for r in topic.answer.rows if r.document == row.document]
    cells = dict(row.cells)
    for head in phrases().telling_cells:
        value = cells.get(head, "")
        times = Counter(dict(r.cells).get(head, "") for r in others)
        if value and times[value] == 1 and len(value) <= NAME_CHARS and not _NO_NAME.search(value):
            return value if head == "変更日" else f"「{value}」"
    block = _BLOCK.search(_section(topic, row))
    return block[0] if block else ""


def _section(topic: Topic, row: Row) -> str:
    return next((c.section for c in topic.answer.citations if c.marker == row.marker), "")


def _strange(topic: Topic) -> Sequence[Term]:
    """Words of the last question that its place does not explain."""
    return topic.plan.residual([topic.naming] if topic.naming else [])

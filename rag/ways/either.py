"""'A or B?' (静脈認証ですか、指紋認証ですか): where the documents say A and where they say B."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.assessment import Kind
from rag.finding import Finding, Statement
from rag.shelf import Passage
from rag.terms import key
from rag.types import Status
from rag.ways.ask import Ask
from rag.ways.quoting import quote
from rag.wording import say

#: Places shown of each side.
EACH = 3


def either(ask: Ask) -> Finding | None:
    """The places that say the one and the other; both sides are a contradiction. None where neither stands."""
    if ask.plan.either is None:
        return None
    present = [p for b in ask.books for p in b.passages if p.kind is not Kind.HISTORY]
    sides = {side: _one_a_section([p for p in present if key(side) in p.folded]) for side in ask.plan.either}
    said = [quote(p, many=True) for passages in sides.values() for p in passages[:EACH]]
    if not said:
        return None
    clash = (_clash(ask),) if len(sides) == 2 and all(sides.values()) else ()
    n = len(ask.books)
    return Finding(Status.ANSWERED, (*clash, *said), warnings=clash, matched=n, considered=n, by="quotes")


def _clash(ask: Ask) -> Statement:
    assert ask.plan.either is not None
    a, b = ask.plan.either
    ja = f"記載の食い違い: 「{a}」とする箇所と「{b}」とする箇所の両方があります。原本を確認してください。"
    en = f"Contradiction: some places say 「{a}」, others 「{b}」. Please check the original."
    return Statement(say(ask.plan.language, ja, en))


def _one_a_section(passages: Sequence[Passage]) -> list[Passage]:
    """The first passage of each section."""
    return list({p.item.section: p for p in reversed(passages)}.values())[::-1]

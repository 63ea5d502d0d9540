"""What happened, when, how many: from III.7 and the appendices; history only where the present tells nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.assessment import Kind
from rag.finding import Finding
from rag.history.changes import changes
from rag.passages import rank
from rag.places import Naming, places
from rag.question import Shape
from rag.shelf import Passage
from rag.terms import Term, has, key
from rag.types import Status
from rag.ways.ask import MEANT, Ask
from rag.ways.quotes import ENOUGH, quoted
from rag.ways.quoting import quote
from rag.ways.time import once

_DETAIL = re.compile(
    r"どの|教えて|名前|名称|社名|会社名|日は|日を|何|いつ|どこ|どんな|どう|なぜ|誰|件数|原因|影響|経緯|内容|理由|how|what|when|why|which|who"
)
_CASE_PARTS = re.compile(r"再発防止策|再発防止|原因|影響|経緯|概要")
_FORMER = re.compile(r"過去(に|の)(?!\d|三|数)|これまで(に|の)|以前(に|の)|\bin the past\b(?! \w+ years)")
#: Sentences shown of an incident, and of one part of a case.
SHOWN = 5
SHOWN_OF_PART = 10


def incident(ask: Ask) -> Finding | None:
    """The details of an incident that the question asks for; None where it asks only whether there was one."""
    here = [n for n in ask.namings if n.place.section == "III.7"]
    former = _former(ask, here)
    if former is not None:
        return former
    if not any(n.place.sub == "②" for n in here) or Shape.WHICH in ask.plan.shapes:
        return None
    terms = ask.plan.terms
    if not terms or not ask.plan.residual(here) or not _DETAIL.search(ask.plan.text):
        return None
    return _part_of_case(ask, terms) or quoted(ask, terms, (), _of_case(ask), SHOWN) or once(ask)


def _former(ask: Ask, here: Sequence[Naming]) -> Finding | None:
    """The incidents that the record of changes tells, where only the past is asked for and the present has none."""
    told = [t for t in ask.plan.residual(here) if not _FORMER.match(f"{t.surface}の")]
    if not here or told or not _FORMER.search(ask.plan.text) or _occurred(ask):
        return None
    found = changes(ask.plan, ask.books, (), [Naming(places()["III.7 ② その内容"], MEANT, ())])
    return found if found is not None and found.status is Status.ANSWERED else None


def _occurred(ask: Ask) -> bool:
    """Whether any of the documents states an incident at present (III.7 ② 発生あり)."""
    return any(
        i.choice and i.sub == "②" and i.number == "7" and i.text.endswith("あり") for b in ask.books for i in b.items
    )


def _of_case(ask: Ask) -> Callable[[Passage], bool]:
    """Which sentences tell an incident; of several only the one that has the proper names of the question."""
    told = [p for b in ask.books for p in b.passages if _tells_incident(p)]
    names = [t for t in ask.plan.terms if t.entity and any(has(t, key(p.item.text)) for p in told)]

    def allow(passage: Passage) -> bool:
        return _tells_incident(passage) and all(has(t, key(passage.item.text)) for t in names)

    return allow


def _tells_incident(passage: Passage) -> bool:
    item = passage.item
    return passage.kind is Kind.APPENDIX or (item.part == "III" and item.number == "7" and not item.choice)


def _part_of_case(ask: Ask, terms: Sequence[Term]) -> Finding | None:
    """The part of a case that the question names (原因, 再発防止策 …), whole."""
    word = _CASE_PARTS.search(ask.plan.text)
    if word is None:
        return None
    others = [t for t in terms if key(t.surface) not in key(word[0]) and len(key(t.surface)) > 1]
    ranking = rank(ask.plan, ask.books, others, (), lambda p: p.kind is Kind.APPENDIX)
    if not ranking.weights or ranking.coverage(ranking.ranked[:1]) < ENOUGH:
        return None
    case = ranking.ranked[0].passage
    book = next(b for b in ask.books if b.version.id == case.version.id)
    told = [p for p in book.passages if p.item is case.item and word[0][:4] in p.heading]
    if not told:
        return None
    said = tuple(quote(p, many=len(told) > 1) for p in told[:SHOWN_OF_PART])
    return Finding(Status.ANSWERED, said, matched=1, considered=len(ask.books), by="quotes")

"""Whether a finding speaks of what the question asks for, so that nothing merely near it is given for an answer.

What is asked for (`rag.focus`) must stand in what is cited, or be the place of the form that is cited. What no document
at hand speaks of is not stated, however many other words of the question are found.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.assessment import Kind
from rag.evidence import needed, preferred
from rag.finding import Finding, Ref, Statement
from rag.focus import Focus, focus_of
from rag.terms import Term, key
from rag.types import Status
from rag.ways.ask import MEANT, Ask
from rag.ways.belonging import explained, is_of_case, is_of_contractor, is_of_place, names, owner, tells_case
from rag.ways.cited import cited, contexts
from rag.ways.speaking import speaks, stands
from rag.wording import say

Way = Callable[[Ask], Finding | None]

#: Parts that speak of the municipality's own offices, never of those it delegates to.
_OWN_OFFICES = {"IV", "V", "表紙"}
#: What asks about the items that a file records (別添1), not about the matter itself.
_RECORDED = re.compile(
    r"記録|項目|載|含|入って|持って|もって|保有|保存|把握|情報|データ|ファイル|管理|別添|"
    r"record|data|item|held|hold|keep|kept|stor"
)
_DATE = re.compile(r"\d年|元年|年度|時点")


def pertinent(way: Way) -> Way:
    """The way, without findings that do not speak of what is asked for; with a word on what they lack of it."""

    @functools.wraps(way)
    def held(ask: Ask) -> Finding | None:
        found = way(ask)
        return found if found is None else _checked(ask, found)

    return held


def nowhere(ask: Ask) -> list[Term]:
    """What the question asks for and none of the documents at hand speaks of."""
    focus = focus_of(ask.plan)
    asked = (t for t in (*focus.heads, *focus.claims) if not t.entity and not explained(t, ask.plan.places))
    return [t for t in dict.fromkeys(asked) if not stands(ask.plan, t, ask.books)]


def _checked(ask: Ask, found: Finding) -> Finding | None:
    """The finding, None where it is no answer, or with the note that some of what is asked for is not stated."""
    focus = focus_of(ask.plan)
    if found.status in {Status.NOT_STATED, Status.UNREADABLE}:
        return None if _of_another_place(ask, focus.heads) else found
    if found.status not in {Status.ANSWERED, Status.PARTIAL}:
        return found
    strange = nowhere(ask)
    if any(t in strange for t in focus.claims) or (found.by == "quotes" and not _answers(ask, focus, found)):
        return None
    if focus.heads and not any(t not in strange and _is_told(ask, t, found) for t in focus.heads):
        return None
    missing = [t for t in focus.heads if t in strange]
    return _with_note(ask, found, missing) if missing else found


def _with_note(ask: Ask, found: Finding, missing: Sequence[Term]) -> Finding:
    said = "".join(f"「{ask.plan.said(t.span)}」" for t in missing)
    ja, en = f"{said}についての記載はありません(記載なし)。", f"{said}: not stated (記載なし)."
    note = Statement(say(ask.plan.language, ja, en))
    return replace(found, status=Status.PARTIAL, statements=(note, *found.statements))


def _of_another_place(ask: Ask, heads: Sequence[Term]) -> bool:
    """Whether another place than the surest is what is asked for: 所属長への研修 asks for 研修."""
    top = ask.top
    if top is None or not heads or any(names(top, t) for t in heads):
        return False
    others = [n for n in ask.namings if n.weight >= MEANT and n.place.section != top.place.section]
    return any(explained(t, others) for t in heads)


def _answers(ask: Ask, focus: Focus, found: Finding) -> bool:
    """Whether quoted sentences hold the words of the question side by side, not one here and another there."""
    parts = {r.item.part for r in cited(found)}
    if parts == {"別添1"} and not _RECORDED.search(ask.plan.text):
        return False  # that an item is recorded tells nothing of the matter
    if focus.affirms:
        return bool(focus.heads) or _claimed_together(ask, focus, found)
    return _kinds_beside(ask, focus, found) and (bool(focus.heads) or all(_owned(ask, t, found) for t in focus.of))


def _claimed_together(ask: Ask, focus: Focus, found: Finding) -> bool:
    """Whether what a yes-or-no question claims of something stands beside another of its words."""
    claims = [t for t in focus.claims if not explained(t, ask.namings)]
    if len(claims) < 2 or claims[-1] not in focus.of:
        return True
    *others, last = claims
    beside = [text for text in contexts(ask.books, found).values() if any(speaks(ask.plan, t, text) for t in others)]
    return any(speaks(ask.plan, last, text) for text in beside)


def _kinds_beside(ask: Ask, focus: Focus, found: Finding) -> bool:
    """Whether each kind of thing that is needed (a date, an amount) stands beside a word that it is asked of."""
    of = [t for t in focus.of if not explained(t, ask.namings)]
    if not of:
        return True
    whole = {Kind.APPENDIX, Kind.HISTORY}
    told = [(s.text, *(r.item.text for r in s.refs if r.item.kind in whole)) for s in found.statements if s.refs]
    beside = [text for text in (key(" ".join(t)) for t in told) if any(speaks(ask.plan, t, text) for t in of)]
    return all(any(kind.search(text) for text in beside) for kind in needed(ask.plan.text))


def _owned(ask: Ask, term: Term, found: Finding) -> bool:
    """Whether a word that is said of another (納税証明書の様式) stands beside it, in documents that know the other."""
    of = owner(ask, term)
    if of is None or explained(term, ask.namings) or explained(of, ask.namings):
        return True
    known = {b.version.id for b in ask.books if stands(ask.plan, of, (b,))}
    said = {at: text for at, text in contexts(ask.books, found).items() if speaks(ask.plan, term, text)}
    return not said or any(at[0] not in known or speaks(ask.plan, of, text) for at, text in said.items())


def _is_told(ask: Ask, head: Term, found: Finding) -> bool:
    """Whether something cited speaks of the head, and of what the question says it of."""
    refs = _speaking_of_owner(ask, head, found)
    if is_of_place(ask, head, refs):
        return True
    kinds = preferred(head.surface)
    if any(kind.search(key(r.text)) for kind in kinds for r in refs):
        return True
    past = (key(r.item.text) for r in refs if r.item.kind is Kind.HISTORY)  # its words have chosen the entry already
    return any(speaks(ask.plan, head, text) for text in past) or _stands_beside(ask, head, found)


def _speaking_of_owner(ask: Ask, head: Term, found: Finding) -> list[Ref]:
    """What is cited, without places that cannot speak of what the head is said of."""
    refs = cited(found)
    if is_of_contractor(ask, head):
        refs = [r for r in refs if r.item.part not in _OWN_OFFICES]
    if is_of_case(ask, head):
        refs = [r for r in refs if tells_case(r.item)]
    return refs


def _stands_beside(ask: Ask, head: Term, found: Finding) -> bool:
    """Whether the head stands in something cited beside the proper names of the question and what it is said of."""
    known = [t for t in _said_of(ask, head) if stands(ask.plan, t, ask.books)]
    cited_at = {(r.version.id, r.item.key): r for r in _speaking_of_owner(ask, head, found)}
    speaking = {at: text for at, text in contexts(ask.books, found).items() if speaks(ask.plan, head, text)}
    return any(
        at in cited_at and all(speaks(ask.plan, t, text) or is_of_place(ask, t, [cited_at[at]]) for t in known)
        for at, text in speaking.items()
    )


def _said_of(ask: Ask, head: Term) -> list[Term]:
    """Proper names outside the head, and what stands before it with の."""
    start, end = head.span
    found = [t for t in ask.plan.terms if t.entity and not (start <= t.span[0] and t.span[1] <= end)]
    of = owner(ask, head)
    return [t for t in (*found, *([of] if of else [])) if not _DATE.search(t.surface)]

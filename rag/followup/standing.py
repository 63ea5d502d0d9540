"""The rules by which a follow-up becomes a standing question, in one visible list; the first that fits makes it.

Each looks at what the follow-up says itself and at the conversation, and gives the question or passes it on.
"""

from __future__ import annotations

from rag.followup.case import Case, Draft, Rule
from rag.followup.heard import hear
from rag.followup.moving import compared, dated, moved, others, with_duty
from rag.followup.pointing import company, row
from rag.followup.talk import Talk
from rag.followup.turning import turned


def draft(question: str, talk: Talk) -> Draft:
    """The standing question that the rules make."""
    heard = hear(question, talk)
    case = Case(heard, talk, talk.topic())
    found = next((d for rule in RULES if (d := rule(case)) is not None), None)
    if found is None or found.question.strip() in {"", heard.plan.question}:
        return Draft(question, found is not None and found.alone)
    return found if case.is_english else Draft(found.question.replace("?", "？"))


def _nothing(case: Case) -> Draft | None:
    """Nothing to lean on, or talk about something else."""
    if not case.talk.past or not case.heard.core or case.heard.is_small_talk:
        return case.alone
    return None


def _stands(case: Case) -> Draft | None:
    """It names its municipality and asks something of it, or asks over all documents."""
    heard = case.heard
    if heard.plan.bodies and not heard.pointers:
        return case.alone
    if heard.over_all and not heard.asks_whose and not heard.pointer("city", "document", "of", "thing"):
        return case.alone
    return None


def _repeated(case: Case) -> Draft | None:
    """そこは: a pointer and nothing else is the last question again."""
    if case.topic is None or case.heard.asks() or not case.heard.pointers:
        return None
    return Draft(case.topic.past.question)


def _item(case: Case) -> Draft | None:
    """再委託は: its own item, of those whose assessments were spoken of."""
    heard, talk = case.heard, case.talk
    if not heard.is_of_the_form():
        return None
    if heard.plan.bodies:
        return case.asked("", case.focus(talk.named_in(heard.plan)) if heard.pointer("among") else "")
    holders = talk.holders(pointed=heard.pointer("city", "document") is not None)
    if heard.duties:
        holders = with_duty(talk, holders, heard.duties[0])
    focus = "" if heard.pointer("row") else case.focus()
    return case.asked(case.whose(holders, focus), among=case.among(holders))


#: The first that fits makes the question.
RULES: tuple[Rule, ...] = (
    _nothing,
    compared,
    row,
    company,
    others,
    dated,
    moved,
    _stands,
    turned,
    _repeated,
    _item,
)

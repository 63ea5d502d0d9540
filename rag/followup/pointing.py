"""Rules for follow-ups that point to a row of an answer (2社目, 最後の委託先) or to its company (その会社)."""

from __future__ import annotations

from rag.followup import japanese, rows
from rag.followup.case import Case, Draft
from rag.followup.item import doer, item
from rag.followup.turning import turn

#: More companies than these are not named in one question.
FEW_COMPANIES = 5


def row(case: Case) -> Draft | None:
    """2社目の再委託は: of the row of the last answer, by what tells it from the others."""
    pointer = case.heard.pointer("row")
    pointed = rows.numbered(case.talk, pointer.number) if pointer else None
    return _of_row(case, pointed) if pointed else None


def company(case: Case) -> Draft | None:
    """その会社の取扱者数は, その会社に委託している自治体は: of the contractor of the last answer."""
    heard, topic = case.heard, case.topic
    pointer = heard.pointer("company")
    if pointer is None:
        return None
    doing = doer(topic) if topic and not rows.contractors(topic) and not case.is_english else ""
    if doing:
        return case.asked("", f"{doing}会社", over_all=True)
    names = rows.companies(case.talk)
    one = names[0] if len(names) == 1 else "the contractors" if case.is_english else "委託先"
    if heard.over_all:
        if 1 < len(names) <= FEW_COMPANIES and not case.is_english:
            return Draft(japanese.delegating(heard, pointer.span[1], names))
        return case.asked("", one, over_all=True)
    pointed = rows.company_row(case.talk)
    return _of_row(case, pointed) if pointed else case.asked(case.whose(case.talk.holders()), one)


def _of_row(case: Case, pointed: rows.Pointed) -> Draft:
    """The follow-up asked of one row: by its name, or of its municipality alone where no field of it is asked for."""
    heard, topic = case.heard, case.topic
    named = [h for h in case.talk.holders() if h.municipality == pointed.holder.municipality]
    holder = named[0] if len(named) == 1 and named[0].duty else pointed.holder
    who = case.whose([holder])
    turning = heard.turn or heard.attribute
    if not pointed.block or not (turning or heard.names(pointed.block)):
        if not heard.bare and topic:
            return Draft(japanese.moved(topic, who, case.talk.duties(topic.plan), ""))
        return case.asked("", who, over_all=True)
    if not heard.bare:
        what = f"{pointed.block}{pointed.name}"
        return Draft(
            f"Please tell me about {what} {who}." if case.is_english else f"{who}の{what}について教えてください"
        )
    if topic and turning:
        text = "" if case.is_english else f"{who}の{pointed.name}の{item(topic, 'ja')}は"
        return Draft(turn(case, topic, text, [holder], pointed.name))
    return case.asked(who, pointed.name)

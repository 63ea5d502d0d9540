"""Rules for follow-ups that point to a row of an answer (2社目, 最後の委託先) or to its company (その会社)."""

from __future__ import annotations

from rag.followup import japanese, rows
from rag.followup.case import Case, Draft
from rag.followup.item import doer, field, item
from rag.followup.phrases import phrases
from rag.followup.turning import turn
from rag.lookup.columns import KIND_OF_BLOCK, SECTION_OF_KIND

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
    if pointer is None or topic is None:
        return None
    doing = doer(topic) if not rows.contractors(topic) and not case.is_english else ""
    names = (f"{doing}会社",) if doing else rows.companies(case.talk)
    one = names[0] if len(names) == 1 else "the contractors" if case.is_english else "委託先"
    if heard.others or heard.every:
        return Draft(
            f"Which municipalities contract with {one}?" if case.is_english else f"{one}に委託している自治体は？"
        )
    if doing:
        return case.asked("", one, over_all=True)
    if heard.over_all:
        if 1 < len(names) <= FEW_COMPANIES and not case.is_english:
            return Draft(japanese.delegating(heard, pointer.span[1], names))
        return case.asked("", one, over_all=True)
    pointed = rows.company_row(case.talk)
    return _of_row(case, pointed) if pointed else case.asked(case.whose(case.talk.holders()), one)


def _of_row(case: Case, pointed: rows.Pointed) -> Draft:
    """The follow-up asked of one row: by its name, or of its municipality alone where no field of it is asked for."""
    heard, topic = case.heard, case.topic
    spoken = [h for h in case.talk.holders() if h.municipality == pointed.holder.municipality]
    holder = spoken[0] if len(spoken) == 1 and spoken[0].duty else pointed.holder
    who = case.whose([holder])
    turning = heard.turn or heard.attribute
    if not pointed.block:
        if not heard.asks() and topic:
            return Draft(japanese.moved(topic, who, case.talk.duties(topic.plan), ""))
        return case.asked("", who, over_all=True)
    named = heard.namings
    if named and not turning and not any(n.place.block == pointed.block for n in named):
        label = _label(case, pointed.block)
        return Draft(f"{who}の{pointed.name}の{label}は？") if label else case.asked("", who, over_all=True)
    if not heard.asks() and not turning:
        what = f"{pointed.block}{pointed.name}"
        return Draft(
            f"Please tell me about {what} {who}." if case.is_english else f"{who}の{what}について教えてください"
        )
    if topic and turning:
        text = "" if case.is_english else f"{who}の{pointed.name}の{item(topic, 'ja')}は"
        return Draft(turn(case, topic, text, [holder], pointed.name))
    return case.asked(who, pointed.name)


def _label(case: Case, block: str) -> str:
    """The field of such an entry that the follow-up may mean (何人が扱う: 取扱者数); "" for none."""
    if case.is_english:
        return ""
    section = SECTION_OF_KIND[KIND_OF_BLOCK[block]]
    asked = (a for a in phrases().attributes if a.said.search(case.heard.bare))
    return next((label for a in asked if (label := field(section, block, a.labels))), "")

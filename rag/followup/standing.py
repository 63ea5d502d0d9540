"""The rules by which a follow-up becomes a standing question, in one visible list; the first that fits makes it.

Each looks at what the follow-up says itself and at the conversation, and gives the question or passes it on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.followup import english, japanese, rows
from rag.followup.heard import Heard, hear
from rag.followup.item import doer, item, sibling, subject
from rag.followup.phrases import phrases
from rag.followup.talk import Duty, Holder, Talk, Topic, text_of
from rag.question import Shape

#: More companies than these are not named in one question.
FEW_COMPANIES = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """The standing question; `alone`: it came back unchanged, and surely stands alone."""

    question: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A follow-up, the conversation, and the nearest turn that asked for something."""

    heard: Heard
    talk: Talk
    topic: Topic | None

    @property
    def is_english(self) -> bool:
        """Whether the standing question is to be English."""
        return self.heard.language == "en"


Rule = Callable[[Case], Draft | None]


def draft(question: str, talk: Talk) -> Draft:
    """The standing question that the rules make."""
    heard = hear(question, talk)
    case = Case(heard, talk, talk.topic())
    found = next((d for rule in RULES if (d := rule(case)) is not None), None)
    if found is None or found.question == heard.plan.question:
        return Draft(question, found is not None and found.alone)
    return found if case.is_english else Draft(found.question.replace("?", "？"))


def _nothing(case: Case) -> Draft | None:
    """Nothing to lean on, or talk about something else."""
    heard = case.heard
    if not case.talk.past or not heard.core or heard.is_small_talk:
        return Draft(heard.plan.question, alone=True)
    return None


def _compared(case: Case) -> Draft | None:
    """比べて: the item of the last question, for the municipalities of the last turns."""
    heard, topic = case.heard, case.topic
    if topic is None or not heard.compares:
        return None
    found = {b.name: Holder(b.name, heard.plan.said(b.span)) for b in heard.plan.bodies}
    for earlier in case.talk.topics():
        if len(found) < 2:
            found.update({h.municipality: h for h in case.talk.named_in(earlier.plan) if h.municipality})
    if len(found) < 2:
        return None
    holders = tuple(reversed(found.values()))
    if case.is_english:
        return Draft(f"Compare {subject('', holders, topic, 'en')}.")
    return Draft(f"{text_of(holders, 'ja')}の{item(topic, 'ja')}を比べてください")


def _others(case: Case) -> Draft | None:
    """ほかの自治体は: all but those spoken of; 全自治体では: all."""
    heard, topic = case.heard, case.topic
    if topic is None or not (heard.others or heard.every) or heard.plan.bodies:
        return None
    names = list(dict.fromkeys(h.municipality for h in case.talk.holders() if h.municipality))
    pattern = phrases().others if heard.others else phrases().every
    who = "すべての自治体"
    if heard.others and names:
        who = f"other than {' and '.join(names)}" if case.is_english else f"{'と'.join(names)}以外の自治体"
    rest = phrases().filler.sub("", pattern.sub("", heard.bare)).strip(" 。、?")
    if case.is_english:
        what = item(topic, "en")
        return Draft(
            f"What about {what} in the municipalities {who}?" if names else f"What about {what} in all cities?"
        )
    if rest:
        return Draft(pattern.sub(who, heard.core, count=1)) if heard.others else None
    dropped = [d for d in case.talk.duties(topic.plan) if not _elsewhere(case.talk, d, names)]
    return Draft(japanese.moved(topic, who, dropped, ""))


def _row(case: Case) -> Draft | None:
    """2社目の再委託は: the row of the last answer, by what tells it from the others."""
    heard, talk = case.heard, case.talk
    pointer = heard.pointer("row")
    if pointer is None:
        return None
    pointed = rows.numbered(talk, pointer.number)
    if pointed is None:
        return None
    return _of_row(case, pointed)


def _company(case: Case) -> Draft | None:
    """その会社の取扱者数は, その会社に委託している自治体は: the contractor of the last answer."""
    heard, talk = case.heard, case.talk
    pointer = heard.pointer("company")
    if pointer is None:
        return None
    names = rows.companies(talk)
    doing = doer(case.topic) if case.topic and not rows.contractors(case.topic) and not case.is_english else ""
    if doing:
        return Draft(_asked(case, "", f"{doing}会社", over_all=True))
    if heard.over_all and 1 < len(names) <= FEW_COMPANIES and not case.is_english:
        return Draft(japanese.delegating(heard, pointer.span[1], names))
    pointed = None if heard.over_all else rows.company_row(talk)
    if pointed is not None:
        return _of_row(case, pointed)
    said = names[0] if len(names) == 1 else ("the contractors" if case.is_english else "委託先")
    return Draft(_asked(case, "" if heard.over_all else _whose(case, talk.holders()), said, over_all=heard.over_all))


def _moved(case: Case) -> Draft | None:
    """川崎市は, 市営住宅の方は: the last question asked of another municipality or duty; turned where it is turned."""
    heard, topic = case.heard, case.topic
    if not (heard.plan.bodies or heard.duties):
        return None
    turning = heard.turn or heard.attribute
    if heard.bare and not turning:
        return None
    if topic is None:
        return Draft(heard.plan.question, alone=True)
    text = _of_others(case, topic)
    return Draft(_turned(case, topic, text, case.talk.named_in(heard.plan)) if turning else text)


def _stands(case: Case) -> Draft | None:
    """It names its municipality and asks something of it, or asks over all documents."""
    heard = case.heard
    if heard.plan.bodies and not heard.pointers:
        return Draft(heard.plan.question, alone=True)
    if heard.over_all and not heard.pointer("city", "document", "of", "thing"):
        return Draft(heard.plan.question, alone=True)
    return None


def _turn(case: Case) -> Draft | None:
    """いつから, 以前は, 何件, 頻度は: the last question turned."""
    heard, topic = case.heard, case.topic
    if topic is None or not (heard.turn or heard.attribute):
        return None
    return Draft(_turned(case, topic, topic.text, case.talk.holders(pointed=bool(heard.pointers))))


def _repeated(case: Case) -> Draft | None:
    """そこは: a pointer and nothing else is the last question again."""
    if case.heard.bare:
        return None
    return Draft(case.topic.past.question if case.heard.pointers and case.topic else case.heard.plan.question)


def _item(case: Case) -> Draft | None:
    """再委託は: its own item, of those whose assessments were spoken of."""
    heard, talk = case.heard, case.talk
    if not heard.is_of_the_form():
        return None
    if heard.plan.bodies:
        focus = _focus(case, talk.named_in(heard.plan)) if heard.pointer("among") else ""
        return Draft(_asked(case, "", focus))
    holders = talk.holders(pointed=heard.pointer("city", "document") is not None)
    if heard.duties:
        holders = _with_duty(talk, holders, heard.duties[0])
    return Draft(_asked(case, _whose(case, holders, _focus(case, holders)), "", among=_among(case, holders)))


#: The first that fits makes the question.
RULES: tuple[Rule, ...] = (_nothing, _compared, _others, _row, _company, _moved, _turn, _stands, _repeated, _item)


def _asked(case: Case, who: str, row: str, among: str = "", over_all: bool = False) -> str:
    if case.is_english:
        return english.asked(case.heard, who, row, over_all)
    return japanese.asked(case.heard, who, row, among, over_all)


def _whose(case: Case, holders: Sequence[Holder], focus: str = "") -> str:
    """Whose documents, with the date that was asked about and the row that was in view."""
    who = text_of(holders, case.heard.language)
    if case.is_english:
        return " ".join(x for x in (f"for {focus}" if focus else "", who) if x)
    plan = case.heard.plan
    dated = case.topic is not None and plan.as_of is None and not {Shape.CHANGE, Shape.TIMELINE} & plan.shapes
    date = japanese.period(case.topic.plan) if case.topic and dated else ""
    return "の".join(x for x in (date, who, focus) if x)


def _focus(case: Case, holders: Sequence[Holder]) -> str:
    """The row in view, where the follow-up asks of the same kind of entry."""
    naming, topic = case.heard.naming, case.topic
    if naming is None or topic is None:
        return ""
    named = {h.municipality for h in holders} if case.heard.plan.bodies else ()
    return rows.focus(case.talk, topic, naming.place.block, named)


def _among(case: Case, holders: Sequence[Holder]) -> str:
    if case.topic is None or case.heard.pointer("among") is None:
        return ""
    among = subject(case.topic.text, holders, case.topic, case.heard.language)
    return f"{among}のうち、" if among and not case.is_english else ""


def _of_row(case: Case, pointed: rows.Pointed) -> Draft:
    """The follow-up asked of one row of the last answer."""
    heard = case.heard
    named = [h for h in case.talk.holders() if h.municipality == pointed.holder.municipality]
    holder = named[0] if len(named) == 1 and named[0].duty else pointed.holder
    who = _whose(case, [holder])
    if not pointed.block or not heard.names(pointed.block):
        if not heard.bare and case.topic:
            return Draft(japanese.moved(case.topic, who, case.talk.duties(case.topic.plan), ""))
        return Draft(_asked(case, "", who, over_all=True))
    if not heard.bare:
        what = f"{pointed.block}{pointed.name}"
        return Draft(
            f"Please tell me about {what} {who}." if case.is_english else f"{who}の{what}について教えてください"
        )
    if case.topic and (heard.turn or heard.attribute):
        what = item(case.topic, heard.language)
        text = f"{pointed.name} {who}" if case.is_english else f"{who}の{pointed.name}の{what}は"
        return Draft(_turned(case, case.topic, text, [holder], pointed.name))
    return Draft(_asked(case, who, pointed.name))


def _of_others(case: Case, topic: Topic) -> str:
    """The last question with the municipalities and the duty of the follow-up instead of its own."""
    heard, talk = case.heard, case.talk
    old = talk.duties(topic.plan)
    duty = heard.duties[0] if heard.duties else None
    named = duty.named(heard.language) if duty else ""
    move = english.moved if case.is_english else japanese.moved
    if heard.plan.bodies:
        collected = heard.plan.collected
        dropped = old if duty else [d for d in old if collected and not all(talk.has(m, d) for m in collected)]
        if not duty and len(topic.plan.collected) > 1:  # each may have had a duty of its own
            kept = [h.duty for h in talk.named_in(topic.plan) if h.duty and h.duty not in dropped]
            named, dropped = (kept[0].named(heard.language) if kept else ""), old
        return move(topic, _names(heard), dropped, named)
    assert duty is not None
    holders = _with_duty(talk, talk.holders(), duty)
    stays = bool(holders) and bool(topic.plan.collected)
    return move(topic, None if stays else text_of(holders, "ja"), old, named)


def _names(heard: Heard) -> str:
    """The municipalities of the follow-up as it says them."""
    plan = heard.plan
    if plan.excluded and not plan.collected:
        return f"{'と'.join(plan.excluded)}以外の自治体"
    english = heard.language == "en"
    said = {b.name: plan.said(b.span).strip() if english else b.name for b in plan.bodies}
    return (" and " if english else "と").join(said.values())


def _with_duty(talk: Talk, holders: Sequence[Holder], duty: Duty) -> tuple[Holder, ...]:
    """The holders without their own duties, where they have this one or nobody has; else none."""
    bare = tuple(Holder(h.municipality, h.said) for h in holders if h.municipality)
    having = tuple(h for h in bare if talk.has(h.municipality, duty))
    return having or (() if talk.has("", duty) else bare)


def _elsewhere(talk: Talk, duty: Duty, names: Sequence[str]) -> bool:
    """Whether another municipality than these has an assessment of the duty."""
    return any(duty.belongs_to(v) for v in talk.versions if v.municipality not in names)


def _turned(case: Case, topic: Topic, text: str, holders: Sequence[Holder], row: str = "") -> str:
    """The last question (or `text` in its stead) turned by the follow-up."""
    heard, language = case.heard, case.heard.language
    what = f"{row} {text_of(holders, language)}" if row and case.is_english else ""
    what = what or subject(text, holders, topic, language)
    turn = heard.turn
    if not what:
        return text.strip()
    if turn is None:
        return _attributed(case, topic, what, holders, row)
    change = bool({Shape.CHANGE, Shape.TIMELINE} & (topic.plan.shapes | heard.plan.shapes))
    who = text_of(holders, language)
    template = turn.template(language, change, topic.section if who else "")
    return template.format(topic=what, who=who, question=text.strip())


def _attributed(case: Case, topic: Topic, what: str, holders: Sequence[Holder], row: str) -> str:
    """What the follow-up asks of the item: by the label of the form beside it, else in its own words."""
    attribute = case.heard.attribute
    assert attribute is not None
    name, labels = attribute
    label = sibling(topic, labels)
    if not label and labels and labels[0] in phrases().otherwise:
        label, what = phrases().otherwise[labels[0]], text_of(holders, case.heard.language)
    if case.is_english:
        return f"What is the {label or name} of {what}?"
    if label and topic.naming and topic.naming.place.block:
        told = row or rows.focus(case.talk, topic, topic.naming.place.block)
        return "の".join(x for x in (text_of(holders, "ja"), told, label) if x) + "は？"
    return f"{what}は？" if what.endswith(label or name) else f"{what}の{label or name}は？"

"""The rule for follow-ups that turn the last question: いつから, 以前は, 何件, 一覧にして, 頻度は."""

from __future__ import annotations

from collections.abc import Sequence

from rag.followup import japanese, rows
from rag.followup.case import Case, Draft
from rag.followup.holders import Holder, text_of
from rag.followup.item import plain, sibling, subject
from rag.followup.phrases import phrases
from rag.followup.talk import Topic
from rag.question import Shape


def turned(case: Case) -> Draft | None:
    """いつから, 以前は, 何件, 頻度は: the last question turned."""
    heard, topic = case.heard, case.topic
    if topic is None or not (heard.turn or heard.attribute):
        return None
    return Draft(turn(case, topic, topic.text, case.talk.holders(pointed=bool(heard.pointers))))


def turn(case: Case, topic: Topic, text: str, holders: Sequence[Holder], row: str = "") -> str:
    """A question turned by the follow-up.

    text  the last question, or what stands in its stead; row: the row that it is about, "" for all
    """
    heard, language = case.heard, case.heard.language
    whose = text_of(holders, language)
    what = f"{row} {whose}" if row and case.is_english else subject(text, holders, topic, language)
    if not what:
        return plain(text)
    way = heard.turn
    if way is None:
        return _attributed(case, topic, what, whose, row)
    change = bool({Shape.CHANGE, Shape.TIMELINE} & (topic.plan.shapes | heard.plan.shapes))
    template = way.template(language, change, topic.section if whose else "")
    what = japanese.at_present(what) if way.present else what
    return template.format(topic=what, who=whose, question=plain(text))


def _attributed(case: Case, topic: Topic, what: str, whose: str, row: str) -> str:
    """What the follow-up asks of the item: by the label of the form beside it, else in its own words."""
    attribute = case.heard.attribute
    assert attribute is not None
    name = attribute.word
    label = sibling(topic, attribute.labels)
    if not label and name in phrases().otherwise:
        label, what = phrases().otherwise[name], whose
    if case.is_english:
        return f"What is the {label or name} of {what}?"
    if label and topic.naming and topic.naming.place.block:
        told = row or rows.focus(case.talk, topic, topic.naming.place.block)
        return "の".join(x for x in (whose, told, label) if x) + "は？"
    return f"{what}は？" if what.endswith(label or name) else f"{what}の{label or name}は？"

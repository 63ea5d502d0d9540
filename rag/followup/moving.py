"""Rules for follow-ups that ask the last question of others: another municipality, duty or date, of all, or of two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup import english, japanese
from rag.followup.case import Case, Draft
from rag.followup.holders import Duty, Holder, text_of
from rag.followup.item import item, subject
from rag.followup.phrases import phrases
from rag.followup.talk import Talk, Topic
from rag.followup.turning import turn

_DATE = re.compile(
    r"((?:平成|令和|昭和|19|20)[^、。はがを]{1,14}?(?:日|月|年度?)(?:時点|の時点|当時|現在)?)(?:の?(?:頃|ころ|とき|時|場合))?"
    r"(?:では|は|だと|なら|で|に)*(?:どう)?(?:でした|です)?か?[\s?。]*"
)


def moved(case: Case) -> Draft | None:
    """川崎市は, 市営住宅の方は: the last question asked of another municipality or duty; turned where it is turned."""
    heard, topic = case.heard, case.topic
    if not (heard.plan.bodies or heard.duties):
        return None
    turning = heard.turn or heard.attribute
    if heard.asks() and not turning:
        return None
    if topic is None:
        return case.alone
    text = _of_others(case, topic)
    return Draft(turn(case, topic, text, case.talk.named_in(heard.plan)) if turning else text)


def dated(case: Case) -> Draft | None:
    """令和3年時点では: the last question as of another date."""
    match = _DATE.fullmatch(case.heard.bare)
    if match is None or case.topic is None or case.heard.plan.bodies or case.is_english:
        return None
    return Draft(japanese.dated(case.topic.text, match[1]))


def others(case: Case) -> Draft | None:
    """ほかの自治体は: all but those spoken of; 全自治体では: all."""
    heard, topic = case.heard, case.topic
    if topic is None or not (heard.others or heard.every) or heard.plan.bodies:
        return None
    pattern = phrases().others if heard.others else phrases().every
    spoken = list(dict.fromkeys(h.municipality for h in case.talk.holders() if h.municipality))
    names = (spoken or list(topic.plan.excluded)) if heard.others else []
    asks = heard.asks(*heard.found(pattern))
    if case.is_english:
        what = f"What about {item(topic, 'en')} in"
        return Draft(f"{what} municipalities other than {' and '.join(names)}?" if names else f"{what} all cities?")
    who = f"{'と'.join(names)}以外の自治体" if names else "すべての自治体"
    if asks:
        return Draft(pattern.sub(who, heard.core, count=1)) if heard.others else case.alone
    dropped = [d for d in case.talk.duties(topic.plan) if not _elsewhere(case.talk, d, spoken)]
    return Draft(japanese.moved(topic, who, dropped, ""))


def compared(case: Case) -> Draft | None:
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
        return Draft(f"Please compare {subject('', holders, topic, 'en')}.")
    return Draft(f"{text_of(holders, 'ja')}の{item(topic, 'ja')}を比べてください")


def with_duty(talk: Talk, holders: Sequence[Holder], duty: Duty) -> tuple[Holder, ...]:
    """The holders without their own duties, where they have this one or nobody has; else none."""
    bare = tuple(Holder(h.municipality, h.said) for h in holders if h.municipality)
    having = tuple(h for h in bare if talk.has(h.municipality, duty))
    return having or (() if talk.has("", duty) else bare)


def _of_others(case: Case, topic: Topic) -> str:
    """The last question with the municipalities and the duty of the follow-up instead of its own."""
    heard, talk = case.heard, case.talk
    move = english.moved if case.is_english else japanese.moved
    old = talk.duties(topic.plan)
    duty = heard.duties[0] if heard.duties else None
    if heard.plan.bodies:
        dropped, kept = _kept(case, topic, old) if duty is None else (old, duty)
        return move(topic, _names(case), dropped, kept.named(heard.language) if kept else "")
    assert duty is not None
    holders = with_duty(talk, talk.holders(), duty)
    stays = bool(holders) and bool(topic.plan.collected)
    return move(topic, None if stays else text_of(holders, heard.language), old, duty.named(heard.language))


def _kept(case: Case, topic: Topic, old: Sequence[Duty]) -> tuple[Sequence[Duty], Duty | None]:
    """The duties that the new municipalities do not have, and the one to be put behind their names instead."""
    collected = case.heard.plan.collected
    dropped = [d for d in old if collected and not all(case.talk.has(m, d) for m in collected)]
    if len(topic.plan.collected) < 2:
        return dropped, None
    # each of several may have had a duty of its own
    owned = (h.duty for h in case.talk.named_in(topic.plan) if h.duty and h.duty not in dropped)
    return old, next(owned, None)


def _names(case: Case) -> str:
    """The municipalities of the follow-up as it says them."""
    plan = case.heard.plan
    if plan.excluded and not plan.collected:
        return f"{'と'.join(plan.excluded)}以外の自治体"
    said = {b.name: plan.said(b.span).strip() if case.is_english else b.name for b in plan.bodies}
    return (" and " if case.is_english else "と").join(said.values())


def _elsewhere(talk: Talk, duty: Duty, names: Sequence[str]) -> bool:
    """Whether another municipality than these has an assessment of the duty."""
    return any(duty.belongs_to(v) for v in talk.versions if v.municipality not in names)

"""Standing questions in Japanese: a follow-up with whose documents it asks of, or the last question about others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup.heard import Heard
from rag.followup.holders import Duty
from rag.followup.item import item
from rag.followup.talk import Topic
from rag.naming import Span
from rag.question import Plan

#: A follow-up that begins with the noun that it asks about: の ties it to whose it is, では where it is a sentence.
_TOPIC_FIRST = re.compile(
    r"[^はがをにで、]{1,40}(?:は|って|の一覧|を(?:すべて|全て|全部)?(?:教|示|挙|見せ|一覧|知)|(?<![ぁ-ん])[?？。]?$)"
)
_ASKS_FIRST = re.compile(r"何|誰|だれ|どこ|どの|どう|どんな|いつ|なぜ|どれ|どちら|いくつ|いくら|また|もし|過去|最近")
_DOING = re.compile(r"[^は]*[てで]い?(?:る|た|ない)")
_PERIOD = re.compile(r"(?:平成|令和|昭和|19|20)[^、。はがをの]{1,12}?(?:日|月|年度?)(?:時点|の時点|当時|現在)")
_PERIOD_OF = re.compile(_PERIOD.pattern + r"(?:の|における|で|、)*")
_AFTER_POINTER = re.compile(r"^(?:の|では?|に(?:は|おける|ついて)?|は|が|を|って|も|、)")
_DELEGATES = re.compile(
    r"^(?:に|へ|を)(?:[^\s、。]{1,8}を)?(?:委託|外注|発注|利用|使|頼|任せ)[^\s、。自市町村団評]{0,6}(?:いる|る|た)(?:の(?=は))?"
)
#: Whom a question over all documents asks for; and whom all but some are.
_WHO = re.compile(
    r"(?:どの|どこの|どちらの|すべての|全ての|各|全)(?:自治体|市町村|市区町村|団体|評価書|市|町)(が|は|で|の|も)?"
)
_ALL_BUT = re.compile(r"(?:さん)?以外(?:の(?:自治体|市町村|市|町|団体))?")
_JOINED = re.compile(r"\s*(?:と|、|,|や|・|及び|および)\s*")
_PARTICLE = re.compile(r"の|における|においては?|では|で|について(?:は)?|に関して(?:は)?|は|、|\s")


def asked(heard: Heard, who: str, row: str, among: str = "", over_all: bool = False) -> str:
    """The follow-up with its pointers replaced, and whose it is put before it where no pointer said so.

    who    whose documents, "" where it asks over all or names them itself
    row    what a row or a company is called; among: what `そのうち` is said of
    """
    new = {"row": row, "company": row, "city": who, "document": who, "of": f"{who}の" if who else "", "among": among}
    text, placed = heard.text, over_all or not who
    if row and not who and heard.plan.bodies:
        text = _put(text, (heard.plan.bodies[-1].span[1],) * 2, f"の{row}")
    for pointer in reversed(heard.pointers):
        said = new.get(pointer.kind, "")
        if pointer.kind in {"row", "company"} and not said:
            continue
        text = _put(text, pointer.span, said)
        placed = placed or (bool(said) and pointer.kind not in {"row", "company"})
    core = text[heard.start :].strip()
    passing = {d.span[0] for d in heard.plan.duties} - {d.span[0] for d in heard.duties}
    return core if placed else f"{who}{joint(core, heard.start not in passing)}{core}"


def _put(text: str, span: Span, new: str) -> str:
    """The text with something else at a place; where nothing is, without the particle that followed."""
    start, end = span
    return text[:start] + new + (text[end:] if new else _AFTER_POINTER.sub("", text[end:], count=1))


def joint(core: str, owned: bool = True) -> str:
    """What ties whose documents to a question: の, or では、 before a whole sentence and what is not `owned`."""
    noun_first = _TOPIC_FIRST.match(core) and not _ASKS_FIRST.match(core) and not _DOING.match(core)
    return "の" if owned and noun_first else "では、"


def delegating(heard: Heard, end: int, names: Sequence[str]) -> str:
    """その会社に委託している自治体は, where the last answer names several: whose contractor is one of them."""
    named = "".join(f"「{name}」" for name in names)
    return f"委託先が{named}の{_DELEGATES.sub('', heard.text[end:], count=1)}"


def moved(topic: Topic, who: str | None, dropped: Sequence[Duty], duty: str) -> str:
    """The last question asked of others; of an English one, its item by the form's label.

    who      the municipalities that take the place of those in it, "" for none; None where they stay
    dropped  duties that it loses; `duty` takes their place, or stands behind the municipalities
    """
    plan, text = topic.plan, topic.text
    run = _run(plan, dropped)
    who = (plan.said(run) if run else "") if who is None else who
    if plan.language == "en":
        return f"{'の'.join(x for x in (who, duty, item(topic, 'ja')) if x)}は？"
    asks = None if run else _WHO.search(plan.text)
    outside = [d for d in dropped if not run or not run[0] <= d.span[0] < run[1]]
    behind = "" if outside else duty
    changes: list[tuple[Span, str]] = [(d.span, duty if at == 0 else "") for at, d in enumerate(outside)]
    whose = "の".join(x for x in (who, behind) if x)
    if run:
        changes.append((run, whose))
    if asks:
        particle = asks[1] or "の"
        changes.append((asks.span(), (whose or "すべての自治体") + {"が": "は"}.get(particle, particle)))
    for (start, end), new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:] if new else _without(text, start, end)
    return text if run or asks or not whose else f"{whose}{joint(text)}{text}"


def period(plan: Plan) -> str:
    """The date that a question asks about, as it is said; "" for none."""
    match = _PERIOD.search(plan.text) if plan.as_of else None
    return plan.said(match.span()) if match else ""


def at_present(text: str) -> str:
    """A question or its subject without the date that it asks about."""
    return _PERIOD_OF.sub("", text)


def dated(text: str, date: str) -> str:
    """A question asked as of another date."""
    then = date if _PERIOD.fullmatch(date) else f"{date}時点"
    return f"{then}の{at_present(text)}"


def _run(plan: Plan, duties: Sequence[Duty]) -> Span | None:
    """Where the municipalities stand, those that are tied to one another as one, with a duty between them."""
    spans = [b.span for b in plan.bodies]
    if not spans:
        return None
    start, end = spans[0]
    for a, b in spans[1:]:
        owned = next((d.span[1] for d in duties if plan.text[end : d.span[0]] == "の"), end)
        if not _JOINED.fullmatch(plan.text, owned, a):
            break
        end = b
    if end != spans[0][1]:
        end = next((d.span[1] for d in duties if plan.text[end : d.span[0]] == "の"), end)
    others = _ALL_BUT.match(plan.text, end)
    return (start, others.end() if others else end)


def _without(text: str, start: int, end: int) -> str:
    """The text without a name, and without the particle that tied it to its neighbours."""
    before, after = text[:start], text[end:]
    particle = _PARTICLE.match(after)
    if before.endswith(("の", "、", " ")) or not before or _PARTICLE.search(before[-1:]):
        if particle and particle[0] not in {"の", "、", " "} and before.endswith("の"):
            return before[:-1] + after
        return before + after[particle.end() if particle else 0 :]
    return before + after

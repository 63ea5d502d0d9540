"""What a model proposes where a question found no answer: its right spelling, and items of the form it may be about.

The respelt question is answered in place of the one asked only where both sound alike and the new one names more of
what is known. The items are offered as next questions and never answered unasked: most that a model proposes for a
question which the documents do not answer would be off its point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

import prompts
from prompts import data
from rag.errors import ModelError
from rag.places import places
from rag.ports import ChatModel
from rag.question import Plan
from rag.stop import Stop
from rag.terms import key
from rag.tokens import Words
from rag.types import Status, Version

#: Outcomes after which a model is asked how the question may be meant.
ASKED_AFTER = frozenset({Status.OUT_OF_SCOPE, Status.NOT_STATED})
#: So many items are offered; so many municipalities and duties are named to the model.
OFFERED, NAMED = 3, 200


class Meaning(BaseModel):
    """The model's answer."""

    model_config = ConfigDict(extra="ignore")

    question: str = ""
    items: list[str] = []


@dataclass(frozen=True, slots=True)
class Proposed:
    """`question`: the question respelt, "" where it stays as it is. `offers`: next questions about items."""

    question: str = ""
    offers: tuple[str, ...] = ()
    prompts: tuple[tuple[str, str], ...] = ()


def propose(
    plan: Plan,
    plan_of: Callable[[str], Plan],
    versions: Sequence[Version],
    model: ChatModel,
    words: Words,
    stop: Stop,
) -> Proposed:
    """The valid part of what the model proposes; nothing where it is stopped, fails or proposes nothing valid."""
    if stop.is_set():
        return Proposed()
    prompt = prompts.load("plan")
    used = ((prompt.name, prompt.hash),)
    values = {
        "question": data(plan.question),
        "municipalities": "、".join(dict.fromkeys(v.municipality for v in versions[:NAMED])),
        "duties": "、".join(dict.fromkeys(v.duty for v in versions[:NAMED])),
        "items": "\n".join(f"{section} {title}" for section, title in sections().items()),
    }
    try:
        meant = model.structured(prompt.render(values), Meaning, stop)
    except ModelError:
        return Proposed(prompts=used)
    question = meant.question.strip()
    if not (question and sounds_alike(plan.question, question, words) and is_richer(plan_of(question), plan)):
        question = ""
    return Proposed(question, tuple(_offers(plan_of(question) if question else plan, meant.items)), used)


def sections() -> dict[str, str]:
    """The items of the form: section → title."""
    return {p.section: p.title for p in places().values() if p.number and p.title}


def sounds_alike(question: str, other: str, words: Words) -> bool:
    """Whether two questions are read alike, sign for sign; numbers and Latin letters count as they are written."""
    return key(question) != key(other) and _sound(question, words) == _sound(other, words)


def _sound(text: str, words: Words) -> str:
    reading = words.reading(key(text)).upper()
    return "".join(c for c in reading if c.isalnum() or c == "ー").translate(_LOOSE)


#: Particles that are written otherwise than they are read, and long vowels.
_LOOSE = str.maketrans({"ヲ": "オ", "ヅ": "ズ", "ヂ": "ジ", "ー": None})


def is_richer(plan: Plan, other: Plan) -> bool:
    """Whether a plan names more of what is known than the other, and all that the other names."""
    mine, its = _named(plan), _named(other)
    return its < mine


def _named(plan: Plan) -> set[str]:
    return {*plan.collected, *(d.duty.name for d in plan.duties), *(n.place.id for n in plan.places)}


def _offers(plan: Plan, items: Sequence[str]) -> list[str]:
    """Next questions about the known ones of these items, for the municipality and duty that the question names."""
    who = "、".join(plan.collected)
    duty = plan.duties[0].duty.name if plan.duties else ""
    about = f"{who}の" if who else ""
    about += f"{duty}の" if duty else ""
    known = sections()
    return [f"{about}{known[item.strip()]}は？" for item in dict.fromkeys(items) if item.strip() in known][:OFFERED]

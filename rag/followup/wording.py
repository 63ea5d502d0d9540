"""The standing question in a model's words: taken only where it asks what the draft asks, and names nothing new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

import prompts
from prompts import data
from rag.duties import duties_of
from rag.errors import ModelError
from rag.followup.matters import is_of_the_form
from rag.followup.talk import Talk
from rag.keywords import NOUN
from rag.ports import ChatModel
from rag.question import Plan, Shape
from rag.stop import Stop
from rag.terms import Term, has, key
from rag.types import Answer, Past

MAX_CHARS = 200
#: Turns that the model is shown, and characters of each answer.
SHOWN_TURNS, SHOWN_CHARS = 4, 240
#: Shapes that change what is answered.
_DECISIVE = frozenset({Shape.WHICH, Shape.COMPARE, Shape.CHANGE, Shape.TIMELINE, Shape.ORDER})
#: Share of the surest place's weight that a place needs to be meant beside it.
NEARLY_AS_SURE = 0.6
_MARKS = re.compile(r"\[\d+\]|\*\*")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"[ァ-ヴー]{3,}|[A-Za-z]{2,}")
_DENIAL = re.compile(r"ない|なく|ません|なし|以外|禁|\bnot\b|n't|\bno\b|\bwithout\b|\bnever\b")
_ASKS_NUMBER = re.compile(r"何|いくつ|how many")
_ENDS = re.compile(r"[。？?！!]")

Prompts = tuple[tuple[str, str], ...]


class Wording(BaseModel):
    """The model's answer."""

    model_config = ConfigDict(extra="ignore")

    question: str = ""


def worded(question: str, draft: str, talk: Talk, model: ChatModel, stop: Stop) -> tuple[str, Prompts]:
    """The model's question where it is valid, else the draft; and the prompt that was used."""
    prompt = prompts.load("rewrite")
    values = {"conversation": data(_shown(talk.past)), "question": data(question), "draft": data(draft)}
    try:
        said = model.structured(prompt.render(values), Wording, stop).question.strip()
    except ModelError:
        said = ""
    return (said if is_valid(said, question, draft, talk) else draft), ((prompt.name, prompt.hash),)


def is_valid(said: str, question: str, draft: str, talk: Talk) -> bool:
    """Whether a question asks all that the draft asks and names nothing that nobody named."""
    if not said or len(said) > MAX_CHARS or "\n" in said or _ENDS.search(said[:-1]):
        return False
    plan, own, rules = talk.plan(said), talk.plan(question), talk.plan(draft)
    known = key("\n".join((question, draft, *_texts(talk.past))))
    return (
        plan.language == rules.language
        and _names_known_only(plan, talk, own, rules)
        and _says_known_only(plan, known)
        and {b.name for b in own.bodies} <= {b.name for b in plan.bodies}
        and _keeps(plan, rules)
        and _asks_the_same(plan, rules)
    )


def _names_known_only(plan: Plan, talk: Talk, *heard: Plan) -> bool:
    """Municipalities and duties: only those that the follow-up, its draft, or the conversation names."""
    plans = [*heard, *(talk.plan(p.question) for p in talk.past)]
    documents = {c.document for p in talk.past for c in p.answer.citations}
    cited = [v for v in talk.versions if v.document in documents]
    bodies = {b.name for p in plans for b in p.bodies} | {v.municipality for v in cited}
    duties = {d.duty.name for p in plans for d in p.duties}
    duties |= {name for v in cited for name in duties_of(f"{v.duty} {v.title}")}
    return {b.name for b in plan.bodies} <= bodies and {d.duty.name for d in plan.duties} <= duties


def _says_known_only(plan: Plan, known: str) -> bool:
    """Nouns, names, numbers: those of the conversation or of the form. `known`: what was said, as `key`."""
    said = unicodedata.normalize("NFKC", plan.question)
    if not set(_NUMBER.findall(said)) <= set(_NUMBER.findall(known)):
        return False
    if not all(key(name) in known or _is_common(name) for name in _NAME.findall(said)):
        return False
    nouns = (t for t in plan.terms if t.entity or (t.weight >= NOUN and not _ASKS_NUMBER.match(t.surface)))
    return all(has(t, known) or (not t.entity and any(map(is_of_the_form, t.forms))) for t in nouns)


def _is_common(name: str) -> bool:
    """Whether a word is no name: of the form, or plain English in lower case."""
    return is_of_the_form(key(name)) or (name.isascii() and name.islower())


def _keeps(plan: Plan, other: Plan) -> bool:
    """Whether a plan has the municipalities, surest place, choices and nouns of another."""
    text = key(plan.text)
    nouns = (t for t in other.residual(other.places[:1]) if _tells(t))
    places = {n.place.id for n in plan.places if n.weight >= NEARLY_AS_SURE * plan.places[0].weight}
    return (
        {b.name for b in other.bodies} <= {b.name for b in plan.bodies}
        and {d.duty.name for d in other.duties} <= {d.duty.name for d in plan.duties}
        and (not other.places or other.places[0].place.id in places)
        and set(other.options) <= set(plan.options)
        and all(has(t, text) for t in nouns)
    )


def _asks_the_same(plan: Plan, rules: Plan) -> bool:
    """Whether a plan asks of the same municipalities, as of the same date, in the same sense as the draft."""
    return (
        (not rules.bodies or (plan.collected, plan.missing, plan.excluded) == _scope(rules))
        and plan.as_of == rules.as_of
        and plan.shapes & _DECISIVE == rules.shapes & _DECISIVE
        and (Shape.LIST not in rules.shapes or Shape.LIST in plan.shapes)
        and (Shape.COUNT not in rules.shapes or Shape.COUNT in plan.shapes or bool(_ASKS_NUMBER.search(plan.text)))
        and set(plan.options) == set(rules.options)
        and bool(_DENIAL.search(plan.text)) == bool(_DENIAL.search(rules.text))
    )


def _scope(plan: Plan) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return (plan.collected, plan.missing, plan.excluded)


def _tells(term: Term) -> bool:
    return term.entity or (term.weight >= NOUN and len(term.surface) > 1)


def _texts(past: Iterable[Past]) -> Iterable[str]:
    """All that the conversation says: questions, answers, rows, citations."""
    for turn in past:
        yield turn.question
        yield from _of_answer(turn.answer)


def _of_answer(answer: Answer) -> Iterable[str]:
    yield answer.answer
    yield from (value for row in answer.rows for _, value in row.cells)
    yield from (f"{c.municipality} {c.title} {c.section} {c.label} {c.published} {c.quote}" for c in answer.citations)


def _shown(past: tuple[Past, ...]) -> str:
    """The turns as the model is shown them, oldest first; `past` is newest first."""
    turns = []
    for turn in reversed(past[:SHOWN_TURNS]):
        answer = " ".join(_MARKS.sub("", turn.answer.answer).split())
        turns.append(f"問: {turn.question}\n答: {answer[:SHOWN_CHARS]}")
    return "\n".join(turns)

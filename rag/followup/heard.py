"""What a follow-up says itself: names, pointers back, and what it asks once these are taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.followup.holders import Duty
from rag.followup.matters import is_matter, is_of_the_form
from rag.followup.phrases import Attribute, Turn, phrases
from rag.followup.pointers import Pointer, literal, pointers_in
from rag.followup.talk import NAMED, Talk
from rag.keywords import NOUN
from rag.naming import Span
from rag.places import Naming
from rag.question import Plan
from rag.terms import Term

#: Openings that may follow one another (なるほど、じゃあ).
OPENINGS = 3
#: So much may stand beside the words of a question that has nothing else: ですか？
ENDING_CHARS = 5
_KANA = re.compile(r"[ぁ-んァ-ヴー]")
_ENGLISH_WORD = re.compile(r"\b[A-Za-z]?[a-z]{2,}\b")
_TIES = re.compile(r"^(?:の(?!方)|では?|と|は|が|を|に(?:は|も|おける)?|って|、|\s)+")
_NUMBERED = re.compile(r"(?:委託事項|提供先|移転先|システム|リスク)\s*\d")
#: A bare noun that is asked for: 罰則は.
_BARE_NOUN = re.compile(r"(?=.*[一-龥ァ-ヴa-z]{2})[^の。、を\s]{2,12}(?:は|って)[\s?。!]*")


@dataclass(frozen=True, slots=True)
class Heard:
    """A follow-up. Spans index `text`, its normalised form in its own case.

    start   where it begins once openings (じゃあ) are taken away
    duties  those that say which documents are meant
    taken   where openings, names and pointers stand
    """

    plan: Plan
    text: str
    language: str
    start: int
    pointers: tuple[Pointer, ...]
    duties: tuple[Duty, ...]
    taken: tuple[Span, ...]

    @property
    def core(self) -> str:
        """The follow-up without its opening."""
        return self.text[self.start :].strip()

    @property
    def bare(self) -> str:
        """What is left in lower case without names, pointers and what only tied them to it."""
        text = re.sub(r"\0+", " ", blanked(self.plan.text, self.taken)).strip()
        return _TIES.sub("", text).strip()

    @property
    def namings(self) -> tuple[Naming, ...]:
        """The places of the form that its own words name, surest first."""
        named = (n for n in self.plan.places if n.weight >= NAMED)
        return tuple(n for n in named if any(not _within(s, self.taken) for s in n.spans))

    @property
    def turn(self) -> Turn | None:
        """The way in which it turns the last question, where it asks for nothing else."""
        return next((t for t in phrases().turns if self._only(t.said)), None)

    @property
    def attribute(self) -> Attribute | None:
        """What it asks of the item that was spoken of, where it asks for nothing else."""
        return next((a for a in phrases().attributes if self._only(a.said)), None)

    @property
    def compares(self) -> bool:
        """Whether it only sets what was spoken of side by side."""
        return self._only(phrases().compare)

    @property
    def others(self) -> bool:
        """Whether it asks for other municipalities than those spoken of."""
        return bool(self.found(phrases().others))

    @property
    def every(self) -> bool:
        """Whether it asks for all municipalities."""
        return bool(self.found(phrases().every))

    @property
    def over_all(self) -> bool:
        """Whether its own words ask over all documents."""
        return bool(phrases().over_all.search(blanked(self.plan.text, [p.span for p in self.pointers])))

    @property
    def is_small_talk(self) -> bool:
        """Whether it is a word of courtesy, or talk about something that no form asks for."""
        elsewhere = not self.plan.places and phrases().small_talk.search(self.plan.text)
        return bool(elsewhere or phrases().greeting.search(self.plan.text))

    @property
    def tells_rows(self) -> bool:
        """Whether it says itself which entries it asks about, by their number or by words of its own."""
        own = self.plan.residual(self.plan.places[:1])
        return bool(_NUMBERED.search(self.plan.text)) or any(t.weight >= NOUN for t in own if len(t.surface) > 1)

    def asks(self, *beside: Span) -> bool:
        """Whether it asks for something by itself: a place, a choice or a matter, other than by words `beside`."""
        taken = (*self.taken, *beside)
        named = any(not _within(s, taken) for n in self.namings for s in n.spans)
        return named or bool(self.plan.options) or any(is_matter(t) and _apart(t, taken) for t in self.plan.terms)

    def found(self, said: re.Pattern[str]) -> tuple[Span, ...]:
        """Where these words stand in it, after its opening."""
        text = literal(self.plan.text)[self.start :]
        return tuple((self.start + m.start(), self.start + m.end()) for m in said.finditer(text))

    @property
    def asks_whose(self) -> bool:
        """Whether it only asks which municipalities were meant (どの自治体ですか)."""
        return self.turn is not None and self.turn.whose and len(self.turn.said.sub("", self.bare)) <= ENDING_CHARS

    def pointer(self, *kinds: str) -> Pointer | None:
        """Its first pointer of these kinds."""
        return next((p for p in self.pointers if p.kind in kinds), None)

    def is_of_the_form(self) -> bool:
        """Whether what it asks may stand in an assessment: a place, a choice, a word of the form, or a bare noun."""
        if self.plan.places or self.plan.options or self.pointers or _BARE_NOUN.fullmatch(self.bare):
            return True
        return any(is_of_the_form(form) for t in self.plan.terms for form in t.forms)

    def _only(self, said: re.Pattern[str]) -> bool:
        """Whether words stand in it and nothing else is asked for."""
        found = [m.span() for m in said.finditer(blanked(self.plan.text, self.taken))]
        return bool(found) and not self.asks(*found)


def hear(question: str, talk: Talk) -> Heard:
    """What a follow-up says."""
    plan = talk.plan(question)
    text = plan.said((0, len(plan.text)))
    start = _start(plan.text)
    pointers = pointers_in(literal(plan.text), start)
    duties = _own_duties(plan, talk, start)
    language = "en" if not _KANA.search(text) and _ENGLISH_WORD.search(text) else plan.language
    names = (*(b.span for b in plan.bodies), *(p.span for p in pointers), *(d.span for d in duties))
    return Heard(plan, text, language, start, pointers, duties, ((0, start), *names))


def blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with these ranges blanked."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def _within(span: Span, taken: Sequence[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in taken)


def _apart(term: Term, taken: Sequence[Span]) -> bool:
    return all(term.span[1] <= a or b <= term.span[0] for a, b in taken)


def _start(text: str) -> int:
    start = 0
    for _ in range(OPENINGS):
        match = phrases().opening.match(text, start)
        if match is None or match.end() == len(text):
            break
        start = match.end()
    return start


def _own_duties(plan: Plan, talk: Talk, start: int) -> tuple[Duty, ...]:
    """The duties that it means as such: collected ones, or one at its beginning that an item is asked of."""
    collected = talk.duties(plan)
    named = [d for d in plan.duties if not any(c.span[0] <= d.span[0] < c.span[1] for c in collected)]
    items = {s[0] for n in plan.places for s in n.spans}
    strange = [d for d in named if d.explicit or (d.span[0] == start and d.span[1] + 1 in items)]
    bare = [
        d
        for d in named
        if d.span[0] == start and re.fullmatch(r"(?:の(?:方|場合))?[はで]*[\s?。]*", plan.text[d.span[1] :])
    ]
    found = [Duty(frozenset({d.duty.name}), plan.said(d.span), d.span) for d in dict.fromkeys([*strange, *bare])]
    return (*collected, *found)

"""The conversation as far as a follow-up looks back: what was asked last, and whose assessments were spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag.duties import duties_of
from rag.places import Naming, normal
from rag.question import Plan
from rag.types import Answer, Past, Status, Version

#: So many turns before the follow-up are looked at.
LOOKED_BACK = 6
#: An answer over all documents stands for its municipalities only where they are few.
FEW_MUNICIPALITIES = 3
#: From this weight on a question names a place of the form.
NAMED = 2.0
#: Turns that say nothing of what the next one means.
_NOTHING = frozenset({Status.REFUSED, Status.OUT_OF_SCOPE})
_QUOTED = re.compile(r"[「『][^「」『』]{2,60}[」』]")
#: What belongs to the name of a duty: 子ども医療費|の支給に関する事務.
_ROLE = re.compile(
    r"(?:費|費用|等)?(?:の(?:支給|実施|管理|賦課|徴収|賦課徴収|給付|認定|交付|登録))?(?:に関する|に係る|関係|の)?(?:事務|評価書)"
)
_TIED = re.compile(r"の?")
_LATIN = re.compile(r"[!-~\s]+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that says which documents are meant: names of the vocabulary, none for a quoted title; where it stands."""

    names: frozenset[str]
    said: str
    span: Span

    def belongs_to(self, version: Version) -> bool:
        """Whether a document is about it."""
        whole = f"{version.duty} {version.title}"
        return self.names <= duties_of(whole) if self.names else normal(self.said).strip("「」『』") in normal(whole)

    def named(self, language: str) -> str:
        """The duty as it is said in a language."""
        foreign = language == "ja" and _LATIN.fullmatch(self.said) and self.names
        return "・".join(sorted(self.names)) if foreign else self.said


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose assessment is spoken of: a municipality, one of its duties, or both."""

    municipality: str = ""
    said: str = ""
    duty: Duty | None = None

    def named(self, language: str) -> str:
        """川口市の子ども医療費; in 川口市 for child medical."""
        who = self.municipality if language == "ja" and _LATIN.fullmatch(self.said) else self.said
        what = self.duty.named(language) if self.duty else ""
        if language == "ja":
            return "の".join(x for x in (who, what) if x)
        return " ".join([*(["in", who] if who else []), *(["for", what] if what else [])])


@dataclass(frozen=True, slots=True)
class Topic:
    """An earlier turn with the plan of its standing question, and its question in its own case."""

    past: Past
    plan: Plan

    @property
    def answer(self) -> Answer:
        """What was answered."""
        return self.past.answer

    @property
    def text(self) -> str:
        """The question, normalised and in its own case; spans of the plan index it."""
        return self.plan.said((0, len(self.plan.text)))

    @property
    def naming(self) -> Naming | None:
        """The place of the form that it names most surely."""
        return self.plan.places[0] if self.plan.places and self.plan.places[0].weight >= NAMED else None

    @property
    def section(self) -> str:
        """The section of that place: II.4; "" for none."""
        return self.naming.place.section if self.naming else ""


@dataclass(frozen=True, slots=True)
class Talk:
    """Earlier turns that say something, newest first; `plan` plans a question that stands alone, each once."""

    past: tuple[Past, ...]
    plan: Callable[[str], Plan]
    versions: tuple[Version, ...]

    @staticmethod
    def of(earlier: Sequence[Past], plan: Callable[[str], Plan], versions: Sequence[Version]) -> Talk:
        """The turns that a follow-up may lean on."""
        looked = [p for p in reversed(earlier[-LOOKED_BACK:]) if p.answer.status not in _NOTHING]
        return Talk(tuple(looked), plan, tuple(versions))

    def topics(self) -> Iterable[Topic]:
        """The turns with their plans, newest first; planned when they are reached."""
        return (Topic(past, self.plan(past.question)) for past in self.past)

    def topic(self) -> Topic | None:
        """The nearest turn that asks for something."""
        return next((t for t in self.topics() if t.plan.places or t.plan.options or t.plan.terms), None)

    def holders(self, pointed: bool = False) -> tuple[Holder, ...]:
        """Whose assessments the nearest turn spoke of that names any, or whose answer comes from few.

        pointed  a word points to them (そこ): a turn over all documents is passed over
        """
        for topic in self.topics():
            found = self.named_in(topic.plan) or self._answering(topic)
            if found:
                return found
            if topic.plan.places and not pointed and not topic.plan.bodies:
                return ()
        return ()

    def named_in(self, plan: Plan) -> tuple[Holder, ...]:
        """The collected municipalities that a question names, each with its duty; or all but those it leaves out."""
        if plan.excluded and not plan.collected:
            return (Holder(said=f"{'と'.join(plan.excluded)}以外の自治体"),)
        duties = self.duties(plan)
        bodies = {b.name: b for b in reversed(plan.bodies) if b.name in plan.collected}
        return tuple(
            Holder(name, plan.said(bodies[name].span).strip(), self._own_duty(name, bodies[name].span, duties))
            for name in plan.collected
        )

    def duties(self, plan: Plan) -> tuple[Duty, ...]:
        """The duties in a question that say which documents are meant, with what belongs to their names."""
        quoted = [m.span() for m in _QUOTED.finditer(plan.text)]
        found = [(frozenset({d.duty.name}), _whole(plan, d.duty.name, d.span, quoted)) for d in plan.duties]
        taken = [s for _, s in found] + [b.span for b in plan.bodies]
        free = [q for q in quoted if not any(q[0] <= s[0] and s[1] <= q[1] for s in taken)]
        found += [(frozenset[str](), q) for q in free]
        own = [Duty(names, plan.said(span), span) for names, span in found]
        own = [d for d in own if any(d.belongs_to(v) for v in self._of(plan.collected))]
        return tuple(_tied(plan, sorted(own, key=lambda d: d.span)))

    def has(self, municipality: str, duty: Duty) -> bool:
        """Whether an assessment of the duty is collected of the municipality ("" for any)."""
        return any(duty.belongs_to(v) for v in self._of((municipality,) if municipality else ()))

    def version(self, document: str) -> Version | None:
        """The current version of a document; None where it is not collected any more."""
        return next((v for v in self.versions if v.document == document), None)

    def holder_of(self, document: str) -> Holder | None:
        """The municipality of a document, with its duty where others of its assessments are collected."""
        version = self.version(document)
        if version is None:
            return None
        duty = None if self._alone(version) else _duty_of(version)
        return Holder(version.municipality, version.municipality, duty)

    def _alone(self, version: Version) -> bool:
        return sum(v.municipality == version.municipality for v in self.versions) == 1

    def _of(self, municipalities: Sequence[str]) -> Iterable[Version]:
        return (v for v in self.versions if not municipalities or v.municipality in municipalities)

    def _own_duty(self, municipality: str, span: Span, duties: Sequence[Duty]) -> Duty | None:
        """The duty named for a municipality: the first after its name that it has, else any that it has."""
        own = [d for d in duties if self.has(municipality, d)]
        return min(own, key=lambda d: (d.span[0] < span[0], d.span[0]), default=None)

    def _answering(self, topic: Topic) -> tuple[Holder, ...]:
        """Those whose documents answered a question that names no municipality, where they are few."""
        if topic.plan.bodies:
            return ()
        found = self._few([r.document for r in topic.answer.rows] or [c.document for c in topic.answer.citations])
        if found:
            each = bool(self.duties(topic.plan)) or any(not self._alone(v) for v in found)
            return tuple(Holder(v.municipality, v.municipality, _duty_of(v) if each else None) for v in found)
        return tuple(Holder(duty=duty) for duty in self.duties(topic.plan)[:1])

    def _few(self, documents: Sequence[str]) -> list[Version]:
        """The versions of these documents, none where they are of more than a few municipalities."""
        found: list[Version] = []
        for document in dict.fromkeys(documents):
            version = self.version(document)
            found += [version] if version else []
            if len({v.municipality for v in found}) > FEW_MUNICIPALITIES:
                return []
        return found


def text_of(holders: Sequence[Holder], language: str) -> str:
    """Whose, as it stands in a question: 川口市と川崎市の子ども医療費; in 川口市 for child medical."""
    duties = {h.duty for h in holders}
    if language == "ja" and len(holders) > 1 and len(duties) == 1:
        duty = holders[0].duty
        who = "と".join(Holder(h.municipality, h.said).named("ja") for h in holders)
        return f"{who}の{duty.named('ja')}" if duty else who
    return (" and " if language == "en" else "と").join(h.named(language) for h in holders)


def _duty_of(version: Version) -> Duty:
    """A document's own duty: by its usual name, else by its title in quotes."""
    names = duties_of(f"{version.duty} {version.title}")
    text = normal(version.duty)
    said = min(names, key=lambda n: (normal(n) not in text, text.find(normal(n)), n), default=f"「{version.duty}」")
    return Duty(frozenset({said} & names), said, (0, 0))


def _whole(plan: Plan, name: str, span: Span, quoted: Sequence[Span]) -> Span:
    """Where a duty stands with its quotation marks, or with the words that make it a duty's name."""
    start, end = span
    around = next((q for q in quoted if q[0] <= start and end <= q[1]), None)
    if around:
        return around
    if plan.text.startswith(normal(name), start):
        end = max(end, start + len(normal(name)))
    role = _ROLE.match(plan.text, end)
    return (start, role.end() if role else end)


def _tied(plan: Plan, duties: Sequence[Duty]) -> list[Duty]:
    """Duties that stand together as one name (地方税の収滞納管理) as one."""
    found: list[Duty] = []
    for duty in duties:
        last = found[-1] if found else None
        if last and (duty.span[0] <= last.span[1] or _TIED.fullmatch(plan.text, last.span[1], duty.span[0])):
            span = (last.span[0], max(last.span[1], duty.span[1]))
            found[-1] = Duty(last.names | duty.names, plan.said(span), span)
        else:
            found.append(duty)
    return found

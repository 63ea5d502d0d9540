"""The conversation as far as a follow-up looks back: what was asked last, and whose assessments were spoken of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag.followup.holders import Duty, Holder, duties_in, duty_of
from rag.naming import Span
from rag.places import Naming
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
        """The duties in a question that say which documents are meant."""
        return duties_in(plan, self._of(plan.collected))

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
        duty = None if self._alone(version) else duty_of(version)
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
            return tuple(Holder(v.municipality, v.municipality, duty_of(v) if each else None) for v in found)
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

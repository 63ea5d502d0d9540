"""Whose assessments are spoken of: municipalities and their duties, and how a question names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.duties import duties_of
from rag.naming import Span
from rag.places import normal
from rag.question import Plan
from rag.types import Version

_QUOTED = re.compile(r"[「『][^「」『』]{2,60}[」』]")
#: What belongs to the name of a duty: 子ども医療費|の支給に関する事務.
_ROLE = re.compile(
    r"(?:費|費用|等)?(?:の(?:支給|実施|管理|賦課|徴収|賦課徴収|給付|認定|交付|登録))?(?:に関する|に係る|関係|の)?(?:事務|評価書)"
)
_TIED = re.compile(r"の?")
_LATIN = re.compile(r"[!-~\s]+")


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


def text_of(holders: Sequence[Holder], language: str) -> str:
    """Whose, as it stands in a question: 川口市と川崎市の子ども医療費; in 川口市 for child medical."""
    duties = {h.duty for h in holders}
    if language == "ja" and len(holders) > 1 and len(duties) == 1:
        duty = holders[0].duty
        who = "と".join(Holder(h.municipality, h.said).named("ja") for h in holders)
        return f"{who}の{duty.named('ja')}" if duty else who
    return (" and " if language == "en" else "と").join(h.named(language) for h in holders)


def duty_of(version: Version) -> Duty:
    """A document's own duty: by its usual name, else by its title in quotes."""
    names = duties_of(f"{version.duty} {version.title}")
    text = normal(version.duty)
    said = min(names, key=lambda n: (normal(n) not in text, text.find(normal(n)), n), default=f"「{version.duty}」")
    return Duty(frozenset({said} & names), said, (0, 0))


def duties_in(plan: Plan, versions: Iterable[Version]) -> tuple[Duty, ...]:
    """The duties in a question that these documents are about, with what belongs to their names."""
    quoted = [m.span() for m in _QUOTED.finditer(plan.text)]
    found = [(frozenset({d.duty.name}), _whole(plan, d.duty.name, d.span, quoted)) for d in plan.duties]
    taken = [s for _, s in found] + [b.span for b in plan.bodies]
    free = [q for q in quoted if not any(q[0] <= s[0] and s[1] <= q[1] for s in taken)]
    found += [(frozenset[str](), q) for q in free]
    if not found:
        return ()
    collected = list(versions)
    own = [Duty(names, plan.said(span), span) for names, span in found]
    own = [d for d in own if any(d.belongs_to(v) for v in collected)]
    return tuple(_tied(plan, sorted(own, key=lambda d: d.span)))


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

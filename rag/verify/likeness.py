"""Whether a unit of a retelling says the same as a unit of the evidence: each word, its particle, what it depends on.

Allowed are politeness, another order of the phrases, は for が and for the を of a thing, passive for active with the
particles turned, and words that say the same. Everything else is another statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.verify.phrases import Phrase, is_quantity
from rag.verify.units import Unit
from rag.verify.vocabulary import canonical_word, is_actor

#: What the form of the words may differ in without another sense.
_MANNER = frozenset({"断定", "継続"})
_ENDS = frozenset({"final", "and", "but"})


@dataclass(frozen=True, slots=True)
class Dependent:
    """A phrase of a unit with what it depends on."""

    phrase: Phrase
    governor: Phrase | None

    @property
    def key(self) -> str:
        return canonical_word(self.phrase.head)

    @property
    def above(self) -> str:
        return canonical_word(self.governor.head) if self.governor else ""


def dependents(unit: Unit) -> tuple[Dependent, ...]:
    """The phrases of a unit, each with what it depends on."""
    return tuple(
        Dependent(p, unit.phrases[unit.heads[i]] if unit.heads[i] >= 0 else None) for i, p in enumerate(unit.phrases)
    )


def heads_of(dependents: Sequence[Dependent]) -> tuple[str, ...]:
    """What two units must share to be compared at all."""
    return tuple(sorted(d.key for d in dependents))


def same(told: Sequence[Dependent], source: Sequence[Dependent]) -> bool:
    """Whether two units with the same heads say the same."""
    turned = _turned(told[-1].phrase, source[-1].phrase)
    unfinished = not told[-1].phrase.verb and told[-1].phrase.case
    if turned is None or unfinished or told[-1].key != source[-1].key:
        return False
    acted = any(d.governor is source[-1].phrase and _acts(d.phrase) for d in source)
    whole = any(d.governor is source[-1].phrase and d.phrase.case == "を" for d in source)
    if _crowded(source) and [d.key for d in told] != [d.key for d in source]:
        return False
    left = list(source[:-1])
    for mine in told[:-1]:
        found = next((s for s in left if _fits(mine, s, turned, acted, whole)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _crowded(source: Sequence[Dependent]) -> bool:
    """Whether two phrases stand in the same case with one predicate: only their order tells what belongs together."""
    places = [(id(d.governor), d.phrase.case or "に") for d in source if d.governor and d.governor.verb]
    return len(set(places)) < len(places)


def _turned(told: Phrase, source: Phrase) -> str | None:
    """How the voice of the last phrase differs: "" not at all, passive, active; None where it says something else."""
    mine, its = told.says - _MANNER, source.says - _MANNER
    if mine == its:
        return "" if told.case == source.case or not (told.case and source.case) else None
    if mine ^ its == {"受身"} and told.verb and source.verb:
        return "passive" if "受身" in mine else "active"
    return None


def _fits(mine: Dependent, its: Dependent, turned: str, acted: bool, whole: bool) -> bool:
    if mine.key != its.key or mine.above != its.above:
        return False
    told, source = mine.phrase, its.phrase
    if told.verb != source.verb:
        return False
    if told.verb:
        same_form = told.form == source.form or {told.form, source.form} <= {"and"}
        return same_form and told.says - _MANNER == source.says - _MANNER and told.case == source.case
    if "も" in told.says - source.says:
        return False
    final = its.governor is not None and its.governor.form in _ENDS
    if turned and final:
        return _turns(told, source, turned)
    return _same_case(told, source, its.governor, acted, whole)


def _turns(told: Phrase, source: Phrase, turned: str) -> bool:
    """Whether the particle fits where one tells passively what the other tells actively."""
    passive, active = (told, source) if turned == "passive" else (source, told)
    if active.case == "を" or (active.topic and not active.case and not is_actor(active.text)):
        return passive.case == "が" or _topic(passive)
    if active.case == "が" or _topic(active):
        return passive.case == "による"
    return told.case == source.case


def _same_case(told: Phrase, source: Phrase, governor: Phrase | None, acted: bool, whole: bool) -> bool:
    if told.case == source.case:
        return bool(told.case) or told.topic == source.topic or (told.adnominal and source.adnominal)
    cases = {told.case, source.case}
    passive = governor is not None and "受身" in governor.says
    thing = not is_actor(source.text)
    if governor is not None and governor.kind == "deed" and "の" in cases:
        return thing and cases <= ({"の", "が"} if passive else {"の", "を", "について"})
    if cases == {"", "に"} and is_quantity(source) and told.topic == source.topic:
        return True
    if governor is None or governor.form not in _ENDS:
        return False
    if _topic(told):
        return source.case == "が" or (source.case == "を" and (thing or acted))
    if _topic(source):
        if told.case == "が":
            return passive or not thing
        return told.case == "を" and thing and not whole and not passive
    return False


def _topic(phrase: Phrase) -> bool:
    return phrase.topic and not phrase.case


def _acts(phrase: Phrase) -> bool:
    return phrase.case == "が" or (_topic(phrase) and is_actor(phrase.text))

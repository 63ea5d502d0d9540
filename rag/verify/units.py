"""Phrases → the units of a sentence: one predicate with all that belongs to it, and who depends on whom.

A unit is the least that is told again or left out: nothing of it may lack, nothing may be added. What stood before it
in its sentence and still holds (a topic, a condition, who acts) belongs to it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.verify.particles import ADNOMINAL
from rag.verify.phrases import Phrase, is_quantity

#: Verbs that only say that the noun before them is done: 確認を行う is 確認する.
_LIGHT = frozenset({"行う", "実施", "為る", "成す"})
#: Nouns that begin a condition, and those that end a unit as 予定で does.
CONDITIONS = frozenset({"場合", "時", "際", "限り", "都度", "以外", "後", "前"})
_CASES = frozenset({"場合", "時", "際"})
_FORMAL = frozenset({"予定", "こと", "事", "為", "物", "もの", "方針"})
#: Forms in which one unit ends and the next begins.
_ENDS = frozenset({"and", "but", "final"})


@dataclass(frozen=True, slots=True)
class Unit:
    """Phrases and, for each, the number of the one that it depends on (-1: none, the last).

    number   its place in its sentence
    """

    phrases: tuple[Phrase, ...]
    heads: tuple[int, ...]
    number: int = 0

    @property
    def last(self) -> Phrase:
        """Its predicate, or the noun that it ends with."""
        return self.phrases[-1]

    def governor(self, at: int) -> str:
        """Head of what the phrase number `at` depends on; "" for the last."""
        return self.phrases[self.heads[at]].head if self.heads[at] >= 0 else ""

    @property
    def subjects(self) -> tuple[Phrase, ...]:
        """Those of whom or which the unit speaks."""
        return tuple(p for i, p in enumerate(self.phrases) if self._is_subject(i, p))

    @property
    def holders(self) -> tuple[Phrase, ...]:
        """What holds for the units behind it too: topics and conditions."""
        return tuple(p for p in self.phrases if p.topic or p.form == "if" or p.head in CONDITIONS)

    def _is_subject(self, at: int, phrase: Phrase) -> bool:
        if phrase.verb or at == len(self.phrases) - 1:
            return False
        if phrase.topic and phrase.case in {"", "等"}:
            return True
        governor = self.phrases[self.heads[at]]
        return phrase.case in {"が", "だけが", "だけ", "等が"} and governor.form in _ENDS


def units(phrases: Sequence[Phrase]) -> list[list[Unit]]:
    """The units of each sentence."""
    found: list[list[Unit]] = [[]]
    unit: list[Phrase] = []
    for phrase in (_formal(p) for p in phrases):
        unit.append(phrase)
        ends = phrase.form == "but" or (phrase.comma and phrase.form in _ENDS)
        if ends or phrase.stop:
            found[-1].append(unit_of(unit, len(found[-1])))
            unit = []
        if phrase.stop and found[-1]:
            found.append([])
    if unit:
        found[-1].append(unit_of(unit, len(found[-1])))
    return [sentence for sentence in found if sentence]


def unit_of(phrases: Sequence[Phrase], number: int = 0) -> Unit:
    """The unit that phrases make."""
    phrases = _conditional(phrases)
    listed = [_listed(p, phrases[i + 1] if i + 1 < len(phrases) else None) for i, p in enumerate(phrases)]
    heads = [_head(i, listed) for i in range(len(listed))]
    return _lightened(listed, heads, number)


def _conditional(phrases: Sequence[Phrase]) -> list[Phrase]:
    """無い場合は is 無ければ."""
    found: list[Phrase] = []
    for phrase in phrases:
        last = found[-1] if found else None
        if (
            last
            and last.form == "adnominal"
            and phrase.head in _CASES
            and phrase.case in {"", "に"}
            and not phrase.verb
            and not phrase.says
        ):
            found[-1] = replace(last, form="if", adnominal=False, comma=phrase.comma, case="")
        else:
            found.append(phrase)
    return found


def _formal(phrase: Phrase) -> Phrase:
    if phrase.head in _FORMAL and phrase.case == "で" and phrase.comma:
        return replace(phrase, case="", form="and", says=frozenset({"断定"}), kind="verb")
    return phrase


def _listed(phrase: Phrase, following: Phrase | None) -> Phrase:
    """A noun before a comma and another noun is an entry of a list."""
    noun = phrase.kind == "noun" and not phrase.case and not phrase.topic and not phrase.adnominal
    if noun and phrase.comma and following is not None and following.kind == "noun" and not is_quantity(phrase):
        return replace(phrase, case="and", adnominal=True)
    return phrase


def _head(at: int, phrases: Sequence[Phrase]) -> int:
    phrase = phrases[at]
    if at + 1 >= len(phrases):
        return -1
    if phrase.adnominal or phrase.case in ADNOMINAL:
        return at + 1
    for ahead in range(at + 1, len(phrases)):
        if phrases[ahead].verb:
            return ahead
    return len(phrases) - 1


def _lightened(phrases: list[Phrase], heads: list[int], number: int) -> Unit:
    """The unit with 確認を行う made into 確認する."""
    gone: dict[int, int] = {}
    for at, verb in enumerate(phrases):
        if verb.form and verb.head in _LIGHT and (done := _done(at, phrases, heads)) is not None:
            noun = phrases[done]
            phrases[at] = replace(
                verb, head=noun.head, text=noun.text, start=noun.start, mention=noun.mention, kind="deed"
            )
            gone[done] = at
    kept = [i for i in range(len(phrases)) if i not in gone]
    place = {old: new for new, old in enumerate(kept)}
    place |= {old: place[at] for old, at in gone.items() if at in place}
    return Unit(
        tuple(phrases[i] for i in kept),
        tuple(place[heads[i]] if heads[i] >= 0 else -1 for i in kept),
        number,
    )


def _done(verb: int, phrases: Sequence[Phrase], heads: Sequence[int]) -> int | None:
    """The noun that a light verb says to be done: marked by を; by が of a passive; by は where nothing else is."""
    nouns = [i for i in range(verb) if heads[i] == verb and not phrases[i].verb]
    own = [i for i in nouns if phrases[i].mention < 0 and not phrases[i].says]
    if any(phrases[i].case == "と" for i in nouns):
        return None
    for wanted in ("を", "が") if "受身" in phrases[verb].says else ("を",):
        found = [i for i in own if phrases[i].case == wanted]
        if found:
            return found[-1] if len(found) == 1 else None
    topics = [i for i in own if phrases[i].topic and not phrases[i].case]
    acting = any(phrases[i].case == "が" for i in nouns)
    return topics[-1] if topics and not acting else None

"""Measures: sentences of several peers that say the same, ranked, for one field of the draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.draft.adapting import Adapted, Adapter, own_words
from rag.draft.material import Said
from rag.draft.words import concepts, plain, words

#: From this likeness on (0…1, higher is more alike) two sentences say the same.
ALIKE = 0.5
_PREDICATE = re.compile(r"(る|い|た|う|く|す|む)[。.]?$")
_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with those that continue it, as adapted."""

    said: tuple[Said, ...]
    adapted: tuple[Adapted, ...]

    @property
    def text(self) -> str:
        """Its first sentence as adapted."""
        return self.adapted[0].text

    @property
    def document(self) -> str:
        """Whose it is."""
        return self.said[0].document

    @property
    def clause(self) -> bool:
        """Whether it is a clause of a list (…に関する事項) rather than a sentence."""
        return _clause(self.text)


@dataclass(frozen=True, slots=True)
class Measure:
    """What one or more peers do: their units, the best worded first."""

    units: tuple[Unit, ...]

    @property
    def best(self) -> Unit:
        """The unit that is drafted."""
        return self.units[0]

    @property
    def documents(self) -> tuple[str, ...]:
        """Which peers have it or another of its topic: what it is ranked by."""
        return tuple(dict.fromkeys(u.document for u in self.units))

    @property
    def backing(self) -> tuple[Unit, ...]:
        """The units of other peers that say what the best one says, one a peer: what it is cited with."""
        found = {u.document: u for u in reversed(self.units) if backs(self.best.text, u.text)}
        return tuple(u for document, u in found.items() if document != self.best.document)


def units(said: Sequence[Said], adapter: Adapter, topics: frozenset[str]) -> tuple[Unit, ...]:
    """The peers' own sentences that can be taken over, each with what continues it."""
    found: list[Unit] = []
    open_ = bulleted = False  # whether the sentence before was taken, and whether it began with a bullet
    last: Said | None = None
    for one in said:
        begins = bool(one.bullet) or last is None or last.item is not one.item or last.heading != one.heading
        bulleted, last = bool(one.bullet) if begins else bulleted, one
        if one.national is not None or one.footnote or words().opening.search(plain(one.text)):
            open_ = False
            continue
        adapted = adapter.adapt(one)
        continues = not begins and (bulleted or bool(words().continuing.search(plain(one.text))))
        if continues:
            if open_ and found and found[-1].document == one.document and not adapted.refused:
                whole = found.pop()
                found.append(Unit((*whole.said, one), (*whole.adapted, adapted)))
            continue
        open_ = not adapted.refused and (not topics or bool(topics & concepts(one.text)))
        if open_:
            found.append(Unit((one,), (adapted,)))
    return tuple(found)


def grouped(every: Iterable[Unit], rank: Sequence[str]) -> tuple[Measure, ...]:
    """Units that say the same together; measures most shared first, then by the rank of the peers (documents)."""
    groups: list[list[Unit]] = []
    for unit in every:
        near = [(min(alike(unit.text, u.text) for u in g), n) for n, g in enumerate(groups)]
        likeness, home = max(near, key=lambda x: x[0], default=(0.0, -1))
        if likeness >= ALIKE:
            groups[home].append(unit)
        else:
            groups.append([unit])
    found = [Measure(tuple(sorted(g, key=lambda u: _wording(u, rank)))) for g in groups]
    return tuple(sorted(found, key=lambda m: (-len(m.documents), _wording(m.best, rank))))


def _wording(unit: Unit, rank: Sequence[str]) -> tuple[int, int, int, int]:
    """Best worded first: nothing to fill in, says the most, little changed, the nearest peer."""
    adapted = unit.adapted[0]
    return adapted.asked, -len(concepts(adapted.text)), own_words(adapted.changed), rank.index(unit.document)


def alike(one: str, other: str) -> float:
    """How much two sentences say the same, 0…1: by what they speak of and by their letters."""
    letters = _dice(_pairs(one), _pairs(other))
    mine, theirs = concepts(one), concepts(other)
    if not mine or not theirs:
        return letters
    shared = len(mine & theirs) / len(mine | theirs)
    return max(
        letters, 0.75 * shared + 0.25 * letters if _short(one) or _short(other) else 0.5 * shared + 0.5 * letters
    )


def backs(one: str, other: str) -> bool:
    """Whether one sentence is evidence for the other: both say the same, and not only something of one broad topic.

    Measures of one topic (教育) are chosen among, one for all; but a peer that trains its contractors is no evidence
    for training staff.
    """
    letters_only = concepts(one) & concepts(other) <= words().broad and not (_clause(one) and _clause(other))
    likeness = _dice(_pairs(one), _pairs(other)) if letters_only else alike(one, other)
    return likeness >= ALIKE


def _clause(text: str) -> bool:
    return not text.endswith("。") and not _PREDICATE.search(text)


def _short(text: str) -> bool:
    """A clause of a list says one thing: what it speaks of is all there is to compare."""
    return len(text) <= 30


def _pairs(text: str) -> frozenset[str]:
    letters = _LETTERS.sub("", plain(text))
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0

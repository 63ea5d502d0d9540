"""Units of the evidence's prose with the place where they stand, and what may be said of that place before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.verify.likeness import Dependent
from rag.verify.mentions import Mention
from rag.verify.phrases import Phrase
from rag.verify.units import CONDITIONS, Unit
from rag.verify.vocabulary import listed

#: Particles of a word that only says where or when something stands.
_PLACES = frozenset({"で", "の", "について"})


@dataclass(frozen=True)
class Origin:
    """Where a text of the evidence stands.

    speaks   whether the municipality may be named as the one who acts: not where a contractor does
    records  numbers of the records that it belongs to
    """

    tokens: frozenset[int]
    body: str
    document: str
    headings: frozenset[str]
    file: str
    speaks: bool
    records: frozenset[int]


@dataclass(frozen=True)
class Source:
    """A unit of the evidence.

    holds    numbers of the earlier units of its sentence that hold for it too
    subject  number of the unit that names who or what it speaks of; -1 where none does
    """

    unit: Unit
    parts: tuple[Dependent, ...]
    sentence: int
    holds: tuple[int, ...]
    subject: int
    wrapped: bool
    origin: Origin


def follows(source: Source, chosen: Sequence[Source]) -> bool:
    """Whether a unit may stand behind others in one sentence: what held there holds here, and nothing else does."""
    own = [c for c in chosen if c.sentence == source.sentence]
    others = [c for c in chosen if c.sentence != source.sentence]
    if own and own[-1].unit.number >= source.unit.number:
        return False
    if not set(source.holds) <= {c.unit.number for c in own}:
        return False
    if any(_holds_on(c.unit) for c in others):
        return False
    if source.subject == source.unit.number:
        return True
    speaking = [c for c in chosen if c.unit.subjects]
    if source.subject < 0:
        return not speaking
    return bool(speaking) and speaking[-1].sentence == source.sentence and speaking[-1].unit.number == source.subject


def _holds_on(unit: Unit) -> bool:
    """Whether something in a unit would hold for what follows it: a condition, a scene."""
    return any(p.form == "if" or p.head in CONDITIONS or (p.topic and p.case) for p in unit.phrases)


def framing(unit: Unit, mentions: Sequence[Mention]) -> frozenset[int]:
    """The phrases before all others that only join the sentence to others or say where it stands."""
    end = 0
    while end < len(unit.phrases) - 1 and _frames(unit.phrases[end], mentions):
        end += 1
    while end and unit.phrases[end - 1].adnominal:  # it belongs to a word that is told
        end -= 1
    return frozenset(range(end))


def _frames(phrase: Phrase, mentions: Sequence[Mention]) -> bool:
    if phrase.verb:
        return False
    if phrase.mention >= 0:
        places = phrase.case in _PLACES or phrase.case == "として" or _topic(phrase)
        return mentions[phrase.mention].scope and places
    if phrase.head in listed("connectives"):
        return not phrase.case.strip("には")
    return phrase.head in listed("frame_nouns") and phrase.case in {"", *_PLACES}


def framed(phrase: Phrase, mentions: Sequence[Mention], source: Source) -> bool:
    """Whether a framing phrase is true of the evidence."""
    if phrase.mention < 0:
        return True
    mention, origin = mentions[phrase.mention], source.origin
    if mention.body and mention.text == origin.body:
        return not _topic(phrase) or (origin.speaks and source.subject < 0)
    if origin.document in mention.titles or (origin.file and mention.text == origin.file):
        return not _topic(phrase)
    if mention.headings & origin.headings:
        return True
    return phrase.case != "の" and not _topic(phrase) and any(f.record in origin.records for f in mention.facts)


def _topic(phrase: Phrase) -> bool:
    return phrase.topic and not phrase.case

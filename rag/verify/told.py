"""Prose of the evidence, unit by unit, and whether a sentence tells units of it again: whole, with nothing added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.tokens import Words
from rag.verify.likeness import Dependent, dependents, heads_of, same
from rag.verify.mentions import Marked, Mention, Mentions
from rag.verify.phrases import Phrase, phrases
from rag.verify.units import CONDITIONS, Unit, unit_of, units
from rag.verify.vocabulary import listed

#: Particles of a word that only says where or when something stands.
_PLACES = frozenset({"で", "の", "について"})

#: The tokens of the piece of a sentence in which a phrase of a marked text stands.
TokensAt = Callable[[Marked, Phrase], frozenset[int]]


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


class Told:
    """The prose of all evidence of an answer."""

    def __init__(self, mentions: Mentions, words: Words) -> None:
        self._mentions = mentions
        self._words = words
        self._by_heads: dict[tuple[str, ...], list[Source]] = defaultdict(list)
        self._sentences = 0

    def add(self, text: str, origin: Origin) -> None:
        """Takes a folded text of the evidence."""
        self._take(self._mentions.mark(text, scope_only=True), origin)

    def add_units(self, sentence: Sequence[Unit], origin: Origin) -> None:
        """Takes the units of one sentence."""
        self._sentences += 1
        for at, unit in enumerate(sentence):
            bare, wrapped = unwrapped(_joined_up(unit))
            before = sentence[:at]
            holds = tuple(u.number for u in before if u.holders)
            speaking = [u.number for u in (*before, unit) if u.subjects]
            source = Source(
                unit, dependents(bare), self._sentences, holds, speaking[-1] if speaking else -1, wrapped, origin
            )
            self._by_heads[heads_of(source.parts)].append(source)

    def read(self, marked: Marked) -> list[list[Unit]]:
        """The units of each sentence of a marked text."""
        return units(phrases(marked.text, [m.text for m in marked.mentions], self._words))

    def bears(self, marked: Marked, tokens_at: TokensAt) -> frozenset[int] | None:
        """The tokens that bear a text told again, None where something of it is not in them."""
        used: set[int] = set()
        for sentence in self.read(marked):
            found = self._sentence(sentence, marked, tokens_at)
            if found is None:
                return None
            used |= found
        for aside in marked.asides:
            told = self.bears(aside, tokens_at)
            if told is None:
                return None
            used |= told
        return frozenset(used)

    def nearest(self, unit: Unit) -> Source | None:
        """The unit of the evidence that shares most with a unit, for telling what is wrong with it."""
        heads = set(heads_of(dependents(unit)))
        best = max(self._by_heads, key=lambda h: len(heads & set(h)) / (len(heads | set(h)) or 1), default=None)
        return self._by_heads[best][0] if best is not None and heads & set(best) else None

    def _take(self, marked: Marked, origin: Origin) -> None:
        for sentence in self.read(marked):
            self.add_units(sentence, origin)
        for aside in marked.asides:
            self._take(aside, origin)

    def _sentence(self, sentence: Sequence[Unit], marked: Marked, tokens_at: TokensAt) -> set[int] | None:
        chosen: list[Source] = []
        used: set[int] = set()
        for unit in sentence:
            found = next((s for s in self._sources(unit, marked, tokens_at) if _follows(s, chosen)), None)
            if found is None:
                return None
            chosen.append(found)
            used.update(*(found.origin.tokens & tokens_at(marked, p) for p in unit.phrases))
        return used

    def _sources(self, unit: Unit, marked: Marked, tokens_at: TokensAt) -> list[Source]:
        bare, wrapped = unwrapped(_joined_up(unit))
        mentions = marked.mentions
        found = []
        for without in (_frame(bare, mentions), frozenset()):
            parts = tuple(d for i, d in enumerate(dependents(bare)) if i not in without)
            if not parts or any(bare.heads[i] in without for i in range(len(bare.phrases)) if i not in without):
                continue
            for source in self._by_heads.get(heads_of(parts), ()):
                if not source.unit.last.verb:
                    continue
                borne = all(source.origin.tokens & tokens_at(marked, p) for p in unit.phrases)
                framed = all(_framed(bare.phrases[i], mentions, source) for i in without)
                if borne and framed and (wrapped or not source.wrapped) and same(parts, source.parts):
                    found.append(source)
            if not without:
                break
        return found


def _follows(source: Source, chosen: Sequence[Source]) -> bool:
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


def _frame(unit: Unit, mentions: Sequence[Mention]) -> frozenset[int]:
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


def _framed(phrase: Phrase, mentions: Sequence[Mention], source: Source) -> bool:
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


def _joined_up(unit: Unit) -> Unit:
    """The unit without words that only join it to what stands before."""
    kept = [p for p in unit.phrases if not (p.kind == "connective" and p.head in listed("connectives"))]
    return unit if len(kept) == len(unit.phrases) or not kept else unit_of(kept, unit.number)


def unwrapped(unit: Unit) -> tuple[Unit, bool]:
    """A unit without an ending that only says where it stands (とされている), and whether it had one."""
    parts = list(unit.phrases)
    last = parts[-1]
    if len(parts) < 2 or last.head not in listed("wrappers") or last.says - {"受身", "継続"} or not last.verb:
        return unit, False
    before = parts[-2]
    if (
        before.head in {"こと", "事"}
        and before.case in {"と", "に"}
        and len(parts) > 2
        and parts[-3].form == "adnominal"
    ):
        kept = parts[:-2]
    elif before.case == "と" and (before.verb or before.mention >= 0):
        kept = parts[:-1]
        if not before.verb:
            kept[-1] = replace(before, says=frozenset({"断定"}), kind="verb")
    else:
        return unit, False
    kept[-1] = replace(kept[-1], form=last.form, case="", adnominal=False)
    return unit_of(kept, unit.number), True

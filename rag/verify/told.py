"""Prose of the evidence, unit by unit, and whether a sentence tells units of it again: whole, with nothing added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rag.tokens import Words
from rag.verify.likeness import dependents, heads_of, same
from rag.verify.marking import Marked, TokensAt, mark
from rag.verify.mentions import Mentions
from rag.verify.phrasing import phrases
from rag.verify.sources import Origin, Source, follows, framed, framing
from rag.verify.units import Unit, units
from rag.verify.wrapping import unjoined, unwrapped


class Told:
    """The prose of all evidence of an answer."""

    def __init__(self, mentions: Mentions, words: Words) -> None:
        self._mentions = mentions
        self._words = words
        self._by_heads: dict[tuple[str, ...], list[Source]] = defaultdict(list)
        self._sentences = 0

    def add(self, text: str, origin: Origin) -> None:
        """Takes a folded text of the evidence."""
        self._take(mark(self._mentions, text, scope_only=True), origin)

    def add_units(self, sentence: Sequence[Unit], origin: Origin) -> None:
        """Takes the units of one sentence."""
        self._sentences += 1
        for at, unit in enumerate(sentence):
            bare, wrapped = unwrapped(unjoined(unit))
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

    def _take(self, marked: Marked, origin: Origin) -> None:
        for sentence in self.read(marked):
            self.add_units(sentence, origin)
        for aside in marked.asides:
            self._take(aside, origin)

    def _sentence(self, sentence: Sequence[Unit], marked: Marked, tokens_at: TokensAt) -> set[int] | None:
        chosen: list[Source] = []
        used: set[int] = set()
        for unit in sentence:
            found = next((s for s in self._sources(unit, marked, tokens_at) if follows(s, chosen)), None)
            if found is None:
                return None
            chosen.append(found)
            used.update(*(found.origin.tokens & tokens_at(marked, p) for p in unit.phrases))
        return used

    def _sources(self, unit: Unit, marked: Marked, tokens_at: TokensAt) -> Iterator[Source]:
        """The units of the evidence that a unit tells again, without the words that frame it or with them."""
        bare, wrapped = unwrapped(unjoined(unit))
        frame = framing(bare, marked.mentions)
        for without in dict.fromkeys((frame, frozenset())):
            parts = tuple(d for i, d in enumerate(dependents(bare)) if i not in without)
            for source in self._by_heads.get(heads_of(parts), ()):
                told = source.unit.last.verb and (wrapped or not source.wrapped) and same(parts, source.parts)
                cited = all(source.origin.tokens & tokens_at(marked, p) for p in unit.phrases)
                if told and cited and all(framed(bare.phrases[i], marked.mentions, source) for i in without):
                    yield source

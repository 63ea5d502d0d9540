"""Whether a sentence is put together as its evidence is: as records join names and numbers, or as its prose says it.

This alone decides; what else is checked only tells people why a sentence was left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from ingest.labels import CIRCLED
from rag.tokens import Words
from rag.verify import english
from rag.verify.facts import folded
from rag.verify.frames import Frames
from rag.verify.grounds import Ground, Grounds
from rag.verify.marking import Marked, mark
from rag.verify.mentions import Mentions
from rag.verify.phrases import FIRST_MARK, LAST_MARK, Phrase
from rag.verify.phrasing import phrases
from rag.verify.records import clean, records_of
from rag.verify.sentences import Piece
from rag.verify.sources import Origin
from rag.verify.told import Told
from rag.verify.units import unit_of
from rag.verify.vocabulary import heading_of, speaks_of_present

_ENTRIES = re.compile(rf"(?:^|(?<=\s))[・\-]\s*|[{CIRCLED}]\s*|\n")
#: Where a contractor or a system does what is told.
_OTHERS = re.compile(r"(?:(?:II|III)\.4|I\.2)(?:\s|$)")
_WHERE = re.compile(r"\(([^()]*)における措置\)")
_CHOSEN = re.compile(r"(.+)(あり|なし)")
#: What names the municipality in the form's labels.
_SELF = frozenset({"評価実施機関"})
#: A cell of a row shorter than this is no prose.
_PROSE_CHARS = 10
_MARKER = re.compile(r"\[(\d{1,4})\]")
_LOOSE = re.compile(r"\s+([,.:'])")
_BULLET = re.compile(r"^[-*・]")


class Structure:
    """The records and the prose of an answer, read once."""

    def __init__(self, grounds: Grounds, words: Words) -> None:
        lines = {n: g.lines for n, g in grounds.by_token.items()}
        self._records = records_of(grounds.answer, lines)
        self._mentions = Mentions(self._records)
        self._told = Told(self._mentions, words)
        self._words = words
        self._language = grounds.answer.language
        self._today = speaks_of_present(folded(grounds.answer.answer))
        self._frames = Frames(self._records, [folded(line) for line in (*grounds.lead, *grounds.tail)], words)
        self._origins: dict[int, Origin] = {}
        for number, ground in grounds.by_token.items():
            if not ground.history:
                self._take(number, ground)
        for line in grounds.cited:
            self._take_line(line)

    def bears(self, pieces: Sequence[Piece]) -> frozenset[int] | None:
        """The tokens that bear a sentence, None where they do not bear it as it is put together."""
        if not self._today and speaks_of_present(folded("".join(piece.text for piece in pieces))):
            return None  # an older version may be the one that answers
        return self._bears_english(pieces) if self._language == "en" else self._bears_japanese(pieces)

    def _bears_english(self, pieces: Sequence[Piece]) -> frozenset[int] | None:
        words = [folded_words(p.text) for p in pieces]
        ends = list(accumulate(len(part) for parts in words for part in parts))
        owner = [i for i, parts in enumerate(words) for part in parts for _ in part]
        every = frozenset(n for piece in pieces for n in piece.tokens)
        tokens = [frozenset(piece.tokens) or every for piece in pieces]
        text = "".join(part for parts in words for part in parts)
        marked = mark(self._mentions, text, breaks=frozenset(ends))
        if marked.asides:
            return None
        spaced = "".join((" " if at in ends else "") + c for c, at in zip(marked.text, marked.origin, strict=True))
        spaced = _LOOSE.sub(r"\1", spaced)
        marks = [at for c, at in zip(marked.text, marked.origin, strict=True) if FIRST_MARK <= c <= LAST_MARK]
        return english.bears(self._records, marked, spaced, [tokens[owner[at]] for at in marks])

    def _bears_japanese(self, pieces: Sequence[Piece]) -> frozenset[int] | None:
        spaced = [folded_words(_BULLET.sub("", p.text.lstrip()) if i == 0 else p.text) for i, p in enumerate(pieces)]
        owner = [i for i, parts in enumerate(spaced) for part in parts for _ in part]
        breaks = frozenset(accumulate(len(part) for parts in spaced for part in parts))
        every = frozenset(n for piece in pieces for n in piece.tokens)
        tokens = [frozenset(piece.tokens) or every for piece in pieces]

        def tokens_at(marked: Marked, phrase: Phrase) -> frozenset[int]:
            return tokens[owner[marked.origin[phrase.start]]]

        text = "".join(part for parts in spaced for part in parts)
        if self._adds_a_body(text):
            return None
        used = self._frames.bears(mark(self._mentions, text, breaks=breaks), tokens_at)
        if used is None:
            used = self._told.bears(mark(self._mentions, text, scope_only=True, breaks=breaks), tokens_at)
        return used

    def _adds_a_body(self, text: str) -> bool:
        """Whether it is said of the only municipality that it too is so."""
        bodies = {r.body for r in self._records}
        return len(bodies) == 1 and any(re.search(rf"{re.escape(b)}(?:で|に|へ|から)?も", text) for b in bodies)

    def _take(self, number: int, ground: Ground) -> None:
        c = ground.citation
        records = [r for r in self._records if number in r.tokens]
        where = {w for line in ground.lines for w in _WHERE.findall(line)}
        label = clean(c.label)
        origin = Origin(
            tokens=frozenset({number}),
            body=folded(c.municipality),
            document=c.document,
            headings=frozenset({heading_of(label), heading_of(clean(c.section.rpartition(" ")[2])), folded(c.section)}),
            file=next((r.file for r in records if r.file), ""),
            speaks=not _OTHERS.match(c.section) and where <= {c.municipality},
            records=frozenset(r.number for r in records),
        )
        if len(c.quote) >= _PROSE_CHARS:
            self._told.add(_prose(c.quote), origin)
        self._origins[number] = origin
        for record in records:
            if not record.row:
                continue
            own = replace(origin, tokens=record.tokens, speaks=False, records=frozenset({record.number}))
            for heading, value in record.cells:
                if len(value) >= _PROSE_CHARS and number == min(record.tokens):
                    self._told.add(_prose(value), replace(own, headings=frozenset({heading})))
        self._take_choice(label, c.quote, origin)

    def _take_line(self, line: str) -> None:
        """A line of the composed answer that is a sentence: it may be said again as it is."""
        numbers = frozenset(int(n) for n in _MARKER.findall(line))
        before, colon, behind = _MARKER.sub("", line).partition(": ")
        text = behind if colon and "「" not in before else before + colon + behind
        if text.endswith("。") and numbers <= self._origins.keys():
            origin = self._origins[min(numbers)]
            self._told.add(_prose(text), replace(origin, tokens=numbers, speaks=False))

    def _take_choice(self, label: str, quote: str, origin: Origin) -> None:
        """A label that asks whether something is so, with the answer: as one says it in a sentence."""
        chosen = _CHOSEN.fullmatch(folded(quote))
        if chosen is None or not label.endswith("か"):
            return
        read = phrases(label.removesuffix("か"), [], self._words)
        if not read or read[-1].head != chosen[1] or not read[-1].verb:
            return
        denied = frozenset({"否定"}) if chosen[2] == "なし" else frozenset()
        for says in (read[-1].says ^ denied, (read[-1].says - {"過去"}) ^ denied):
            said = [*read[:-1], replace(read[-1], says=says, form="final")]
            for kept in (said, [p for p in said if p.head not in _SELF]):
                self._told.add_units([unit_of(kept)], origin)
        quoted = Phrase(f"「{folded(quote)}", "", 0, form="final", says=frozenset({"断定"}), kind="verb")
        for kept in (read[:-1], [p for p in read[:-1] if p.head not in _SELF]):
            self._told.add_units([unit_of([*kept, quoted])], origin)


def folded_words(text: str) -> list[str]:
    """The words of a text between its white space, each folded."""
    return [folded(word) for word in text.split()]


def _prose(text: str) -> str:
    """A text with each entry of an enumeration as a sentence of its own, folded."""
    return folded(_ENTRIES.sub("。", text)).lstrip("。")

"""A text → the same with a mark in place of each mention: of a municipality, a duty, a heading, a value, a quotation.

What is marked is compared as a whole, so that no name is cut and no comma inside a value is taken for one of the
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rag.verify.phrases import FIRST_MARK
from rag.verify.records import Fact, Record
from rag.verify.vocabulary import critical, headings, identifying

_WORD = re.compile(r"[一-龥々ァ-ヴーa-z0-9%]")
_NOUNISH = re.compile(r"[一-龥々ァ-ヴーa-z0-9%」』)\ue000-\uf8ff]")
#: A note in brackets behind a noun is part of its name up to this length.
_NOTE_CHARS = 40
#: A note with such words limits what stands before it.
_BINDING = frozenset({"only", "exception", "forbidden"})
_DUTY = re.compile(r"(?:に関する)?事務$")
_GRANT = re.compile(r"の(?:支給|実施|管理|給付)$|等?管理$")
_FORM = re.compile(r"(?:特定個人情報保護評価書|(?:重点|全|基礎)項目評価書)(?:\(.*\))?$")
_MOST = 4000


@dataclass(frozen=True, slots=True)
class Mention:
    """What a marked piece of text may be."""

    text: str
    facts: tuple[Fact, ...] = ()
    headings: frozenset[str] = frozenset()
    body: bool = False
    titles: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()

    @property
    def scope(self) -> bool:
        """Whether it may tell what a sentence is about, besides saying something itself."""
        return self.body or bool(self.titles or self.files or self.headings) or self.identifies

    @property
    def identifies(self) -> bool:
        """Whether it tells one record from the others."""
        return any(fact.heading in identifying() for fact in self.facts)


@dataclass
class Marked:
    """A text with marks. `origin`: for each of its characters the place in the text that it was made of."""

    text: str
    mentions: list[Mention]
    origin: list[int]
    asides: list[Marked] = field(default_factory=list)


class Mentions:
    """All that the records of an answer let a sentence mention."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._facts: dict[str, dict[Fact, None]] = {}
        self._titles: dict[str, set[str]] = {}
        self._files: dict[str, set[str]] = {}
        self._bodies = {r.body for r in records}
        for record in records:
            self._add(record)
        self._headings = {alias: frozenset(found) for alias, found in _aliases(records).items()}
        every = {*self._facts, *self._titles, *self._files, *self._bodies, *self._headings}
        ordered = sorted((t for t in every if t), key=len, reverse=True)[:_MOST]
        self._pattern = re.compile("|".join(map(re.escape, ordered)) or r"(?!)")
        self._known: dict[str, Mention] = {}

    def mark(
        self, text: str, scope_only: bool = False, breaks: frozenset[int] = frozenset(), offset: int = 0
    ) -> Marked:
        """A folded text with its mentions marked; with `scope_only` those that may tell what a sentence is about.

        breaks   places of the text before which white space stood: there a word ends
        """
        return _Marker(self, text, scope_only, breaks, offset).mark()

    def get(self, text: str) -> Mention | None:
        """What a text may be, where it is a mention as a whole."""
        text = text.rstrip("。")
        return self._mention(text) if self._pattern.fullmatch(text) else None

    def at(
        self, text: str, start: int, breaks: frozenset[int] = frozenset(), scope_only: bool = False
    ) -> Mention | None:
        """The longest mention that begins at a place of a text and is no piece of a longer word."""
        for end in self._matches(text, start):
            found = self._mention(text[start:end])
            if (found.scope or not scope_only) and not _cuts(text, start, end, breaks):
                return found
        return None

    def _matches(self, text: str, start: int) -> Iterable[int]:
        end = len(text)
        while (match := self._pattern.match(text, start, end)) is not None:
            yield match.end()
            end = match.end() - 1

    def _mention(self, text: str) -> Mention:
        if text not in self._known:
            self._known[text] = Mention(
                text, tuple(self._facts.get(text, ())), self._headings.get(text, frozenset()), text in self._bodies,
                frozenset(self._titles.get(text, ())), frozenset(self._files.get(text, ())),
            )  # fmt: skip
        return self._known[text]

    def _add(self, record: Record) -> None:
        for fact in record.facts:
            texts = {fact.text}
            if fact.text.startswith(record.body) and len(fact.text) > len(record.body) + 2:
                texts.add(fact.text.removeprefix(record.body))
            for text in texts:
                self._facts.setdefault(text, {})[fact] = None
        for title in _titles(record.title, record.body):
            self._titles.setdefault(title, set()).add(record.document)
        if record.file:
            self._files.setdefault(record.file, set()).add(record.document)


def _aliases(records: Iterable[Record]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for heading in {f.heading for r in records for f in r.facts}:
        for name in headings(heading):
            found.setdefault(name, set()).add(heading)
    return found


def _titles(title: str, body: str) -> set[str]:
    """A duty's name as people shorten it: without the form's name, 事務, the kind of work."""
    whole = _FORM.sub("", title).removeprefix(body)
    short = _DUTY.sub("", whole)
    shorter = _GRANT.sub("", short)
    found = {whole, short, shorter, *shorter.split("の")[-1:]}
    return {t for t in found if len(t) >= 3} | {f"{t}の事務" for t in (short, shorter) if len(t) >= 3}


class _Marker:
    def __init__(self, table: Mentions, text: str, scope_only: bool, breaks: frozenset[int], offset: int) -> None:
        self.breaks = breaks
        self.table = table
        self.source = text
        self.scope_only = scope_only
        self.offset = offset
        self.out: list[str] = []
        self.made = Marked("", [], [])

    def mark(self) -> Marked:
        at = 0
        while at < len(self.source):
            at = self._step(at)
        self.made.text = "".join(self.out)
        return self.made

    def _step(self, at: int) -> int:
        char = self.source[at]
        if char in "「『" and (end := _closing(self.source, at)) > 0:
            inner = self.source[at + 1 : end]
            self._put(self._wanted(self.table.get(inner)) or Mention(f"「{inner}"), at)
            return end + 1
        if char == "(" and (end := _closing(self.source, at)) > 0:
            return self._bracket(at, end)
        if char == ")":
            return at + 1
        mention = self.table.at(self.source, at, self.breaks, self.scope_only)
        if mention is not None:
            self._put(mention, at)
            return at + len(mention.text)
        self._copy(char, at)
        return at + 1

    def _bracket(self, at: int, end: int) -> int:
        """A note behind a noun belongs to it; mentions in brackets are told along; anything else stands apart."""
        inner = self.source[at + 1 : end]
        before = self.out[-1] if self.out else ""
        if not self.scope_only and self._only_mentions(at + 1, end):
            self._copy("、", at)
            return at + 1
        if critical(inner) & _BINDING or (before and _NOUNISH.fullmatch(before) and len(inner) <= _NOTE_CHARS):
            self._put(Mention(f"({inner})"), at)
        else:
            self.made.asides.append(self.table.mark(inner, self.scope_only, frozenset(), self.offset + at + 1))
        return end + 1

    def _only_mentions(self, start: int, end: int) -> bool:
        at = start
        while at < end:
            mention = self.table.at(self.source, at, self.breaks)
            if mention is None and self.source[at] not in "、,: ":
                return False
            at += len(mention.text) if mention else 1
        return end > start

    def _wanted(self, mention: Mention | None) -> Mention | None:
        return None if mention is None or (self.scope_only and not mention.scope) else mention

    def _put(self, mention: Mention, at: int) -> None:
        self._copy(chr(ord(FIRST_MARK) + len(self.made.mentions)), at)
        self.made.mentions.append(mention)

    def _copy(self, char: str, at: int) -> None:
        self.out.append(char)
        self.made.origin.append(self.offset + at)


def _closing(text: str, at: int) -> int:
    """Where the bracket that opens at a place closes; 0 where it does not."""
    opening, depth = text[at], 0
    closing = {"「": "」", "『": "』", "(": ")"}[opening]
    for i in range(at, len(text)):
        depth += (text[i] == opening) - (text[i] == closing)
        if depth == 0:
            return i
    return 0


def _cuts(text: str, start: int, end: int, breaks: frozenset[int]) -> bool:
    """Whether a mention would be cut out of a longer word."""
    before = start > 0 and start not in breaks and _WORD.match(text[start - 1]) and _WORD.match(text[start])
    behind = end < len(text) and end not in breaks and _WORD.match(text[end]) and _WORD.match(text[end - 1])
    return bool(before or behind)

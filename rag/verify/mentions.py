"""All that the records of an answer let a sentence mention: municipalities, duties, files, headings, values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.verify.records import Fact, Record
from rag.verify.vocabulary import headings, identifying

_WORD = re.compile(r"[一-龥々ァ-ヴーa-z0-9%]")
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


class Mentions:
    """What texts may be, by the records of an answer."""

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


def _cuts(text: str, start: int, end: int, breaks: frozenset[int]) -> bool:
    """Whether a mention would be cut out of a longer word."""
    before = start > 0 and start not in breaks and _WORD.match(text[start - 1]) and _WORD.match(text[start])
    behind = end < len(text) and end not in breaks and _WORD.match(text[end]) and _WORD.match(text[end - 1])
    return bool(before or behind)

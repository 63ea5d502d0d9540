"""A text → the same with a mark in place of each mention: of a municipality, a duty, a heading, a value, a quotation.

What is marked is compared as a whole, so that no name is cut and no comma inside a value is taken for one of the
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rag.verify.mentions import Mention, Mentions
from rag.verify.phrases import FIRST_MARK, Phrase
from rag.verify.vocabulary import critical

_NOUNISH = re.compile(r"[一-龥々ァ-ヴーa-z0-9%」』)\ue000-\uf8ff]")
#: A note in brackets behind a noun is part of its name up to this length.
_NOTE_CHARS = 40
#: A note with such words limits what stands before it.
_BINDING = frozenset({"only", "exception", "forbidden"})


@dataclass
class Marked:
    """A text with marks. `origin`: for each of its characters the place in the text that it was made of."""

    text: str
    mentions: list[Mention]
    origin: list[int]
    asides: list[Marked] = field(default_factory=list)


#: The tokens of the piece of a sentence in which a phrase of a marked text stands.
TokensAt = Callable[[Marked, Phrase], frozenset[int]]


def mark(
    mentions: Mentions, text: str, scope_only: bool = False, breaks: frozenset[int] = frozenset(), offset: int = 0
) -> Marked:
    """A folded text with its mentions marked; with `scope_only` those that may tell what a sentence is about.

    breaks   places of the text before which white space stood: there a word ends
    """
    return _Marker(mentions, text, scope_only, breaks, offset).mark()


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
            self.made.asides.append(mark(self.table, inner, self.scope_only, frozenset(), self.offset + at + 1))
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

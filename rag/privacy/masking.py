"""Masks personal data: every kind's rules over one folded text, then tokens in their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rag.privacy import masked as kinds
from rag.privacy.addresses import addresses
from rag.privacy.births import births
from rag.privacy.contacts import mail_addresses, telephones
from rag.privacy.folding import Folded, Span, fold
from rag.privacy.labelled import labelled
from rag.privacy.masked import Found, Masked, MaskedSpan
from rag.privacy.names import names
from rag.privacy.personal_number import numbers_in

#: A token in a text that was masked before.
_TOKEN = re.compile(r"〔([^〔〕\d]{1,12})(\d*)〕")
_BLANKS = re.compile(r"[\s\-ー・./()]+")

Piece = tuple[Span, str]


def mask(text: str) -> Masked:
    """Puts a token in the place of each piece of personal data: 〔氏名1〕, the same value the same token; 〔個人番号〕.

    Tokens that stand in the text already stay, and their numbers are not given again.
    """
    folded = fold(text)
    spans: list[MaskedSpan] = []
    tokens = _Tokens(text)
    for span, kind in sorted(_chosen(folded, _candidates(folded))):
        start, end = folded.original(span)
        spans.append(MaskedSpan(start, end, kind, tokens.of(kind, folded.text[span[0] : span[1]])))
    return Masked(_written(text, spans), tokens.found(), tuple(spans))


def _candidates(folded: Folded) -> Iterator[Piece]:
    """What each kind's rules find, the surest kinds first."""
    text = folded.text
    yield from ((span, kinds.PERSONAL_NUMBER) for span in numbers_in(folded))
    yield from ((span, kinds.MAIL) for span in mail_addresses(text))
    yield from labelled(text)
    yield from ((span, kinds.BIRTH) for span in births(text))
    theirs, offices = addresses(text)
    yield from ((span, kinds.TELEPHONE) for span in telephones(text, offices))
    yield from ((span, kinds.ADDRESS) for span in theirs)
    yield from ((span, kinds.NAME) for span in sorted(names(text), key=lambda span: span[0] - span[1]))


def _chosen(folded: Folded, candidates: Iterable[Piece]) -> list[Piece]:
    """The candidates without what a surer one, or a token, has taken; the rest of a piece is kept on its own."""
    taken = [False] * (len(folded.text) + 1)
    for match in _TOKEN.finditer(folded.text):
        taken[match.start() : match.end()] = [True] * len(match[0])
    chosen: list[Piece] = []
    for (start, end), kind in candidates:
        for free in _free(taken, start, end):
            if any(letter.isalnum() for letter in folded.text[slice(*free)]):
                chosen.append((_trimmed(folded.text, free), kind))
                taken[free[0] : free[1]] = [True] * (free[1] - free[0])
    return chosen


def _free(taken: list[bool], start: int, end: int) -> list[Span]:
    """The stretches of [start, end) that nothing has taken."""
    found: list[Span] = []
    for at in range(start, end):
        if not taken[at]:
            if found and found[-1][1] == at:
                found[-1] = found[-1][0], at + 1
            else:
                found.append((at, at + 1))
    return found


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span[0] : span[1]]
    return span[0] + len(piece) - len(piece.lstrip(" \t\n,、")), span[0] + len(piece.rstrip(" \t\n,、"))


def _written(text: str, spans: Iterable[MaskedSpan]) -> str:
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], span.token]
        at = span.end
    return "".join([*parts, text[at:]])


class _Tokens:
    """Gives out tokens, one a value."""

    def __init__(self, text: str) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._last: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        for kind, number in _TOKEN.findall(text):
            self._last[kind] = max(self._last[kind], int(number or 0))

    def of(self, kind: str, value: str) -> str:
        """The token of a value in folded spelling."""
        self._places[kind] += 1
        if kind == kinds.PERSONAL_NUMBER:
            return f"〔{kind}〕"
        key = kind, _BLANKS.sub("", value).lower()
        if key not in self._given:
            self._last[kind] += 1
            self._given[key] = f"〔{kind}{self._last[kind]}〕"
        return self._given[key]

    def found(self) -> tuple[Found, ...]:
        """How much of each kind was given a token, in the order of finding."""
        values = Counter(kind for kind, _ in self._given)
        return tuple(Found(kind, values[kind] or places) for kind, places in self._places.items())

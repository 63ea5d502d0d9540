"""Compound nouns that name something of one municipality by their shape: its departments, systems, buildings, rules.

What records tell is in `names`; this finds what no record names. Stands before `adapting`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.draft.names import Found
from rag.tokens import Word, Words
from rag.vocabulary import load, pattern

_NOUNS = frozenset({"名詞", "接尾辞", "接頭辞", "形状詞"})
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_DIGITS = re.compile(r"\d[\d,]*")
#: A word that short may be a slip of the tokenizer; a longer one that no dictionary has is a name.
_UNKNOWN_CHARS = 3
#: A verb that may begin a compound: 見守り, 助け; one that ends a clause (する, した) ends otherwise.
_STEM = re.compile(r".+[りみきちいびぎじせけげねべめれえ]$")
_words = Words()


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of compound: how it ends, which everybody has, what is asked in its place ("": nothing)."""

    name: str
    ends: re.Pattern[str]
    general: re.Pattern[str]
    ask: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """The vocabulary of drafting_names.yaml, compiled."""

    kinds: tuple[Shape, ...]
    private: re.Pattern[str]
    brands: re.Pattern[str]
    latin: re.Pattern[str]
    nobody: re.Pattern[str]
    numbers: re.Pattern[str]

    def ask(self, kind: str) -> str:
        """What is asked in place of a compound of a kind."""
        return next((k.ask for k in self.kinds if k.name == kind), "")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Kind(_Strict):
    name: str
    ends: str
    general: str
    ask: str


class _Table(_Strict):
    """The layout of drafting_names.yaml."""

    kinds: list[_Kind]
    private: str
    brands: str
    latin: str
    nobody: str
    numbers: str


@functools.cache
def shapes() -> Shapes:
    """The vocabulary, read once. Raises VocabularyError."""
    table = load("drafting_names", _Table)

    def made(entry: str, expression: str) -> re.Pattern[str]:
        return pattern("drafting_names", entry, [re.sub(r"\n\s*|(?<=[|*]) ", "", expression.strip())])

    kinds = tuple(Shape(k.name, made(k.name, f"(?:{k.ends})$"), made(k.name, k.general), k.ask) for k in table.kinds)
    rest = (table.private, table.brands, table.latin, table.nobody, table.numbers)
    return Shapes(kinds, *(made("drafting_names", expression) for expression in rest))


@functools.lru_cache(maxsize=8192)
def compounds(text: str) -> tuple[Found, ...]:
    """Compounds in a text (`plain`) that name something of one municipality, in order."""
    return tuple(found for run in _runs(_words.morphemes(text)) if (found := _named(text, run)) is not None)


@functools.lru_cache(maxsize=8192)
def strange(text: str) -> str:
    """The first word of a text (`plain`) that belongs to one municipality; "" if there is none."""
    known = shapes()
    for expression in (known.private, known.brands):
        match = expression.search(text)
        if match:
            return match[0]
    rest = known.numbers.sub("", text)
    for match in _LATIN.finditer(rest):
        if not known.latin.fullmatch(match[0]):
            return match[0]
    for match in _DIGITS.finditer(rest):
        return match[0]
    return next(_names(rest), "")


def _names(text: str) -> Iterator[str]:
    yield from (word for word in _words.unknown(text) if len(word) >= _UNKNOWN_CHARS and not _LATIN.search(word))
    for word in _words.morphemes(text):
        if word.pos[:2] == ("名詞", "固有名詞") and not shapes().nobody.fullmatch(word.surface):
            yield word.surface


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for n, word in enumerate(words):
        before_noun = n + 1 < len(words) and words[n + 1].pos[0] in _NOUNS
        dot = word.surface == "・" and run and before_noun
        stem = word.pos[0] == "動詞" and before_noun and _STEM.search(word.surface)  # 見守り in 見守り隊
        if word.pos[0] in _NOUNS or dot or stem or _LATIN.fullmatch(word.surface):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _named(text: str, run: Sequence[Word]) -> Found | None:
    start, end = run[0].start, run[-1].end
    whole = text[start:end]
    last = re.split("・", whole)[-1]
    for kind in shapes().kinds:
        if kind.ends.search(whole):
            general = kind.general.fullmatch(whole) or kind.general.fullmatch(last)
            return None if general else Found(start, end, kind.name, whole)
    return None

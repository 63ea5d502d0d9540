"""Which municipalities a question speaks of: collected ones by any usual spelling, and those that are not."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from jaconv import kana2alphabet, kata2hira

from rag.tokens import Words
from rag.vocabulary import load

SUFFIXES = "市区町村都道府県"
_SUFFIX = re.compile(rf"([{SUFFIXES}]|広域連合|教育委員会)$")
_READ_SUFFIX = re.compile(r"(シ|ク|チョウ|マチ|ムラ|ソン|ト|フ|ケン)$")
#: A name without its suffix may also be a station's, a bank's, a ward's.
_OTHER_OWNER = r"(?![一-龥ァ-ヴー]*(?:駅|営業所|支所|支社|線|銀行|大学|高校|病院))(?!区|県)"
_ENGLISH = re.compile(
    r"\b([a-z][a-z]+)(?:[- ](?:shi|cho|machi|mura|son|ku|ken|fu))?(?:'s)?"
    r"(?:\s+(city|town|village|ward|prefecture|municipality))?\b"
)
#: A word that ends like a municipality and owns something; the dictionary does not know every name.
_OWNER = re.compile(r"(?<![一-龥ァ-ヴー])([一-龥々ヶケぁ-んァ-ヴー]{2,6}[市町村])の")
_NO_OWNER = re.compile(r"(どの|どこの|各|全|他の?|本|当|同|の)[市町村]$|市区?町村?$|都市$|[をはがにでと、]")
#: What begins with a suffix and is a word of its own.
_NO_SUFFIX = frozenset({"都度", "市営", "市民", "町内", "区分", "区役"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Body:
    """One municipality in a question. `span` is in the normalised question; `collected` False: no document here."""

    name: str
    span: Span
    collected: bool = True


class Gazetteer:
    """The collected municipalities and how they are written."""

    def __init__(self, municipalities: Iterable[str], words: Words) -> None:
        self.names = sorted(set(municipalities), key=len, reverse=True)
        self.words = words
        self._latin = {latin: name for name in self.names for latin in _latin(name, words)}

    def find(self, question: str, known: Callable[[str], bool] = lambda name: False) -> list[Body]:
        """Municipalities in a normalised question, in order; where two readings overlap, the surer one.

        known  whether a place name stands in the documents: a ward or an office is not a municipality that lacks
        """
        found: list[Body] = []
        for body in self._candidates(question):
            free = not any(b.span[0] < body.span[1] and body.span[0] < b.span[1] for b in found)
            # romanised names stand in no document, so only Japanese ones are looked up
            if free and (body.collected or body.name.isascii() or not known(body.name)):
                found.append(body)
        return sorted(found, key=lambda b: b.span)

    def _candidates(self, question: str) -> Iterator[Body]:
        """All readings, surest first: whole names, names without suffix, English, names of the dictionary, by shape."""
        for name in self.names:
            yield from (Body(name, m.span()) for m in re.finditer(re.escape(name.lower()), question))
        for name in self.names:
            stem = _SUFFIX.sub("", name)
            if len(stem) >= 2 and stem != name:
                yield from (Body(name, m.span()) for m in re.finditer(re.escape(stem) + _OTHER_OWNER, question))
        yield from self._english(question)
        yield from self._others(question)

    def _english(self, question: str) -> Iterator[Body]:
        for match in _ENGLISH.finditer(question):
            collected = self._latin.get(_plain(match[1]))
            if collected:
                yield Body(collected, match.span())
            elif match[2] and match[1] not in _no_names():
                yield Body(f"{match[1].title()} {match[2].title()}", match.span(), False)

    def _others(self, question: str) -> Iterator[Body]:
        """Place names with a suffix: by the dictionary's proper nouns, then by their shape."""
        for start, surface in self.words.place_names(question):
            end = start + len(surface)
            if _SUFFIX.search(surface):
                yield Body(surface, (start, end), False)
            elif question[end : end + 1] in tuple(SUFFIXES) and question[end : end + 2] not in _NO_SUFFIX:
                yield Body(surface + question[end], (start, end + 1), False)
        for match in _OWNER.finditer(question):
            if not _NO_OWNER.search(match[1]):
                yield Body(match[1], match.span(1), False)


@functools.cache
def _no_names() -> frozenset[str]:
    """English words that stand before `city` or `municipality` and name none."""
    return frozenset(load("bodies", dict[str, list[str]])["no_name_before_city"])


def _latin(name: str, words: Words) -> list[str]:
    """Romanised spellings of a name without its suffix, folded by `_plain` and as they are: osaka, oosaka."""
    reading = words.reading(name)
    stem = _READ_SUFFIX.sub("", reading) if _SUFFIX.search(name) else reading
    latin = kana2alphabet(kata2hira(stem)).replace("ー", "")
    return list(dict.fromkeys([_plain(latin), latin]))


@functools.lru_cache(maxsize=4096)
def _plain(latin: str) -> str:
    """Spellings folded: no long vowels, no apostrophes, n before b, m, p."""
    text = re.sub(r"[^a-z]", "", latin.lower())
    return re.sub(r"m(?=[bmp])", "n", re.sub(r"ou|oo|oh(?=[^aiueo]|$)", "o", text).replace("uu", "u"))


def listed(names: Sequence[str]) -> str:
    """`甲市、乙町`, each once."""
    return "、".join(dict.fromkeys(names))

"""Which municipalities a question speaks of: collected ones by any usual spelling, and named ones that are not collected."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag.tokens import Words

_SUFFIX = re.compile(r"(市|区|町|村|都|道|府|県|広域連合|教育委員会)$")
_ENGLISH = re.compile(r"\b([a-z][a-z]+)(?:[- ](shi|cho|machi|mura|son|ku|ken|fu))?(?:'s)?(?:\s+(city|town|village|ward|prefecture|municipality))?\b")
_NAMED = re.compile(r"[一-龥々ヶケぁ-んァ-ヴー]{1,7}?(?:市|区|町|村|県|府|都)")


@dataclass(frozen=True, slots=True)
class Body:
    """One municipality named in a question. `span` is in the normalised question; `collected` False: no document here."""

    name: str
    span: tuple[int, int]
    collected: bool = True


class Gazetteer:
    """The collected municipalities and how they are written."""

    def __init__(self, municipalities: Iterable[str], words: Words) -> None:
        self.names = sorted(set(municipalities), key=len, reverse=True)
        self.words = words
        self.latin = {latin: name for name in self.names for latin in _latin(name, words)}

    def find(self, question: str, known: Callable[[str], bool] = lambda name: False) -> list[Body]:
        """Municipalities in a normalised question, in order.

        known  whether a place name stands in the documents: a ward or an office is not a municipality that lacks
        """
        found: list[Body] = []
        taken: list[tuple[int, int]] = []

        def take(name: str, span: tuple[int, int], collected: bool = True) -> None:
            if not any(a < span[1] and span[0] < b for a, b in taken):
                taken.append(span)
                found.append(Body(name, span, collected))

        for name in self.names:
            for match in re.finditer(re.escape(name.lower()), question):
                take(name, match.span())
        for name in self.names:
            stem = _SUFFIX.sub("", name)
            if len(stem) >= 2 and stem != name:
                for match in re.finditer(rf"{re.escape(stem)}(?![一-龥ァ-ヴー]*(?:駅|営業所|支所|支社|線|銀行|大学|高校|病院))(?!区|県)", question):
                    take(name, match.span())
        for match in _ENGLISH.finditer(question):
            collected = self.latin.get(_plain(match[1]))
            if collected:
                take(collected, match.span())
            elif match[3] and match[1] not in {"the", "a", "this", "that", "which", "what", "each", "every", "any", "our", "my", "your", "race", "other", "local"}:
                take(f"{match[1].title()} {match[3].title()}", match.span(), False)
        for span, name in self._others(question):
            if not any(a < span[1] and span[0] < b for a, b in taken) and not known(name):
                take(name, span, False)
        return sorted(found, key=lambda b: b.span)

    def _others(self, question: str) -> list[tuple[tuple[int, int], str]]:
        """Place names with a suffix that no collected municipality has, by the dictionary's proper nouns."""
        found = []
        for start, surface in self.words.place_names(question):
            end = start + len(surface)
            if _SUFFIX.search(surface):
                found.append(((start, end), surface))
            elif end < len(question) and question[end] in "市区町村県府都" and question[end : end + 2] not in {"都度", "市営", "市民", "町内", "区分", "区役"}:
                found.append(((start, end + 1), surface + question[end]))
        for match in re.finditer(r"(?<![一-龥ァ-ヴー])([一-龥々ヶケぁ-んァ-ヴー]{2,6}[市町村])の", question):
            name = match[1]
            if not re.search(r"(どの|どこの|各|全|他の?|本|当|同|[のがをはにでと])[市町村]$|市区町$|都市$", name) and not re.search(r"[をはがにでと、]", name):
                found.append((match.span(1), name))
        return found


def _latin(name: str, words: Words) -> list[str]:
    """Romanised spellings of a name without its suffix: kawaguchi, oosaka, osaka."""
    from jaconv import kana2alphabet, kata2hira

    reading = words.reading(name)
    stem = re.sub(r"(シ|ク|チョウ|マチ|ムラ|ソン|ト|フ|ケン)$", "", reading) if _SUFFIX.search(name) else reading
    latin = kana2alphabet(kata2hira(stem)).replace("ー", "")
    return list(dict.fromkeys([_plain(latin), latin]))


@functools.lru_cache(maxsize=4096)
def _plain(latin: str) -> str:
    """Spellings folded: no long vowels, no apostrophes, n before b, m, p."""
    text = re.sub(r"[^a-z]", "", latin.lower())
    return re.sub(r"m(?=[bmp])", "n", re.sub(r"ou|oo|oh(?=[^aiueo]|$)", "o", text).replace("uu", "u"))


def listed(names: Sequence[str]) -> str:
    """'川口市、さいたま市'."""
    return "、".join(dict.fromkeys(names))

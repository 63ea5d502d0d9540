"""The value that both languages give, and the nouns that name nothing of their own (`vocabulary/asked.yaml`)."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from rag.terms import Term, key
from rag.vocabulary import load


@dataclass(frozen=True, slots=True)
class Focus:
    """What a question asks for.

    heads    each must be spoken of
    claims   each must stand somewhere at all
    of       what a number or a date is asked of; of yes or no, the last word of what is claimed
    affirms  whether the claims are asked to be affirmed: yes or no
    """

    heads: tuple[Term, ...] = ()
    claims: tuple[Term, ...] = ()
    of: tuple[Term, ...] = ()
    affirms: bool = False


def is_general(term: Term) -> bool:
    """Whether a noun names nothing of its own, so that no answer needs to hold it."""
    return any(key(term.surface) in words for words in _groups().values())


def is_filler(part: Term) -> bool:
    """Whether a part of a longer word tells it from no other: measures do (停止時間 is not 停止)."""
    return is_general(part) and key(part.surface) not in _groups()["measures"]


@functools.cache
def _groups() -> dict[str, frozenset[str]]:
    return {group: frozenset(map(key, words)) for group, words in load("asked", dict[str, list[str]]).items()}

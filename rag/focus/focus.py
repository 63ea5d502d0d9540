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
    return key(term.surface) in _general()


@functools.cache
def _general() -> frozenset[str]:
    groups = load("asked", dict[str, dict[str, list[str]]]).values()
    return frozenset(key(word) for group in groups for words in group.values() for word in words)

"""Readers of Japanese and verifiers of invented answers, for the tests of verification."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.tokens import Words
from rag.types import Answer, Verdict
from rag.verify import Verifier, grounds_of
from rag.verify.facts import folded
from rag.verify.phrases import Phrase
from rag.verify.phrasing import phrases
from rag.verify.units import Unit, units


@pytest.fixture(scope="session")
def words() -> Words:
    return Words()


@pytest.fixture(scope="session")
def read(words: Words) -> Callable[[str], list[Phrase]]:
    """A text → its phrases, without mentions."""
    return lambda text: phrases(folded(text), [], words)


@pytest.fixture(scope="session")
def unit(words: Words) -> Callable[[str], Unit]:
    """A text of one unit → that unit."""

    def make(text: str) -> Unit:
        ((found,),) = units(phrases(folded(text), [], words))
        return found

    return make


@pytest.fixture(scope="session")
def verdict(words: Words) -> Callable[[Answer, str], Verdict]:
    """The verdict on one sentence about an answer; みどり市 and あかね市 are collected."""
    return lambda answer, sentence: Verifier(grounds_of(answer, words), words, ["みどり市", "あかね市"]).verify(
        sentence
    )

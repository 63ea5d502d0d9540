"""Prose is told again unit by unit, with all that holds for a unit."""

from __future__ import annotations

import pytest

from rag.tokens import Words
from rag.verify.facts import folded
from rag.verify.marking import mark
from rag.verify.mentions import Mentions
from rag.verify.phrasing import phrases
from rag.verify.sources import Origin
from rag.verify.told import Told
from rag.verify.units import unit_of
from rag.verify.wrapping import unwrapped

HERE = Origin(frozenset({1}), "みどり市", "みどり市-1", frozenset({"措置"}), "", True, frozenset())
THERE = Origin(frozenset({2}), "みどり市", "みどり市-1", frozenset({"措置"}), "", True, frozenset())


@pytest.fixture(scope="module")
def told(words: Words) -> Told:
    found = Told(Mentions([]), words)
    found.add(folded("窓口では本人を確かめ、控えを取る。課長が書類を見て、印を押し、書庫に入れる。"), HERE)
    found.add(folded("記録を3年間残す。"), THERE)
    return found


def bears(told: Told, text: str, tokens: frozenset[int]) -> frozenset[int] | None:
    return told.bears(mark(Mentions([]), folded(text), scope_only=True), lambda marked, phrase: tokens)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("窓口では本人を確かめ、控えを取ります。", {1}),
        ("窓口では本人を確かめます。", {1}),
        ("課長が書類を見て、印を押します。", {1}),
        ("課長が書類を見て、書庫に入れます。", {1}),
        ("記録は3年間残します。", {2}),
        ("記録を3年間残し、課長が書類を見ます。", {1, 2}),
    ],
)
def test_borne(told: Told, text: str, tokens: set[int]) -> None:
    assert bears(told, text, frozenset({1, 2})) == tokens


@pytest.mark.parametrize(
    "text",
    [
        "控えを取ります。",  # at the window only
        "印を押します。",  # the head of section does
        "書庫に入れ、印を押します。",
        "課長が印を押し、書類を見ます。",
        "窓口では本人を確かめ、印を押します。",
        "課長が書類を見て、控えを取ります。",
        "窓口では記録を3年間残します。",
        "窓口では本人を確かめ、記録を3年間残します。",
        "課長が書類を見て、記録を3年間残します。",
    ],
)
def test_not_borne(told: Told, text: str) -> None:
    assert bears(told, text, frozenset({1, 2})) is None


def test_only_what_is_cited_bears(told: Told) -> None:
    assert bears(told, "記録は3年間残します。", frozenset({1})) is None


@pytest.mark.parametrize(
    ("text", "bare", "wrapped"),
    [
        ("記録を残すとされている", "残す", True),
        ("記録を残すこととしています", "残す", True),
        ("記録を残すことになっている", "残す", True),
        ("記録を残すとはされていない", "為る", False),
        ("記録を残すことを検討する", "検討", False),
        ("記録を残す", "残す", False),
    ],
)
def test_where_it_stands_is_no_statement(words: Words, text: str, bare: str, wrapped: bool) -> None:
    unit, found = unwrapped(unit_of(phrases(folded(text), [], words)))
    assert (unit.last.head, found) == (bare, wrapped)

"""A value holds where a record that may be meant has it under the heading, whole, and none of them has another."""

from __future__ import annotations

import pytest
from fakes_verify import contracts

from rag.verify.groups import Group
from rag.verify.holding import holds
from rag.verify.marking import mark
from rag.verify.mentions import Mentions
from rag.verify.records import Record, records_of
from rag.verify.speaking import Speaking


@pytest.fixture
def records() -> list[Record]:
    return records_of(contracts(), {1: ("",), 2: ("",)})


def group(records: list[Record], *texts: str, tokens: frozenset[int]) -> Group:
    mentions = tuple(mark(Mentions(records), text).mentions[0] for text in texts)
    return Group(mentions, "", True, False, tokens, (tokens,) * len(mentions))


@pytest.mark.parametrize(
    ("of", "value", "tokens", "expected"),
    [
        ("株式会社あさひ計算", "10人以上50人未満", {1}, True),
        ("株式会社あさひ計算", "10人未満", {1, 2}, False),
        ("株式会社あさひ計算", "10人以上50人未満", {2}, False),
        (None, "10人未満", {2}, False),
    ],
)
def test_holds(records: list[Record], of: str | None, value: str, tokens: set[int], expected: bool) -> None:
    speaking = Speaking(records)
    if of is not None:
        speaking.take(group(records, of, tokens=frozenset({1, 2})))
    assert holds(frozenset({"取扱者数"}), group(records, value, tokens=frozenset(tokens)), speaking) is expected


def test_under_another_heading_nothing_holds(records: list[Record]) -> None:
    assert not holds(frozenset({"用途"}), group(records, "10人未満", tokens=frozenset({2})), Speaking(records))


def test_names_that_tell_records_apart_need_no_other_word(records: list[Record]) -> None:
    speaking = Speaking(records)
    both = group(records, "株式会社あさひ計算", "有限会社ゆうひ印刷", tokens=frozenset({1, 2}))
    assert holds(frozenset({"委託先名"}), both, speaking)
    assert speaking.used == {1, 2}
    assert len(speaking.about) == 2

"""What a sentence speaks of narrows the records that it may mean; once something was said, another thing may follow."""

from __future__ import annotations

import pytest
from fakes_verify import contracts

from rag.verify.groups import Group
from rag.verify.marking import mark
from rag.verify.mentions import Mentions
from rag.verify.records import Record, records_of
from rag.verify.speaking import Speaking, is_about

EVERY = frozenset({1, 2})


@pytest.fixture
def records() -> list[Record]:
    return records_of(contracts(), {1: ("",), 2: ("",)})


def group(records: list[Record], text: str, case: str = "", topic: bool = True) -> Group:
    mention = mark(Mentions(records), text).mentions[0]
    return Group((mention,), case, topic, False, EVERY, (EVERY,), headings=mention.headings)


def rows(records: list[Record], numbers: frozenset[int]) -> set[str]:
    return {dict(records[n].cells)["委託先名"] for n in numbers if records[n].row}


def test_nothing_said_means_all(records: list[Record]) -> None:
    (meant,) = Speaking(records).meant()
    assert rows(records, meant) == {"株式会社あさひ計算", "有限会社ゆうひ印刷"}


def test_a_name_narrows_and_two_names_of_one_kind_are_two_things(records: list[Record]) -> None:
    speaking = Speaking(records)
    speaking.take(group(records, "株式会社あさひ計算"))
    assert [rows(records, m) for m in speaking.meant()] == [{"株式会社あさひ計算"}]
    speaking.take(group(records, "有限会社ゆうひ印刷"))
    assert [rows(records, m) for m in speaking.meant()] == [{"株式会社あさひ計算"}, {"有限会社ゆうひ印刷"}]


def test_words_of_different_kinds_must_meet(records: list[Record]) -> None:
    speaking = Speaking(records)
    speaking.take(group(records, "納付書の印刷", "の", False))
    speaking.take(group(records, "株式会社あさひ計算"))
    assert [rows(records, m) for m in speaking.meant()] == [set()]


def test_after_something_was_said_another_thing_is_spoken_of(records: list[Record]) -> None:
    speaking = Speaking(records)
    speaking.take(group(records, "株式会社あさひ計算"))
    speaking.said = True
    speaking.take(group(records, "有限会社ゆうひ印刷"))
    assert [rows(records, m) for m in speaking.meant()] == [{"有限会社ゆうひ印刷"}]


def test_what_was_named_as_a_value_is_spoken_of_next(records: list[Record]) -> None:
    speaking = Speaking(records)
    speaking.about = [frozenset(r.number for r in records if r.row and r.tokens == {2})]
    assert [rows(records, m) for m in speaking.meant()] == [{"有限会社ゆうひ印刷"}]
    assert len(speaking.meant(own=True)[0]) == len(records)


@pytest.mark.parametrize(
    ("text", "case", "topic", "expected"),
    [
        ("みどり市", "の", False, True),
        ("みどり市", "で", True, True),
        ("みどり市", "に", False, False),
        ("みどり市", "が", False, False),
        ("株式会社あさひ計算", "に", True, True),
        ("10人未満", "の", False, False),
    ],
)
def test_what_may_be_spoken_of(records: list[Record], text: str, case: str, topic: bool, expected: bool) -> None:
    assert is_about(group(records, text, case, topic)) is expected

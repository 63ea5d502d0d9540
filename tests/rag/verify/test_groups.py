"""Mentions that are listed together are one group; predicates inside a unit make none."""

from __future__ import annotations

import pytest
from fakes_verify import contracts

from rag.tokens import Words
from rag.verify.facts import folded
from rag.verify.groups import Group, grouped
from rag.verify.marking import mark
from rag.verify.mentions import Mentions
from rag.verify.phrasing import phrases
from rag.verify.records import records_of
from rag.verify.units import unit_of


def groups(words: Words, text: str) -> list[Group] | None:
    marked = mark(Mentions(records_of(contracts(), {1: ("",), 2: ("",)})), folded(text))
    read = phrases(marked.text, [m.text for m in marked.mentions], words)
    return grouped(unit_of(read).phrases, marked, lambda made, phrase: frozenset({1}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("委託先は株式会社あさひ計算と有限会社ゆうひ印刷です", [1, 2]),
        ("委託先は株式会社あさひ計算、有限会社ゆうひ印刷です", [1, 2]),
        ("株式会社あさひ計算、10人未満です", [1, 1]),
        ("給食費システムの保守を株式会社あさひ計算に委託する", [1, 1, 0]),
        ("委託先は株式会社あさひ計算の1社です", [1, 1, 0]),
    ],
)
def test_lists(words: Words, text: str, expected: list[int]) -> None:
    found = groups(words, text)
    assert found is not None
    assert [len(g.mentions) for g in found] == expected


def test_a_count(words: Words) -> None:
    found = groups(words, "委託先は株式会社あさひ計算の1社です")
    assert found is not None
    assert (found[-1].number, found[-1].counter) == ("1", "社")


def test_where_it_stands_is_left_out(words: Words) -> None:
    found = groups(words, "再委託の有無は「再委託する」とされています")
    assert found is not None
    assert [g.text for g in found] == ["再委託の有無", "再委託する"]


@pytest.mark.parametrize(
    "text", ["委託する株式会社あさひ計算です", "株式会社あさひ計算=委託先です", "はい、株式会社あさひ計算です"]
)
def test_what_no_frame_has(words: Words, text: str) -> None:
    assert groups(words, text) is None

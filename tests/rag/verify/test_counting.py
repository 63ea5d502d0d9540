"""A count is right where as many are named and there are no others, or where the composed answer counts them so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes_verify import answered, contracts

from rag.types import Answer, Verdict

Say = Callable[[Answer, str], Verdict]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("委託先は株式会社あさひ計算と有限会社ゆうひ印刷の2社です[c1][c2]。", True),
        ("委託先は株式会社あさひ計算と有限会社ゆうひ印刷の3社です[c1][c2]。", False),
        ("委託先は有限会社ゆうひ印刷の1社です[c2]。", False),
        ("委託事項は2件です[c1][c2]。", True),
        ("委託事項は3件です[c1][c2]。", False),
        ("再委託は2件です[c1][c2]。", False),
        ("委託先は2人です[c1][c2]。", False),
        ("有限会社ゆうひ印刷の委託事項は2件です[c1][c2]。", False),
        ("再委託する委託事項は2件です[c1][c2]。", False),
    ],
)
def test_counts(verdict: Say, told: str, kept: bool) -> None:
    assert verdict(contracts(), told).kept is kept


def test_a_count_of_some_is_no_count_of_all(verdict: Say) -> None:
    every = contracts()
    text = every.answer.replace("の現在の委託事項は2件です", "で該当する委託事項は2件です(全3件のうち)")
    some = answered(text, every.citations, every.rows)
    assert not verdict(some, "委託事項は2件です[c1][c2]。").kept

"""English sentences are a few forms around values as the documents print them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes_verify import change, contracts

from rag.types import Answer, Verdict

Say = Callable[[Answer, str], Verdict]


@pytest.mark.parametrize(
    "told",
    [
        "The contractors are 株式会社あさひ計算[c1] and 有限会社ゆうひ印刷[c2].",
        "At present the contractors of みどり市 are 「株式会社あさひ計算」[c1] and 「有限会社ゆうひ印刷」[c2].",
        "みどり市's contractors are 株式会社あさひ計算[c1] and 有限会社ゆうひ印刷[c2].",
        "There are two contractors: 株式会社あさひ計算[c1] and 有限会社ゆうひ印刷[c2].",
        "株式会社あさひ計算 is the contractor for 給食費システムの保守[c1].",
        "The number of staff of 有限会社ゆうひ印刷 is 10人未満[c2].",
    ],
)
def test_as_the_records_have_it(verdict: Say, told: str) -> None:
    assert verdict(contracts(language="en"), told).reason == ""


@pytest.mark.parametrize(
    "told",
    [
        "The only contractor is 株式会社あさひ計算[c1].",
        "The contractors are not 株式会社あさひ計算[c1].",
        "The contractors were 株式会社あさひ計算[c1].",
        "The subcontractor is 株式会社あさひ計算[c1].",
        "There are three contractors: 株式会社あさひ計算[c1] and 有限会社ゆうひ印刷[c2].",
        "株式会社あさひ計算 is the contractor for 納付書の印刷[c1][c2].",
        "The number of staff is 10人未満[c2].",
        "The number of staff of 株式会社あさひ計算 is 10人未満[c1][c2].",
        "The contractors of あかね市 are 株式会社あさひ計算[c1].",
        "The contractors encrypt the data of 株式会社あさひ計算[c1].",
        "みどり市 is 株式会社あさひ計算[c1].",
        "委託先は株式会社あさひ計算です[c1]。",
    ],
)
def test_otherwise(verdict: Say, told: str) -> None:
    assert not verdict(contracts(language="en"), told).kept


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("On 令和5年6月1日 the contractor changed from 「株式会社よあけ計算」 to 「株式会社あさひ計算」[c1].", True),
        ("On 令和5年6月1日 the contractor changed from 「株式会社あさひ計算」 to 「株式会社よあけ計算」[c1].", False),
        ("The reason for the change is 「入札の結果による」[c1].", True),
        ("The contractor is 「株式会社よあけ計算」[c1].", False),
    ],
)
def test_changes(verdict: Say, told: str, kept: bool) -> None:
    assert verdict(change(language="en"), told).kept is kept

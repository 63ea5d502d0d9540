"""A change is told as past, from what was before to what came after, with its own day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes_verify import change

from rag.types import Answer, Verdict

Say = Callable[[Answer, str], Verdict]


@pytest.mark.parametrize(
    "told",
    [
        "令和5年6月1日に株式会社よあけ計算から株式会社あさひ計算に変更されました[c1]。",
        "委託先は令和5年6月1日に株式会社あさひ計算に変わっています[c1]。",
        "以前の委託先は株式会社よあけ計算でした[c1]。",
        "令和5年6月1日までは株式会社よあけ計算に委託していました[c1]。",
        "以前の委託先は株式会社よあけ計算でしたが、令和5年6月1日に株式会社あさひ計算になりました[c1]。",
        "変更の理由は入札の結果によるというものです[c1]。",
        "変更日は令和5年6月1日です[c1]。",
        "変更前は株式会社よあけ計算でした[c1]。",
        "提出時期は事後です[c1]。",
    ],
)
def test_as_it_was(verdict: Say, told: str) -> None:
    assert verdict(change(), told).reason == ""


@pytest.mark.parametrize(
    "told",
    [
        "令和5年6月1日に株式会社あさひ計算から株式会社よあけ計算に変更されました[c1]。",
        "令和5年6月1日に株式会社よあけ計算から株式会社あさひ計算に変更されます[c1]。",
        "令和5年6月1日に株式会社よあけ計算から株式会社あさひ計算に変更されませんでした[c1]。",
        "令和5年6月1日に株式会社よあけ計算が株式会社あさひ計算に変更しました[c1]。",
        "令和5年6月1日に株式会社よあけ計算に変わりました[c1]。",
        "令和5年6月1日までに株式会社よあけ計算から株式会社あさひ計算に変わりました[c1]。",
        "令和5年6月2日に株式会社よあけ計算から株式会社あさひ計算に変わりました[c1]。",
        "令和7年4月1日に株式会社よあけ計算から株式会社あさひ計算に変わりました[c1][c2]。",
        "以前の委託先は株式会社あさひ計算でした[c1]。",
        "以前の委託先は株式会社よあけ計算です[c1]。",
        "委託先は株式会社よあけ計算でした[c1]。",
        "令和5年6月1日までは株式会社あさひ計算に委託していました[c1]。",
        "変更前は株式会社あさひ計算です[c1]。",
        "提出時期は事前です[c1]。",
        "再委託先が株式会社よあけ計算から株式会社あさひ計算に変わりました[c1]。",
    ],
)
def test_as_it_was_not(verdict: Say, told: str) -> None:
    assert not verdict(change(), told).kept

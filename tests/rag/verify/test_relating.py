"""A verb joins what one record holds, each in its part; of a list each entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes_verify import answered, cited, contracts

from rag.types import Answer, Row, Verdict

Say = Callable[[Answer, str], Verdict]


def provisions() -> Answer:
    first = (("提供先", "県税事務所"), ("情報", "滞納の情報"), ("方法", "専用線、紙"), ("時期・頻度", "月次"))
    second = (("提供先", "年金機構"), ("情報", "加入の情報"), ("方法", "専用線"), ("時期・頻度", "日次"))
    return answered(
        "みどり市「給食費の徴収に関する事務」の現在の提供先は2件です。\n提供先: 「県税事務所」「年金機構」[1][2]",
        [
            cited(1, "県税事務所", section="II.5 提供先1", label="提供先1", item="II.5#1/提供先1"),
            cited(2, "年金機構", section="II.5 提供先2", label="提供先2", item="II.5#1/提供先2"),
        ],
        [Row("みどり市-1", first, 1), Row("みどり市-1", second, 2)],
    )


@pytest.mark.parametrize(
    "told",
    [
        "県税事務所に滞納の情報を提供しています[c1]。",
        "みどり市は年金機構に、加入の情報を日次で専用線により提供しています[c2]。",
        "県税事務所には、専用線と紙で提供しています[c1]。",
        "滞納の情報は県税事務所に提供されています[c1]。",
        "県税事務所と年金機構に提供しています[c1][c2]。",
        "県税事務所に滞納の情報を[c1]、年金機構に加入の情報を[c2]提供しています。",
        "年金機構に特定個人情報を提供しています[c2]。",
    ],
)
def test_in_its_part(verdict: Say, told: str) -> None:
    assert verdict(provisions(), told).reason == ""


@pytest.mark.parametrize(
    "told",
    [
        "県税事務所が滞納の情報を提供しています[c1]。",
        "県税事務所から滞納の情報の提供を受けています[c1]。",
        "みどり市は県税事務所から滞納の情報を提供されています[c1]。",
        "県税事務所に加入の情報を提供しています[c1][c2]。",
        "県税事務所には、専用線で提供しています[c1]。",
        "県税事務所と年金機構に滞納の情報を提供しています[c1][c2]。",
        "県税事務所に加入の情報を[c2]、年金機構に滞納の情報を[c1]提供しています。",
        "県税事務所に滞納の情報を移転しています[c1]。",
        "県税事務所に滞納の情報を提供していません[c1]。",
        "県税事務所に滞納の情報を提供しました[c1]。",
        "県税事務所に滞納の情報を提供できます[c1]。",
        "県税事務所に滞納の情報を毎日提供しています[c1]。",
        "月次で提供しています[c1]。",
    ],
)
def test_in_another_part(verdict: Say, told: str) -> None:
    assert not verdict(provisions(), told).kept


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("給食費システムの保守は株式会社あさひ計算が担当しています[c1]。", True),
        ("給食費システムの保守はみどり市が担当しています[c1]。", False),
        ("株式会社あさひ計算はみどり市に給食費システムの保守を委託しています[c1]。", False),
        (
            "給食費システムの保守を株式会社あさひ計算に[c1]、納付書の印刷を有限会社ゆうひ印刷に[c2]委託しています。",
            True,
        ),
        (
            "給食費システムの保守を有限会社ゆうひ印刷に[c2]、納付書の印刷を株式会社あさひ計算に[c1]委託しています。",
            False,
        ),
        ("納付書の印刷は有限会社ゆうひ印刷に委託し、取扱者数は10人以上50人未満です[c1][c2]。", False),
    ],
)
def test_who_does_the_work(verdict: Say, told: str, kept: bool) -> None:
    assert verdict(contracts(), told).kept is kept

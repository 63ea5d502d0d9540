"""Headings and values are told as a record has them, around a closed set of words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes_verify import answered, cited, contracts

from rag.types import Answer, Verdict

Say = Callable[[Answer, str], Verdict]

DESK = "総務部収納課 みどり市中央1丁目2番3号 000-000-1234"


@pytest.mark.parametrize(
    "told",
    [
        "委託先は、株式会社あさひ計算[c1]、有限会社ゆうひ印刷[c2]の2社です。",
        "みどり市の委託先は株式会社あさひ計算です[c1]。",
        "株式会社あさひ計算が委託先です[c1]。",
        "株式会社あさひ計算の取扱者数は10人以上50人未満です[c1]。",
        "取扱者数は、株式会社あさひ計算が10人以上50人未満[c1]、有限会社ゆうひ印刷が10人未満[c2]です。",
        "納付書の印刷の委託先は有限会社ゆうひ印刷で、取扱者数は10人未満です[c2]。",
        "有限会社ゆうひ印刷は再委託していません[c2]。",
        "納付書の印刷については、再委託は行っていません[c2]。",
        "株式会社あさひ計算の再委託の有無は「再委託する」とされています[c1]。",
        "- 株式会社あさひ計算: 給食費システムの保守[c1]",
        "現在の委託事項は2件です[c1][c2]。",
        "委託先は株式会社あさひ計算というものです[c1]。",
    ],
)
def test_as_the_records_have_it(verdict: Say, told: str) -> None:
    assert verdict(contracts(), told).reason == ""


@pytest.mark.parametrize(
    "told",
    [
        "委託先は株式会社あさひ計算の1社です[c1]。",
        "委託先は株式会社あさひ計算だけです[c1]。",
        "委託先は株式会社あさひ計算ではありません[c1]。",
        "委託先は株式会社あさひ計算でした[c1]。",
        "委託先は株式会社あさひ計算又は有限会社ゆうひ印刷です[c1][c2]。",
        "株式会社あさひ計算の委託先は有限会社ゆうひ印刷です[c1][c2]。",
        "取扱者数は10人未満です[c2]。",
        "株式会社あさひ計算の取扱者数は10人未満です[c1][c2]。",
        "株式会社あさひ計算の取扱者数は10人以上です[c1]。",
        "再委託していません[c2]。",
        "みどり市では再委託していません[c2]。",
        "株式会社あさひ計算と有限会社ゆうひ印刷は再委託していません[c1][c2]。",
        "有限会社ゆうひ印刷に再委託しています[c2]。",
        "有限会社ゆうひ印刷は再委託できません[c2]。",
        "用途は株式会社あさひ計算です[c1]。",
        "委託事項は3件です[c1][c2]。",
        "この会社は再委託します[c1]。",
        "株式会社あさひ計算です[c1]。",
    ],
)
def test_otherwise(verdict: Say, told: str) -> None:
    assert not verdict(contracts(), told).kept


def test_a_desk_with_its_address_and_number(verdict: Say) -> None:
    answer = answered(f"連絡先は「{DESK}」です。[1]", [cited(1, DESK, section="IV.2 ①", label="①連絡先")])
    assert verdict(answer, "問合せ先は総務部収納課で、電話番号は000-000-1234です[c1]。").kept
    assert verdict(answer, "連絡先は総務部収納課(みどり市中央1丁目2番3号、電話 000-000-1234)です[c1]。").kept
    assert not verdict(answer, "連絡先は総務部収納課で、電話番号は000-000-1243です[c1]。").kept
    assert not verdict(answer, "住所は000-000-1234です[c1]。").kept


def test_dates_whose_heading_says_what_happened(verdict: Say) -> None:
    answer = answered(
        "x「平成28年4月1日」です。[1]", [cited(1, "平成28年4月1日", section="II.2 ⑤", label="⑤保有開始日")]
    )
    assert verdict(answer, "平成28年4月1日に保有を開始しました[c1]。").kept
    for lie in (
        "平成28年4月1日に使用を開始しました[c1]。",
        "平成28年4月1日に保有を終了しました[c1]。",
        "平成28年4月1日まで保有しました[c1]。",
    ):
        assert not verdict(answer, lie).kept

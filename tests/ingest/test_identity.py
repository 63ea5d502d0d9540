"""Whose assessment it is."""

from __future__ import annotations

import pytest

from ingest.identity import PREFECTURES, short_duty, split_body


@pytest.mark.parametrize(
    ("body", "name", "prefecture"),
    [
        ("埼玉県川口市長", "川口市", "埼玉県"),
        ("埼玉県　川口市長", "川口市", "埼玉県"),
        ("さいたま市長", "さいたま市", ""),
        ("川口市長 青空 太郎", "川口市", ""),
        ("東京都新宿区長", "新宿区", "東京都"),
        ("東京都知事", "東京都", "東京都"),
        ("北海道札幌市長", "札幌市", "北海道"),
        ("三重県知事", "三重県", "三重県"),
        ("三重県四日市市長", "四日市市", "三重県"),
        ("千葉県市川市長", "市川市", "千葉県"),
        ("新潟県十日町市長", "十日町市", "新潟県"),
        ("長野県大町市長", "大町市", "長野県"),
        ("京都府京都市長", "京都市", "京都府"),
        ("岐阜県山県市長", "山県市", "岐阜県"),
        ("長野県野沢温泉村長", "野沢温泉村", "長野県"),
        ("みなも町長職務代理者", "みなも町", ""),
        ("埼玉県後期高齢者医療広域連合長", "埼玉県後期高齢者医療広域連合", "埼玉県"),
        ("くすのき広域連合長", "くすのき広域連合", ""),
        ("埼玉県川口市教育委員会", "川口市教育委員会", "埼玉県"),
        ("川口市教育委員会", "川口市教育委員会", ""),
        ("三重県教育委員会", "三重県教育委員会", "三重県"),
        ("静岡県", "静岡県", "静岡県"),
    ],
)
def test_bodies(body: str, name: str, prefecture: str) -> None:
    assert split_body(body) == (name, prefecture)


def test_there_are_47_prefectures() -> None:
    assert len(set(PREFECTURES)) == 47


@pytest.mark.parametrize(
    ("title", "duty"),
    [
        ("川口市 子ども医療費の支給に関する事務 重点項目評価書", "子ども医療費の支給に関する事務"),
        ("川口市における介護保険事務 特定個人情報保護評価書（全項目評価書）", "介護保険事務"),
        ("住民基本台帳に関する事務", "住民基本台帳に関する事務"),
        ("", ""),
    ],
)
def test_short_duties(title: str, duty: str) -> None:
    assert short_duty(title, "川口市") == duty

"""Numbers, dates and quotations are compared exactly, in whatever width they are written."""

from __future__ import annotations

import datetime as dt

import pytest

from rag.verify import facts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("取扱者数は10人以上50人未満", ["10人以上", "50人未満"]),
        ("１，０００人未満", ["1000人未満"]),
        ("三社に委託", ["3社"]),
        ("令和4年6月24日に3件", ["3件"]),
        ("電話 0596-21-5536", ["0596-21-5536"]),
        ("80点未満", ["80", "未満"][:1]),
        ("約400,000件", ["400000件"]),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert facts.numbers(text) == expected


@pytest.mark.parametrize(
    ("number", "pool", "expected"),
    [
        ("10人", "取扱者数は10人以上", True),
        ("0人", "取扱者数は10人以上", False),
        ("1", "別表第1の121の項", True),
        ("12", "別表第1の121の項", False),
        ("5536", "0596-21-5536", True),
        ("0596", "0596-21-5536", False),
    ],
)
def test_a_number_stands_alone(number: str, pool: str, expected: bool) -> None:
    assert facts.has_number(number, pool) is expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和4年6月24日", dt.date(2022, 6, 24)),
        ("令和元年6月21日", dt.date(2019, 6, 21)),
        ("平成２８年４月１日", dt.date(2016, 4, 1)),
        ("2022年6月24日", dt.date(2022, 6, 24)),
    ],
)
def test_dates(text: str, day: dt.date) -> None:
    assert [found for _, found in facts.dates(text)] == [day]


def test_quotations_without_single_characters() -> None:
    assert facts.quotations("「再委託しない」と『紙』と“Ａ社”") == ["再委託しない", "a社"]


def test_circled_numbers_claim_nothing() -> None:
    assert facts.folded("①秘密の 保持②サーバー") == "秘密の保持サーバ"

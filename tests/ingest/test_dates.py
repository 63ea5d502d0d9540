"""Dates as the form prints them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_dates, parse_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和8年2月3日", (2026, 2, 3)),
        ("令和 元 年 6 月 21 日", (2019, 6, 21)),
        ("Ｒ８．２．３", (2026, 2, 3)),
        ("H31.4.30", (2019, 4, 30)),
        ("2016/1/29", (2016, 1, 29)),
        ("2016-01-29", (2016, 1, 29)),
        ("平成28年12月", (2016, 12, 1)),
        ("昭和60年", (1985, 1, 1)),
        ("２０２０年１０月２２日", (2020, 10, 22)),
        ("令和5年13月1日(令和5年12月1日の誤り)", (2023, 12, 1)),
        ("公表日は令和7年3月27日、前回は令和6年1月1日", (2025, 3, 27)),
    ],
)
def test_the_first_date_that_exists(text: str, day: tuple[int, int, int]) -> None:
    assert parse_date(text) == dt.date(*day)


@pytest.mark.parametrize("text", ["", "未定", "令和", "12345678", "048-258-1641", "令和99999年", "FR8.2.3"])
def test_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(dt.date(2019, 5, 1), dt.date(2099, 12, 31)))
def test_reiwa_comes_back(day: dt.date) -> None:
    assert parse_date(f"令和{day.year - 2018}年{day.month}月{day.day}日") == day
    assert parse_date(f"R{day.year - 2018}.{day.month}.{day.day}") == day


@given(st.dates(dt.date(1950, 1, 1), dt.date(2024, 12, 31)))
def test_dates_of_any_writing_come_back(day: dt.date) -> None:
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"昭和{day.year - 1925}年{day.month}月{day.day}日",
    ):
        assert parse_date(text) == day


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    parse_date(text)
    assert all(date in text for date in find_dates(text))


def test_all_dates_once() -> None:
    assert find_dates("令和2年6月8日に判明、令和2年6月8日に報告、平成28年1月から2020年7月") == [
        "令和2年6月8日",
        "平成28年1月",
        "2020年7月",
    ]

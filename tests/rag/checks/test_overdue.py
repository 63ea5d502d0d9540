"""Deadlines are counted to a day that is given."""

from __future__ import annotations

import datetime as dt

import pytest

from rag.checks.finding import Severity
from rag.checks.overdue import after

from .conftest import Findings


@pytest.mark.parametrize(
    ("today", "rule"),
    [
        (dt.date(2026, 6, 29), ""),
        (dt.date(2026, 6, 30), "overdue.review"),
        (dt.date(2029, 12, 29), "overdue.review"),
        (dt.date(2029, 12, 30), "overdue.soon"),
        (dt.date(2030, 6, 29), "overdue.soon"),
        (dt.date(2030, 6, 30), "overdue.redo"),
    ],
)
def test_gravest_deadline_that_has_come(findings: Findings, today: dt.date, rule: str) -> None:
    assert [f.rule.id for f in findings(today=today)] == ([rule] if rule else [])


def test_a_later_assessment_counts_as_a_review(of_rule: Findings) -> None:
    changes = ("①実施日\t令和7年4月15日", "①実施日\t令和8年3月1日")
    assert of_rule("overdue.review", changes, today=dt.date(2026, 12, 1)) == ()
    assert of_rule("overdue.review", today=dt.date(2026, 12, 1))[0].severity is Severity.NOTE


def test_months_of_different_lengths() -> None:
    assert after(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
    assert after(dt.date(2024, 8, 31), 5, -6) == dt.date(2029, 2, 28)
    assert after(dt.date(2021, 12, 31), 5) == dt.date(2026, 12, 31)


def test_no_deadline_without_a_readable_day(findings: Findings) -> None:
    assert findings(("公表日\n\n令和7年6月30日", "公表日\n\n未定"), today=dt.date(2040, 1, 1)) == ()

"""The threshold: what is due of a number of people, of handlers, and of an incident."""

from __future__ import annotations

import pytest

from rag.checks.contradiction.people import due_of

BASIC, FOCUSED, FULL = "基礎項目評価", "基礎項目評価及び重点項目評価", "基礎項目評価及び全項目評価"


@pytest.mark.parametrize(
    ("people", "many", "grave", "due"),
    [
        ("1,000人未満", {False}, {False}, {"義務なし"}),
        ("1,000人以上1万人未満", {True}, {True}, {BASIC}),
        ("1万人以上10万人未満", {False}, {False}, {BASIC}),
        ("1万人以上10万人未満", {True}, {False}, {FOCUSED}),
        ("1万人以上10万人未満", {False}, {False, True}, {BASIC, FOCUSED}),
        ("10万人以上30万人未満", {False}, {False}, {FOCUSED}),
        ("10万人以上30万人未満", {False, True}, {False}, {FOCUSED, FULL}),
        ("30万人以上", {False}, {False}, {FULL}),
        ("不明", {False}, {False}, set()),
    ],
)
def test_due(people: str, many: set[bool], grave: set[bool], due: set[str]) -> None:
    assert due_of(people, many, grave) == due

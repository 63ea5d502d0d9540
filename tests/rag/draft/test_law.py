"""Citations in today's form; what no longer holds is told; grounds of one duty are told."""

from __future__ import annotations

import pytest

from rag.draft.law import current, grounds, repealed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("本市個人情報保護条例の罰則による。", "個人情報の保護に関する法律の罰則による。"),
        ("市の個人情報保護条例を守る。", "個人情報の保護に関する法律を守る。"),
        ("委託先は本市の個人情報保護条例を守る。", "委託先は個人情報の保護に関する法律を守る。"),
        ("個人情報の保護に関する条例に基づく。", "個人情報の保護に関する法律に基づく。"),
        ("番号法第19条第7号に基づく提供。", "番号法第19条第8号に基づく提供。"),
        ("番号法別表第一に定める事務。", "番号法別表に定める事務。"),
    ],
)
def test_a_citation_is_put_right_and_the_change_is_told(before: str, after: str) -> None:
    text, changed = current(before)
    assert text == after
    assert len(changed) == 1
    assert changed[0].before in before
    assert changed[0].after in after
    assert changed[0].reason


def test_what_holds_today_is_left_alone() -> None:
    text = "番号法第19条第8号及び別表に基づく。"
    assert current(text) == (text, ())


@pytest.mark.parametrize(
    "text", ["別表第一の10の項", "別表第2の規定", "第19条第7号の別の法律", "番号法第19条第14号", "個人情報保護条例"]
)
def test_what_is_repealed_is_told(text: str) -> None:
    assert repealed(text)


@pytest.mark.parametrize(
    "text", ["別表の10の項", "番号法第19条第8号", "番号法第19条第17号", "個人情報の保護に関する法律"]
)
def test_what_holds_is_not_repealed(text: str) -> None:
    assert not repealed(text)


def test_a_number_of_the_old_table_cannot_be_put_right_without_the_duty() -> None:
    text, _ = current("別表第二の27の項に基づく。")
    assert repealed(text)


def test_grounds_of_a_single_duty_are_told() -> None:
    assert grounds("番号法第9条第2項、別表及び主務省令に基づく。") == ("第9条第2項", "別表", "主務省令")
    assert grounds("番号法第19条の規定に基づく。") == ()

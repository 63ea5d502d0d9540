"""Why a sentence is left out: words that are not there, facts mixed, roles, denials, conditions, past and present."""

from __future__ import annotations

import pytest
from fakes_verify import change, contracts, measures

from rag.tokens import Words
from rag.types import Answer
from rag.verify import grounds_of, roles, sense
from rag.verify.faults import Fault
from rag.verify.mixing import mixed
from rag.verify.wording import unborne

MEASURES = measures(
    "原則として課長が書類を確かめる。",
    "アクセス権限を持つ職員だけに渡す。",
    "記録を残さない。",
    "困難な場合は報告書を見る。",
)


def grounds(answer: Answer, words: Words, *tokens: int) -> list[object]:
    made = grounds_of(answer, words)
    return [made.by_token[n] for n in tokens]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("課長が書類を燃やします", Fault.WORD),
        ("部長が書類を確かめます", Fault.WORD),
        ("株式会社やよい計算が書類を確かめます", Fault.NAME),
        ("書類を3回確かめます", Fault.NUMBER),
        ("令和9年1月1日に書類を確かめます", Fault.DATE),
        ("「完璧」に書類を確かめます", Fault.QUOTATION),
        ("課長が書類を確かめます", ""),
    ],
)
def test_words_that_are_not_there(words: Words, told: str, fault: str) -> None:
    made = grounds_of(MEASURES, words)
    assert unborne(told, [made.by_token[1]], made, words).partition(":")[0] == fault


@pytest.mark.parametrize(
    ("token", "told", "fault"),
    [
        (1, "課長が書類を確かめます", Fault.QUALIFIER),
        (1, "原則として課長が書類を確かめます", ""),
        (2, "アクセス権限を持つ職員に渡します", Fault.QUALIFIER),
        (3, "記録を残します", Fault.DENIAL),
        (3, "記録を残しません", ""),
        (1, "原則として課長が書類を確かめません", Fault.DENIAL),
        (4, "報告書を見ます", Fault.QUALIFIER),
    ],
)
def test_denials_and_conditions(words: Words, token: int, told: str, fault: str) -> None:
    ground = grounds_of(MEASURES, words).by_token[token]
    assert sense.fault(told, told, [ground], words).partition(":")[0] == fault


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("委託先は株式会社よあけ計算です", Fault.HISTORY),
        ("現在は株式会社よあけ計算から変更されました", Fault.HISTORY),
        ("株式会社あさひ計算から株式会社よあけ計算に変更されました", Fault.ORDER),
        ("株式会社よあけ計算から株式会社あさひ計算に変更されました", ""),
    ],
)
def test_past_and_present(words: Words, told: str, fault: str) -> None:
    ground = grounds_of(change(), words).by_token[1]
    assert sense.fault(told, told, [ground], words).partition(":")[0] == fault


def test_facts_of_different_rows(words: Words) -> None:
    made = grounds_of(contracts(), words)
    both = [made.by_token[1], made.by_token[2]]
    assert mixed("納付書の印刷は株式会社あさひ計算に委託しています", both, words).startswith(Fault.MIXED)
    assert mixed("株式会社あさひ計算と有限会社ゆうひ印刷です", both, words) == ""


def test_who_gives_and_who_receives(words: Words) -> None:
    ground = grounds_of(contracts(), words).by_token[1]
    assert roles.fault("株式会社あさひ計算が委託しています", [ground], words).startswith(Fault.ROLE)
    assert roles.fault("株式会社あさひ計算に委託しています", [ground], words) == ""

"""A sentence in order: its form, its tokens, whose evidence it tells; why it is left out is said in words."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from fakes_verify import answered, change, cited, contracts

from rag.answer import Answerer
from rag.tokens import Words
from rag.types import Answer, Verdict
from rag.verify import Verifier, grounds_of
from rag.verify.faults import Fault

Say = Callable[[Answer, str], Verdict]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("委託先は株式会社あさひ計算です。", Fault.NO_TOKEN),
        ("委託先は株式会社あさひ計算です[c9]。", Fault.UNKNOWN_TOKEN),
        ("委託先は<b>株式会社あさひ計算</b>です[c1]。", Fault.MARKUP),
        ("委託先は[株式会社あさひ計算](https://example.invalid/)です[c1]。", Fault.MARKUP),
        ("委託先は株式会社あ\u200bさひ計算です[c1]。", Fault.MARKUP),
        ("The contractor is 株式会社あさひ計算[c1].", Fault.LANGUAGE),
        ("あかね市の委託先は株式会社あさひ計算です[c1]。", Fault.BODY),
        ("さくら市の委託先は株式会社あさひ計算です[c1]。", Fault.BODY),
        ("委託先は株式会社山川計算です[c1]。", Fault.NAME),
        ("株式会社あさひ計算の取扱者数は100人未満です[c1]。", Fault.NUMBER),
        ("株式会社あさひ計算に令和2年1月1日から委託しています[c1]。", Fault.DATE),
        ("株式会社あさひ計算は「優良」です[c1]。", Fault.QUOTATION),
        ("株式会社あさひ計算はデータを暗号化します[c1]。", Fault.WORD),
        ("有限会社ゆうひ印刷は再委託しています[c2]。", Fault.DENIAL),
        ("納付書の印刷は株式会社あさひ計算に委託しています[c1][c2]。", Fault.MIXED),
        ("株式会社あさひ計算が委託しています[c1]。", Fault.ROLE),
    ],
)
def test_why_a_sentence_is_left_out(verdict: Say, told: str, fault: Fault) -> None:
    found = verdict(contracts(), told)
    assert not found.kept
    assert found.reason.partition(":")[0] == fault


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("委託先は株式会社よあけ計算です[c1]。", Fault.HISTORY),
        ("令和5年6月1日に株式会社あさひ計算から株式会社よあけ計算に変更されました[c1]。", Fault.ORDER),
        ("現在の委託先は株式会社あさひ計算です[c1][c2]。", Fault.TOKEN),
    ],
)
def test_why_a_change_is_left_out(verdict: Say, told: str, fault: Fault) -> None:
    assert verdict(change(), told).reason.partition(":")[0] == fault


def test_a_sentence_is_told_once(words: Words) -> None:
    verifier = Verifier(grounds_of(contracts(), words), words, ["みどり市"])
    told = "委託先は株式会社あさひ計算です[c1]。"
    assert verifier.verify(told).kept
    assert verifier.verify(told).reason == Fault.REPEATED


def test_of_several_municipalities_each_is_named(verdict: Say) -> None:
    quotes = [
        cited(1, "鍵を掛けて保管する。"),
        cited(2, "鍵を課長が持つ。", body="あかね市", title="あかね市 給食費の徴収に関する事務 重点項目評価書"),
    ]
    lines = "- みどり市 III.3: 「鍵を掛けて保管する。」[1]\n- あかね市 III.3: 「鍵を課長が持つ。」[2]"
    answer = answered(lines, quotes)
    assert verdict(answer, "みどり市では、鍵を掛けて保管します[c1]。").kept
    assert verdict(answer, "鍵を掛けて保管します[c1]。").reason.startswith(Fault.BODY)
    assert not verdict(answer, "あかね市では、鍵を掛けて保管します[c1]。").kept
    assert not verdict(answer, "あかね市では、鍵を掛けて保管します[c1][c2]。").kept


def test_a_sentence_is_verified_fast(answerer: Answerer) -> None:
    """Milliseconds of one thread's own time, so that a busy machine does not matter; some ten times what is usual."""
    grounds = grounds_of(answerer.ask("青嶺市の国保では職員の認証をどうしていますか"), answerer.words)
    started = time.thread_time()
    grounds.read()
    verifier = Verifier(grounds, answerer.words, answerer.gazetteer().names)
    assert (time.thread_time() - started) * 1000 < 100
    told = [
        "青嶺市では、5分間操作が無ければ自動で画面を閉じます[c2]。",
        "青嶺市では、5分間操作があれば画面を閉じます[c2]。",
    ]
    for sentence in told:
        started = time.thread_time()
        verifier.verify(sentence)
        assert (time.thread_time() - started) * 1000 < 25

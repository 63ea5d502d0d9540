"""Kinds of thing that a question asks for, and which texts hold them."""

from __future__ import annotations

import pytest

from rag.bodies import Gazetteer
from rag.evidence import lacks_kind, needed
from rag.question import make_plan
from rag.terms import key
from rag.tokens import Words

WORDS = Words()
GAZETTEER = Gazetteer([], WORDS)


def lacks(question: str, text: str) -> bool:
    return lacks_kind(make_plan(question, GAZETTEER, WORDS, lambda name: True), [key(text)])


@pytest.mark.parametrize(
    ("question", "holds", "without"),
    [
        ("年間何通ですか", "お知らせ38通", "封筒に入れて送る"),
        ("何世代残しますか", "3世代を保管", "バックアップを保存"),
        ("何年間保存しますか", "記録を3年間残す", "平成28年から残す"),
        ("何年に更新しますか", "平成28年4月1日", "宛名管理システム"),
        ("何世帯が受け取りましたか", "295世帯分", "1世帯当たり10万円"),
        ("何人いますか", "10人以上50人未満", "404件"),
        ("何人分の情報ですか", "404件", "個人情報"),
        ("いつ始まりましたか", "平成28年4月1日", "児童福祉システム"),
        ("どのくらいの頻度ですか", "毎月10日に確かめる", "パスワードによる認証"),
        ("再委託先はどこですか", "再委託先は株式会社こもれび", "再委託する 株式会社みなもデータサービス"),
        ("担当者は誰ですか", "国保年金課長", "10人未満"),
        ("How many servers are there?", "サーバ2台", "サーバに保管する"),
        ("When will the contract end?", "令和9年3月31日", "契約で定める場合"),
    ],
)
def test_a_needed_kind(question: str, holds: str, without: str) -> None:
    assert not lacks(question, holds)
    assert lacks(question, without)


def test_a_question_that_counts_nothing_needs_no_kind() -> None:
    assert needed("委託先はどこですか") == ()
    assert len(needed("何台ありますか")) == 1

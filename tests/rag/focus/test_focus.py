"""What a question asks for, in both languages: heads, claims, and nouns that name nothing of their own."""

from __future__ import annotations

import pytest

from rag.bodies import Gazetteer
from rag.focus import Focus, focus_of
from rag.question import make_plan
from rag.terms import Term
from rag.tokens import Words

WORDS = Words()
GAZETTEER = Gazetteer(["青嶺市", "みなも町"], WORDS)


def focus(question: str) -> Focus:
    return focus_of(make_plan(question, GAZETTEER, WORDS, lambda name: False))


def said(terms: tuple[Term, ...]) -> list[str]:
    return [t.surface for t in terms]


@pytest.mark.parametrize(
    ("question", "heads"),
    [
        ("青嶺市の委託先の資本金は？", ["資本金"]),
        ("青嶺市の委託先の資本金", ["資本金"]),
        ("青嶺市の委託先の資本金を教えてください。", ["資本金"]),
        ("青嶺市の委託先の資本金について詳しく教えて", ["資本金"]),
        ("青嶺市の委託先の資本金はいくらですか", ["資本金"]),
        ("青嶺市の端末は何台ありますか", ["端末"]),
        ("青嶺市の所得制限はどうなっていますか", ["所得制限"]),
        ("青嶺市の委託先と資本金は？", ["委託先", "資本金"]),
        ("青嶺市の委託先、資本金及び設立年を教えて", ["委託先", "資本金", "設立年"]),
        ("時期・頻度について: 青嶺市の市長の給料はいくらですか", ["給料"]),
        ("青嶺市に住んでいます。委託先の資本金は？", ["資本金"]),
        ("青嶺市の警察の対応は？", ["警察"]),
        ("青嶺市の委託は全部で何件ですか", ["委託"]),
        ("青嶺市のシステムの停止時間は年間どのくらいですか", ["停止時間"]),
        ("青嶺市のサーバのOSは何ですか", ["os"]),
        ("What is the share capital of 青嶺市's contractors?", ["share capital"]),
        ("Which operating system does 青嶺市 run?", ["operating system"]),
    ],
)
def test_the_head_is_what_stands_before_the_asking(question: str, heads: list[str]) -> None:
    assert said(focus(question).heads) == heads


@pytest.mark.parametrize(
    ("question", "claims"),
    [
        ("青嶺市では審査に生成AIを使っていますか", ["審査", "生成ai"]),
        ("青嶺市は弁護士に相談しましたか", ["弁護士", "相談"]),
        ("青嶺市の担当の職員はいますか", []),
        ("Did みなも町 consult a lawyer?", ["lawyer"]),
        ("Does みなも町 gladly frobnicate?", []),
    ],
)
def test_yes_or_no_claims_every_noun(question: str, claims: list[str]) -> None:
    found = focus(question)
    assert (said(found.claims), found.heads, found.affirms) == (claims, (), True)


def test_a_wh_word_with_a_predicate_of_its_own_asks_for_no_noun() -> None:
    found = focus("青嶺市の健康管理システムはどのような方法で利用者認証をしていますか")
    assert found.heads == ()
    assert said(found.claims) == ["健康管理システム", "利用者認証"]
    assert said(found.of) == ["健康管理システム"]


def test_what_is_done_is_not_claimed_of_a_question_with_a_wh_word() -> None:
    assert said(focus("青嶺市の印刷機はいつ導入されましたか").claims) == ["印刷機"]


def test_a_question_over_all_documents_claims_all_that_it_says_of_them() -> None:
    assert "プライバシーマーク" in said(focus("プライバシーマークを持つ業者がいる自治体はどこですか").claims)
    assert focus("自治体はどこですか").claims == ()

"""A peer's field sentence by sentence: bullets and headings apart, each once, national text told."""

from __future__ import annotations

import pytest

from rag.draft.material import national, said_in, stated
from rag.draft.profile import ContractFact, Profile
from tests.fakes_peers import peer

FIELD = "III.6 その他のリスク"


def texts(*lines: str) -> list[tuple[str, str]]:
    return [(s.bullet, s.text) for s in said_in([peer({FIELD: lines})], FIELD)]


def test_bullets_are_taken_off() -> None:
    lines = ("・担当を定める。", "①記録を残す。", "(1) 照会を確かめる。", "●権限を分ける。")
    assert texts(*lines) == [
        ("・", "担当を定める。"),
        ("①", "記録を残す。"),
        ("(1)", "照会を確かめる。"),
        ("●", "権限を分ける。"),
    ]


def test_a_heading_heads_what_follows_and_is_no_sentence() -> None:
    book = peer({FIELD: ("＜中間サーバー・プラットフォームにおける措置＞", "①通信を暗号化する。")})
    said = said_in([book], FIELD)
    assert [(s.heading, s.text) for s in said] == [("中間サーバー・プラットフォームにおける措置", "通信を暗号化する。")]
    assert said[0].national is not None
    assert said[0].national.needs == "linkage"


def test_a_dash_says_nothing() -> None:
    assert texts("-", "―") == []


def test_the_same_sentence_is_said_once_a_book() -> None:
    assert texts("・記録を残す。", "・記録を残す。") == [("・", "記録を残す。")]


def test_a_footnote_is_told() -> None:
    said = said_in([peer({FIELD: ("①照会の機能(※1)を使う。", "(※1)照会を行う機能。")})], FIELD)
    assert [s.footnote for s in said] == [False, True]


def test_all_blocks_of_an_item_are_read() -> None:
    profile = Profile(
        city="葉月市",
        body="葉月市長",
        title="葉月市 評価書",
        published="令和7年4月1日",
        number="1",
        contracts=(ContractFact("印刷"), ContractFact("保守")),
    )
    book = peer({"II.4 委託事項1 ⑤": "書面で承認する。", "II.4 委託事項2 ⑤": "事前に協議する。"}, profile)
    assert [s.text for s in said_in([book], "II.4 委託事項 ⑤")] == ["書面で承認する。", "事前に協議する。"]


def test_choices_are_stated_but_not_said() -> None:
    book = peer()
    assert [i.text for i in stated(book, "III.9 実施状況")] == ["特に力を入れて行っている"]
    assert said_in([book], "III.9 実施状況") == ()


@pytest.mark.parametrize(
    ("heading", "needs"),
    [
        ("中間サーバー・ソフトウェアにおける措置", "linkage"),
        ("中間サーバ・ソフトウエアにおける措置", "linkage"),
        ("中間サーバープラットホームにおける措置", "linkage"),
        ("ガバメントクラウドにおける措置", "cloud"),
    ],
)
def test_national_text_by_its_heading_however_it_is_spelt(heading: str, needs: str) -> None:
    found = national(heading)
    assert found is not None
    assert found.needs == needs


@pytest.mark.parametrize("heading", ["中間サーバーの運用における措置", "葉月市における措置", ""])
def test_a_bodys_own_heading_is_not_national(heading: str) -> None:
    assert national(heading) is None

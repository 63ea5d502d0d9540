"""Sentences verbatim: the ones that answer, incidents by their parts, and silence where too little stands there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer, Status

Asking = Callable[[str], Answer]


@pytest.mark.parametrize(
    ("question", "section", "words"),
    [
        ("青嶺市の国保では異動した職員の権限をいつ消しますか", "III.3", "人事課からの通知の当日に権限を消し"),
        ("青嶺市の国保では操作の記録を何年残しますか", "III.3", "操作の記録を7年間残し"),
        ("青嶺市の国保では媒体をどうやって廃棄しますか", "II.6", "磁気破壊の後に裁断"),
        ("青嶺市の国保の委託契約書の規定では事故を知ってから何時間以内に報告させますか", "III.4", "1時間以内の第一報"),
        ("川口市の子ども医療費では窓口で本人かどうかをどうやって確かめますか", "III.2", "個人番号カード"),
    ],
)
def test_the_sentence_that_answers(ask: Asking, question: str, section: str, words: str) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert any(c.section.startswith(section) and words in c.quote for c in answer.citations)


def test_an_incident_in_the_present(ask: Asking) -> None:
    answer = ask("青嶺市の国民健康保険で個人情報の重大事故はありましたか。内容は？")
    assert "38通" in answer.answer
    assert all(c.section.startswith("III.7") for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("川崎市の市営住宅の評価書にある高額療養費支給申請書の重大事故の原因は何ですか", "足元に置いたまま"),
        ("川崎市の市営住宅の評価書にある高額療養費支給申請書の紛失は何件でしたか", "404件"),
    ],
)
def test_the_part_of_a_case(ask: Asking, question: str, words: str) -> None:
    assert words in ask(question).answer


@pytest.mark.parametrize(
    "question",
    ["川口市の子ども医療費の職員の給料はいくらですか", "青嶺市の国保では虹彩の採取をどの病院に頼みますか"],
)
def test_nothing_is_quoted_where_too_little_stands(ask: Asking, question: str) -> None:
    answer = ask(question)
    assert answer.status is Status.NOT_STATED
    assert answer.rows == ()

"""What is asked for and stands nowhere is not stated, and the answer names it; what stands near it is answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answer import Answerer
from rag.types import Answer, Status

Asking = Callable[[str], Answer]

#: A question that no document answers, the word of it that is not stated, and its neighbour with a fact of the answer.
PAIRS = [
    ("青嶺市の国民健康保険の委託先の資本金は？", "資本金", "青嶺市の国民健康保険の委託先は？", "青嶺みらいシステムズ"),
    ("青嶺みらいシステムズの社長は誰ですか", "社長", "青嶺みらいシステムズは何をしていますか", "国民健康保険システム"),
    (
        "みなも町の健康管理システムのメーカーはどこですか",
        "メーカー",
        "みなも町の健康管理システムの機能は？",
        "予防接種",
    ),
    ("青嶺市の国保の窓口の受付時間を教えて", "受付時間", "青嶺市の国保の問合せ先の電話番号を教えて", "000-000-1234"),
    ("青嶺市の国保で懲戒処分になった職員はいますか", "懲戒処分", "青嶺市の国保で重大事故はありましたか", "38通"),
    ("川口市の議会の議決は必要でしたか", "議会", "川口市の子ども医療費の公表日は？", "令和8年2月3日"),
    ("青嶺市の国保の審査に生成AIを使っていますか", "生成AI", "青嶺市の国保では顔認証を使っていますか", "顔認証"),
    (
        "What is the share capital of みなも町's contractors?",
        "share capital",
        "Who are the contractors of みなも町?",
        "こもれび",
    ),
    ("Did みなも町 consult a lawyer?", "lawyer", "What systems does みなも町 use?", "健康管理システム"),
]


@pytest.mark.parametrize(("question", "word"), [pair[:2] for pair in PAIRS])
def test_what_stands_nowhere_is_not_stated_and_named(ask: Asking, question: str, word: str) -> None:
    answer = ask(question)
    assert answer.status is Status.NOT_STATED
    assert f"「{word}」" in answer.answer
    assert "記載なし" in answer.answer
    assert answer.rows == ()


@pytest.mark.parametrize(("question", "fact"), [pair[2:] for pair in PAIRS])
def test_what_stands_beside_it_is_answered(ask: Asking, question: str, fact: str) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert fact in answer.answer + str(answer.rows)


def test_a_label_of_the_form_in_the_question_answers_nothing_else(ask: Asking) -> None:
    answer = ask("時期・頻度について: みなも町の町長の給料はいくらですか")
    assert answer.status is Status.NOT_STATED
    assert "「給料」" in answer.answer
    assert "移転先" not in answer.answer
    assert ask("時期・頻度について: みなも町のこども未来課への移転は？").status is Status.ANSWERED


def test_of_two_things_the_one_that_is_stated_is_told_after_the_note(ask: Asking) -> None:
    answer = ask("青嶺市の国民健康保険の委託先と資本金を教えてください")
    assert answer.status is Status.PARTIAL
    assert answer.answer.startswith("「資本金」についての記載はありません(記載なし)。")
    assert len(answer.rows) == 3


def test_what_the_form_has_instead_is_said_and_offered(ask: Asking) -> None:
    answer = ask("青嶺市の国民健康保険の委託先の資本金は？")
    assert "委託先について様式に欄があるのは、委託事項、委託内容、取扱者数、委託先名、" in answer.answer
    (offered,) = answer.suggestions
    assert ask(offered).status is Status.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "青嶺みらいシステムズの住所を教えてください",
        "青嶺市の国民健康保険の委託先の電話番号は？",
        "青嶺市の国保の保守業者の連絡先はどこですか",
        "青嶺みらいシステムズの担当営業の連絡先は？",
    ],
)
def test_the_municipalitys_own_desk_is_none_of_a_contractors(ask: Asking, question: str) -> None:
    answer = ask(question)
    assert answer.status is Status.NOT_STATED
    assert "000-000" not in answer.answer


def test_who_is_subcontracted_has_no_place_in_the_form(ask: Asking) -> None:
    assert ask("みなも町の予防接種の再委託先はどこの会社ですか").status is Status.NOT_STATED
    assert ask("みなも町の予防接種では再委託していますか").status is Status.ANSWERED


def test_the_divisions_own_head_is_not_the_one_responsible_for_an_incident(ask: Asking) -> None:
    assert ask("川崎市の誤廃棄の責任者は誰でしたか").status is Status.NOT_STATED
    assert ask("川崎市の市営住宅の責任者は誰ですか").status is Status.ANSWERED


def test_rows_of_contracts_tell_nothing_of_an_incident(ask: Asking) -> None:
    assert ask("川崎市の税の無断再委託をした委託先の会社名は何ですか").status is Status.NOT_STATED


@pytest.mark.parametrize(
    ("question", "fact"),
    [("青嶺市の国保の納付書の印刷は年間何通ですか", ""), ("青嶺市の国保の漏えい事故では何通が送られましたか", "38通")],
)
def test_a_number_must_stand_beside_what_is_counted(ask: Asking, question: str, fact: str) -> None:
    answer = ask(question)
    assert answer.status is (Status.ANSWERED if fact else Status.NOT_STATED)
    assert fact in answer.answer


def test_that_an_item_is_recorded_tells_nothing_of_the_matter(ask: Asking) -> None:
    assert ask("川崎市の市営住宅の車種はいくつまで選べますか").status is not Status.ANSWERED
    assert "車種" in ask("川崎市の市営住宅では駐車場の車種を記録していますか").answer


def test_over_all_documents_what_none_of_them_says_is_claimed_of_none(ask: Asking) -> None:
    answer = ask("プライバシーマークを持つ業者に委託している自治体はどこですか")
    assert answer.status is Status.NOT_STATED
    assert "収録している評価書5件には、「プライバシーマーク」" in answer.answer


def test_who_does_a_work_is_the_contractor_for_it(ask: Asking) -> None:
    answer = ask("川崎市の市営住宅の管理代行をしているのは誰？")
    assert [dict(r.cells)["委託先名"] for r in answer.rows] == ["川崎市住宅供給公社"]
    assert "10人以上50人未満" in ask("青嶺みらいシステムズの担当者は何人ですか").answer


def test_a_lost_item_is_said_to_be_lost_once(ask: Asking) -> None:
    answer = ask("川崎市の市営住宅等管理事務で使用するシステムの名称を評価書のI.2から教えてください")
    assert answer.status is Status.UNREADABLE
    assert answer.answer.count("読取不可") == 1
    assert answer.coverage.unreadable == 1


def test_where_the_surest_place_is_only_a_modifier_the_other_answers(ask_edited: Callable[..., Asking]) -> None:
    words = {
        "・職員には情報セキュリティポリシー": "・所属長には情報セキュリティポリシー",
        "\n②所属長の役職名\t子育て支援課長": "",
    }
    asking = ask_edited("川口市-22.txt", words)
    answer = asking("川口市の所属長向けの研修は？")
    assert answer.status is Status.ANSWERED
    assert {c.section for c in answer.citations} == {"III.9 具体的な方法"}


def test_a_general_english_word_is_no_attribute(answerer: Answerer) -> None:
    answer = answerer.ask("What is the contact desk of 青嶺市?")
    assert answer.status is Status.ANSWERED
    assert {c.section.split(" ")[0] for c in answer.citations} == {"IV.2"}

"""The past is told as past, with its dates; what comes after the newest document is not stated."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer, Status

Asking = Callable[[str], Answer]


def test_changes_in_order_with_what_stands_now(ask: Asking) -> None:
    answer = ask("川口市の電算データ入力委託の委託先はいつ変わりましたか")
    assert [dict(r.cells)["変更日"] for r in answer.rows] == ["平成30年11月15日", "令和2年10月22日"]
    assert [dict(r.cells)["変更前"] for r in answer.rows] == [
        "日本情報産業株式会社",
        "富士ソフトサービスビューロ株式会社",
    ]
    assert "現在(令和8年2月3日公表)のII.4 委託事項3 ③は「日本情報産業株式会社」です" in answer.answer
    assert {c.section.split(" ")[0] for c in answer.citations} == {"別添2", "II.4"}


@pytest.mark.parametrize(
    ("date", "contractor"),
    [
        ("平成30年1月1日", "日本情報産業株式会社"),
        ("令和元年6月1日", "富士ソフトサービスビューロ株式会社"),
        ("令和4年4月1日", "日本情報産業株式会社"),
    ],
)
def test_what_stood_on_a_date(ask: Asking, date: str, contractor: str) -> None:
    answer = ask(f"{date}時点の川口市の電算データ入力委託の委託先は")
    assert answer.status is Status.ANSWERED
    assert f"時点のII.4 委託事項3 ③は「{contractor}" in answer.answer


def test_later_changes_are_told_after_what_stood(ask: Asking) -> None:
    answer = ask("令和元年6月1日時点の川口市の電算データ入力委託の委託先は").answer
    assert answer.index("2019-06-01") < answer.index("その後 **令和2年10月22日**")


def test_a_past_entry_taken_for_the_present(ask: Asking) -> None:
    answer = ask("青嶺市の国民健康保険は別表第一の30の項が根拠ですか").answer
    assert "現在の記載に" in answer
    assert "はありません" in answer
    assert "**令和7年6月30日**" in answer


def test_of_several_changes_the_one_at_the_named_place_is_told(ask: Asking) -> None:
    answer = ask("川口市の子ども医療費の担当部署は子ども育成課ですか")
    assert "**令和4年3月2日**に「川口市子ども部子ども育成課」から" in answer.answer
    assert "現在(令和8年2月3日公表)のI.6 ①: 「川口市 子ども部 子育て支援課」" in answer.answer


def test_a_word_of_the_past_in_the_name_of_an_item_does_not_ask_for_the_past(ask: Asking) -> None:
    answer = ask("青嶺市の国保で過去3年以内に起きた重大事故の内容は")
    assert "38通" in answer.answer
    assert all(c.section.startswith("III.7") for c in answer.citations)


def test_what_stands_only_in_the_past_is_told_as_past(ask: Asking) -> None:
    answer = ask("川口市で失くしたUSBメモリには何名分の情報が入っていましたか")
    assert "1,457名分" in answer.answer
    assert answer.answer.startswith("現在の記載にはありません")
    assert answer.warnings == ("過去の記載です。現在の状況を示すものではありません。",)
    assert {c.section.split(" ")[0] for c in answer.citations} == {"別添2"}


@pytest.mark.parametrize(
    ("question", "past"),
    [
        ("川口市の子ども医療費の委託先は？", "富士ソフト"),
        ("青嶺市の国民健康保険のシステム保守の委託先は", "はれのくに電算"),
        ("青嶺市の国保の担当部署は", "保険課"),
        ("青嶺市の国保で個人番号を使う法令上の根拠は", "30の項"),
        ("青嶺市の国保のユーザ認証の具体的な管理方法は", "IDとパスワードによる認証"),
    ],
)
def test_a_question_about_the_present_is_not_answered_from_the_past(ask: Asking, question: str, past: str) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert not any(c.section.startswith("別添2") for c in answer.citations)
    assert past not in answer.answer.replace("国保年金課", "")


def test_a_lost_record_of_changes_is_unreadable(ask: Asking) -> None:
    answer = ask("川崎市の市営住宅の委託先は以前どこでしたか")
    assert answer.status is Status.UNREADABLE
    assert "変更箇所は、収録した文書に残っていません(読取不可)" in answer.answer


def test_no_such_change_is_not_stated(ask: Asking) -> None:
    answer = ask("青嶺市の国保の第三者点検の方法はいつ変更されましたか")
    assert answer.status is Status.NOT_STATED
    assert "変更箇所(11件)" in answer.answer


@pytest.mark.parametrize("question", ["令和15年の川口市の委託先は", "川口市の来年度の委託先は"])
def test_the_future_is_not_stated(ask: Asking, question: str) -> None:
    answer = ask(question)
    assert answer.status is Status.NOT_STATED
    assert "令和8年2月3日" in answer.answer
    assert answer.citations == ()

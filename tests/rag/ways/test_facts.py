"""Facts at a place: the three kinds of no, boxes that cannot be read, contradictions with both sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer, Status

Asking = Callable[[str], Answer]
Editing = Callable[[str, dict[str, str]], Asking]


@pytest.mark.parametrize(
    ("question", "section", "value"),
    [
        ("川口市の子ども医療費ファイルの保有開始日は", "II.2 ⑤", "平成28年4月1日"),
        ("川口市の子ども医療費の基礎項目評価はいつ実施しましたか", "V.1 ①", "令和7年9月5日"),
        ("川崎市の市営住宅の所属長の役職名は", "I.6 ②", "市営住宅管理課長"),
        ("青嶺市の国保の第三者点検の実施日は", "V.3 ①", "令和7年6月10日"),
        ("川口市の子ども医療費のしきい値判断結果は", "V.1 ②", "基礎項目評価及び重点項目評価の実施が義務付けられる"),
    ],
)
def test_a_field_with_its_place(ask: Asking, question: str, section: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert value in answer.answer
    assert (section, value) in {(c.section, c.quote) for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "quotable"),
    [
        ("川口市の子ども医療費では外部監査を行っていますか", "自己点検"),
        ("川口市の子ども医療費の情報連携は実施していますか", "①実施の有無"),
        ("川口市の子ども医療費の主な記録項目に個人番号はありますか", "個人番号"),
    ],
)
def test_a_box_that_cannot_be_read_is_no_fact(ask: Asking, question: str, quotable: str) -> None:
    answer = ask(question)
    assert answer.status is Status.UNREADABLE
    assert "読取不可" in answer.answer
    assert "原本を確認してください" in answer.answer
    assert answer.coverage.unreadable == 1
    assert [c.quote for c in answer.citations] == [quotable]


def test_of_a_named_box_only_what_can_be_read_is_told(ask: Asking) -> None:
    answer = ask("川崎市の市営住宅では内部監査と外部監査を行っていますか").answer
    assert "「外部監査」は印があります" in answer
    assert "「内部監査」は印があります" not in answer


def test_marked_boxes_count_those_that_cannot_be_read(ask: Asking) -> None:
    answer = ask("川口市の子ども医療費の入手方法は")
    assert (
        "「紙、電子記録媒体(フラッシュメモリを除く。)、庁内連携システム、情報提供ネットワークシステム」"
        in answer.answer
    )
    assert "ほかの4項目の印は読み取れない" in answer.answer


def test_blank_is_not_stated(ask: Asking) -> None:
    answer = ask("川崎市の市営住宅で情報連携の法令上の根拠は")
    assert answer.status is Status.NOT_STATED
    assert "記載なし" in answer.answer


@pytest.mark.parametrize(
    "question", ["川崎市の市営住宅の評価書のIII.6は何と書いてありますか", "川崎市の市営住宅の対象人数は"]
)
def test_lost_is_unreadable(ask: Asking, question: str) -> None:
    answer = ask(question)
    assert answer.status is Status.UNREADABLE
    assert "変換で失われた部分のため" in answer.answer
    assert answer.coverage.unreadable == 1


def test_a_kind_of_thing_that_the_place_does_not_hold_is_not_stated(ask: Asking) -> None:
    assert ask("川口市の子ども医療費のアイネスへの委託費用はいくらですか").status is Status.NOT_STATED


def test_subcontracting_that_contradicts_itself_is_shown_with_both_sides(ask: Asking) -> None:
    answer = ask("川口市の子ども医療費で再委託はしていますか")
    (warning,) = answer.warnings
    assert "II.4 では委託事項1・委託事項3を「再委託する」" in warning
    assert "III.4 では「再委託していない」" in warning
    assert warning in answer.answer
    assert {"II.4 委託事項1 ④", "III.4 再委託先による適切な取扱いの担保"} <= {c.section for c in answer.citations}


def test_the_same_contradiction_the_other_way_round(ask_edited: Editing) -> None:
    edited = ask_edited("川口市-22.txt", {"[再委託する]": "[再委託しない]", "[再委託していない]": "[十分に行っている]"})
    (warning,) = edited("川口市の子ども医療費で再委託はしていますか").warnings
    assert "II.4 ではすべて「再委託しない」ですが、III.4 では「十分に行っている」" in warning


def test_no_contradiction_where_both_places_agree(ask: Asking) -> None:
    assert ask("青嶺市の国民健康保険で再委託はしていますか").warnings == ()


def test_fewer_people_concerned_than_in_the_file_is_a_contradiction(ask_edited: Editing) -> None:
    edited = ask_edited("川口市-22.txt", {"③対象人数\t[10万人以上30万人未満]": "③対象人数\t[1万人以上10万人未満]"})
    (warning,) = edited("川口市の子ども医療費の対象人数は").warnings
    assert "「1万人以上10万人未満」" in warning
    assert "「10万人以上100万人未満」" in warning


def test_an_item_with_its_own_english_sentence(ask: Asking) -> None:
    answer = ask("When did 川口市 start to hold the child medical expense file? (保有開始日)")
    assert "II.2 ⑤ 保有開始日 is 「平成28年4月1日」." in answer.answer

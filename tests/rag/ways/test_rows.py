"""Contracts, recipients and systems: complete rows, each with its place; absent names; blank and lost blocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer, Status

Asking = Callable[[str], Answer]


def column(answer: Answer, heading: str) -> list[str]:
    return [dict(row.cells)[heading] for row in answer.rows]


def test_all_contractors_each_with_the_place_it_is_read_from(ask: Asking) -> None:
    answer = ask("川口市の子ども医療費の委託先は？")
    assert answer.status is Status.ANSWERED
    assert "3件" in answer.answer
    names = ["光ビジネスフォーム株式会社 さいたま営業所", "株式会社アイネス 公共営業第一部", "日本情報産業株式会社"]
    assert column(answer, "委託先名") == names
    cited = {c.marker: c for c in answer.citations}
    assert [cited[row.marker].section for row in answer.rows] == [f"II.4 委託事項{n} ③" for n in (1, 2, 3)]
    assert [cited[row.marker].quote for row in answer.rows] == names


def test_a_contract_of_two_files_is_listed_once(ask: Asking) -> None:
    names = column(ask("青嶺市の国民健康保険の委託先をすべて挙げて"), "委託先名")
    assert names == ["株式会社青嶺みらいシステムズ", "有限会社そらいろ帳票印刷", "一般社団法人ほしぞら医療点検協会"]


def test_a_number_means_the_contract_of_that_number_in_every_file(ask: Asking) -> None:
    names = column(ask("青嶺市の国民健康保険の委託事項2の委託先は"), "委託先名")
    assert names == ["有限会社そらいろ帳票印刷", "一般社団法人ほしぞら医療点検協会"]


@pytest.mark.parametrize(
    ("question", "recipients"),
    [
        ("川口市の子ども医療費の移転先2の用途は", ["川口市 生活福祉1課・2課"]),
        ("川口市の子ども医療費の移転先の一覧", ["川口市 子育て支援課", "川口市 生活福祉1課・2課", "川口市 障害福祉課"]),
        ("川口市は障害福祉課にどんな情報を移転していますか", ["川口市 障害福祉課"]),
    ],
)
def test_recipients(ask: Asking, question: str, recipients: list[str]) -> None:
    assert column(ask(question), "移転先") == recipients


def test_a_part_of_the_rows_says_of_how_many(ask: Asking) -> None:
    assert "1件です(全3件のうち)" in ask("川口市の子ども医療費の移転先2の用途は").answer


def test_the_asked_column_is_told_row_by_row_and_a_blank_one_is_said_to_be_blank(ask: Asking) -> None:
    answer = ask("川口市の子ども医療費の再委託の許諾方法は")
    assert "福祉総合システム保守・運用: 再委託の許諾方法「記載なし」" in answer.answer
    assert column(answer, "再委託の許諾方法")[1] == "記載なし"


def test_a_company_of_the_past_is_no_contractor_and_the_present_ones_are_shown(ask: Asking) -> None:
    answer = ask("川口市の子ども医療費は富士ソフトサービスビューロに委託していますか")
    assert "現在の委託先に「富士ソフトサービスビューロ」はありません" in answer.answer
    assert "過去の変更箇所に記載があります" in answer.answer
    assert len(answer.rows) == 3
    assert not any("富士ソフト" in name for name in column(answer, "委託先名"))


def test_a_company_that_stands_nowhere_is_said_to_be_no_contractor(ask: Asking) -> None:
    answer = ask("青嶺市の国民健康保険は株式会社やまびこ通信に委託していますか")
    assert "現在の委託先に「株式会社やまびこ通信」はありません" in answer.answer
    assert not any("やまびこ" in c.quote for c in answer.citations)


def test_none_by_the_documents_own_word(ask: Asking) -> None:
    answer = ask("川崎市の臨時特別給付金の委託先は")
    assert answer.status is Status.ANSWERED
    assert "委託しない" in answer.answer
    assert answer.rows == ()


def test_a_block_whose_number_is_skipped_is_lost_not_absent(ask: Asking) -> None:
    answer = ask("川口市のシステム8は何と接続していますか")
    assert answer.status is Status.UNREADABLE
    assert "システム8" in answer.answer
    assert "読取不可" in answer.answer


def test_systems(ask: Asking) -> None:
    names = column(ask("青嶺市の国民健康保険で使うシステムの一覧"), "システムの名称")
    assert names == ["国民健康保険システム", "収納管理システム", "団体内統合宛名システム", "中間サーバー"]


def test_a_blank_column_of_a_recipient_is_not_stated(ask_edited: Callable[[str, dict[str, str]], Asking]) -> None:
    edited = ask_edited("川口市-22.txt", {"⑦時期・頻度\t照会があった都度": "⑦時期・頻度\t"})
    answer = edited("川口市の子ども医療費の移転先1への移転の時期・頻度は")
    assert answer.status is Status.NOT_STATED
    assert "空欄です(記載なし)" in answer.answer
    assert [c.section for c in answer.citations] == ["II.5 移転先1"]


def test_in_english(ask: Asking) -> None:
    answer = ask("Who are the contractors of 川口市 for child medical expenses?")
    assert "3 contracts (委託事項) at present." in answer.answer
    assert "Contractors: 「光ビジネスフォーム" in answer.answer
    assert answer.warnings[0].startswith("Contradiction: II.4 says")


def test_a_word_that_stands_elsewhere_is_not_answered_with_all_contracts(ask: Asking) -> None:
    answer = ask("川口市のガバメントクラウドはどの会社のクラウドですか")
    assert not any(c.section.startswith("II.4 委託事項") for c in answer.citations)
    assert answer.rows == ()

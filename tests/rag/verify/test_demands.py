"""What a retelling leaves out brings the composed answer back: rows, lines, values, dates."""

from __future__ import annotations

from fakes_verify import change, contracts, measures

from rag.tokens import Words
from rag.verify import grounds_of, lacking

FIRST, SECOND = "委託先は株式会社あさひ計算です[c1]。", "有限会社ゆうひ印刷にも委託しています[c2]。"
QUOTE = "鍵を掛けた書庫に入れ、3年間残した後に溶かして捨てる。"


def test_nothing_lacks_where_all_is_told(words: Words) -> None:
    assert lacking(grounds_of(contracts(), words), [FIRST, SECOND], words) == []


def test_a_row_without_its_token_lacks(words: Words) -> None:
    grounds = grounds_of(contracts(), words)
    assert any("II.4 委託事項2" in found for found in lacking(grounds, [FIRST], words))


def test_a_name_that_is_not_told_lacks(words: Words) -> None:
    grounds = grounds_of(contracts(), words)
    assert lacking(grounds, [FIRST, "もう1社に委託しています[c2]。"], words) == ["有限会社ゆうひ印刷"]


def test_the_date_of_a_change_lacks(words: Words) -> None:
    grounds = grounds_of(change(), words)
    told = [
        "株式会社よあけ計算から株式会社あさひ計算に変わりました。入札の結果による[c1]。",
        "今は株式会社あさひ計算です[c2]。",
    ]
    assert "令和5年6月1日" in lacking(grounds, told, words)


def test_most_of_a_long_quotation_and_all_its_numbers(words: Words) -> None:
    long = measures(QUOTE + "職員が毎月その数を確かめて記録簿に書き、課長が見る。")
    grounds = grounds_of(long, words)
    whole = long.citations[0].quote
    assert lacking(grounds, [f"{whole}[c1]"], words) == []
    assert lacking(grounds, [f"{whole}[c1]".replace("3年間", "")], words)
    assert lacking(grounds, ["鍵を掛けた書庫に入れます[c1]。"], words)

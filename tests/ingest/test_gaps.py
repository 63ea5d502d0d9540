"""What the source lost: missing is not 該当なし."""

from __future__ import annotations

import re

from tests.ingest.printed import print_form, read

WHOLE = print_form("様式3").text


def gaps(text: str) -> dict[str, str]:
    return {g.section: g.reason for g in read(text).gaps}


def without(first: str, until: str) -> str:
    return re.sub(rf"^{first}[\s\S]*?(?=^{until})", "", WHOLE, count=1, flags=re.MULTILINE)


def test_a_lost_part() -> None:
    assert gaps(without("Ⅳ", "Ⅴ")) == {"IV": "IV 開示請求、問合せは本文にありません。"}


def test_a_lost_item() -> None:
    assert gaps(without(r"8\. 監査", r"9\. ")) == {"III.8": "III.8 監査が本文にありません。"}


def test_a_lost_field() -> None:
    assert gaps(re.sub(r"②請求方法.*\n", "", WHOLE)) == {
        "IV.1 ②請求方法": "IV.1 特定個人情報の開示・訂正・利用停止請求の「②請求方法」の欄が本文にありません。"
    }


def test_an_item_of_which_little_is_left() -> None:
    text = re.sub(r"(?:①請求先|②請求方法|③法令による特別の手続).*\n", "", WHOLE)
    assert gaps(text)["IV.1"].endswith("は一部しか残っていません(欠落: ①請求先、②請求方法、③法令による特別の手続)。")


def test_a_number_that_is_skipped() -> None:
    text = WHOLE.replace("委託事項2\n", "委託事項4\n")
    assert set(gaps(text)) == {"II.4 委託事項2", "II.4 委託事項3"}


def test_an_item_without_its_blocks() -> None:
    text = re.sub(r"^システム1\n[\s\S]*?(?=^3\. )", "", WHOLE, count=1, flags=re.MULTILINE)
    assert "I.2" in gaps(text)


def test_changes_are_missed_only_where_the_contents_list_them() -> None:
    text = WHOLE.split("(別添2)")[0]
    assert gaps(text) == {}
    listed = text.replace("[令和6年10月", "項目一覧\nⅠ 基本情報\n(別添2) 変更箇所\n[令和6年10月")
    assert gaps(listed) == {"別添2": "別添2 変更箇所は項目一覧にありますが、本文にありません。"}


def test_every_reason_is_a_sentence() -> None:
    cut = WHOLE[: len(WHOLE) // 2]
    assert gaps(cut)
    assert all(reason.endswith("。") for reason in gaps(cut).values())

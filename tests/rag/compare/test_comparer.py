"""Cells: has, national, mentioned, not stated, unreadable are never mixed; every quote stands in its document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.read import read_assessment
from rag.checks.paper import of_assessment
from rag.compare.holding import Holding, RowKind
from rag.compare.item import item_text
from rag.compare.measured import nothing
from rag.errors import NotFound

from .conftest import MANAGED, RULES, SAMPLE, TODAY, Compare, cell, row, town, without

TWO_FACTORS = f"{MANAGED}職員はICカードと静脈認証の二要素で認証する。操作ログを5年間保存する。"
PLANNED = f"{MANAGED}IDとパスワードによる認証を行う。二要素認証は令和10年度に導入する予定である。"
SILENT = f"{MANAGED}課長が毎朝、座席表と見比べる。"


def test_the_kinds_of_no_are_told_apart(compared: Compare) -> None:
    lost = without(town("潮見市"), "3. 特定個人情報の使用", "4. 特定個人情報ファイルの取扱いの委託")
    found = compared(
        "III.3",
        town("青嶺市", (MANAGED, TWO_FACTORS)),
        town("白浜市", (MANAGED, PLANNED)),
        town("黒沢市", (MANAGED, SILENT)),
        lost,
    )
    holdings = [c.holding for c in row(found, "二要素").cells]
    assert holdings == [Holding.HAS, Holding.MENTIONED, Holding.NOT_STATED, Holding.UNREADABLE]
    assert cell(found, "ID・", "白浜市").holding is Holding.HAS
    assert found.columns[3].lost
    assert found.unreadable == 1


def test_a_cell_quotes_its_document(compared: Compare) -> None:
    found = compared("III.3", town("青嶺市", (MANAGED, TWO_FACTORS)))
    quoted = cell(found, "二要素", "青嶺市").citations
    assert [c.quote for c in quoted] == ["職員はICカードと静脈認証の二要素で認証する。"]
    assert quoted[0].section == "III.3 リスク2 具体的な管理方法"


def test_what_is_said_elsewhere_is_a_hint_only(compared: Compare) -> None:
    other = ("10. その他のリスク対策", "10. その他のリスク対策\t毎年、監査を実施する。")
    kept = compared("III.8", town("青嶺市", other))
    assert cell(kept, "監査の計画", "青嶺市").holding is Holding.NOT_STATED
    assert cell(kept, "監査の計画", "青嶺市").elsewhere[0].section == "III.10"


def test_national_text_is_not_the_towns_own(compared: Compare) -> None:
    national = "<中間サーバー・プラットフォームにおける措置> 操作ログを記録し、生体認証を行う。"
    found = compared("III.3", town("青嶺市", (MANAGED, f"{MANAGED}{national}")), town("白浜市", (MANAGED, TWO_FACTORS)))
    assert [c.holding for c in row(found, "生体").cells] == [Holding.NATIONAL, Holding.HAS]
    assert row(found, "生体").count(Holding.HAS) == 1
    assert row(found, "中間サーバー・プラットフォーム").kind is RowKind.NATIONAL


def test_choices_and_boxes_are_rows(compared: Compare) -> None:
    found = compared("III.8", town("青嶺市", ("実施の有無", "実施の有無\t[○] 自己点検 [ ] 内部監査 [○] 外部監査")))
    assert [r.cells[0].value for r in found.rows if r.kind is RowKind.CHOICE] == ["印あり", "印なし", "印あり"]
    chosen = compared("III.4", town("青嶺市"))
    assert row(chosen, "再委託先による").cells[0].value == "十分に行っている"


def test_a_list_without_punctuation_is_quoted_by_its_entry(compared: Compare) -> None:
    rules = f"{RULES}データの秘密保持に関する事項 再委託の禁止に関する事項 事故のときの報告義務に関する事項"
    found = compared("III.4", town("青嶺市", (RULES, rules)))
    assert [c.quote for c in cell(found, "秘密", "青嶺市").citations] == ["データの秘密保持に関する事項"]


def test_sentences_that_several_bodies_share(compared: Compare) -> None:
    shared = "窓口の職員は、毎朝、前の日の届出の束を数えて帳簿に記す。"
    alike = "窓口の職員は、毎朝、前の日の届出書の束を数えて帳簿に記す。"
    denied = "窓口の職員は、毎朝、前の日の届出の束を数えて帳簿に記さない。"
    texts = [town(n, (MANAGED, MANAGED + s)) for n, s in (("青嶺市", shared), ("白浜市", alike), ("黒沢市", denied))]
    found = compared("III.3", *texts)
    group = next(r for r in found.rows if r.kind is RowKind.SHARED and "束を数え" in r.name)
    assert [c.holding for c in group.cells] == [Holding.HAS, Holding.HAS, Holding.NOT_STATED]
    rest = next(r for r in found.rows if r.kind is RowKind.REST)
    assert any("記さない" in c.quote for c in rest.cells[2].citations)


def test_one_of_two_files(compared: Compare) -> None:
    text = SAMPLE.read_text("utf-8")
    found = compared("III.3", text.replace("ICカードと顔認証の二要素で認証し、給付の", "給付の"))
    assert cell(found, "二要素", "青嶺市").note == "ファイル1のみ"


def test_bodies_are_chosen_by_name_or_document(compared: Compare) -> None:
    texts = (town("青嶺市"), town("白浜市"), town("黒沢市"))
    found = compared("III.3", *texts, bodies=("白浜市-11", "青嶺市"))
    assert [c.version.municipality for c in found.columns] == ["白浜市", "青嶺市"]
    with pytest.raises(NotFound, match="赤城市"):
        compared("III.3", *texts, bodies=("赤城市",))


def test_nothing_collected(compared: Compare) -> None:
    with pytest.raises(NotFound, match="hyoka load"):
        compared("III.3")


def test_an_item_of_choices_only_has_no_room_for_measures() -> None:
    book = of_assessment(read_assessment(SAMPLE), SAMPLE.name, TODAY).book
    chosen = tuple(i for i in book.items if i.part != "III" or i.number != "4" or i.choice)
    short = replace(book, version=replace(book.version, form="様式4"), items=chosen, passages=())
    assert nothing(item_text(short, "III.4")) is Holding.NO_ITEM
    assert nothing(item_text(replace(book, passages=()), "III.4")) is Holding.NOT_STATED

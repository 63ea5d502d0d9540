"""Compounds that name something of one municipality are told from those that every municipality has."""

from __future__ import annotations

import pytest

from rag.draft.compounds import compounds, shapes, strange


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("こもれび給付課が点検する。", "department", "こもれび給付課"),
        ("出納管理部長が承認する。", "department", "出納管理部長"),
        ("デジタル推進本部が定める。", "department", "デジタル推進本部"),
        ("会計事務システムで記録する。", "system", "会計事務システム"),
        ("白樺町の職員が行う。", "municipality", "白樺町"),
        ("白樺連合が行う。", "municipality", "白樺連合"),
        ("白樺医師会に委託する。", "organisation", "白樺医師会"),
        ("東館の書庫に置く。", "place", "東館"),
        ("文書保存要綱に従う。", "rules", "文書保存要綱"),
        ("最高情報統括監が承認する。", "role", "最高情報統括監"),
    ],
)
def test_a_name_by_its_end(text: str, kind: str, named: str) -> None:
    assert [(f.kind, f.text) for f in compounds(text)] == [(kind, named)]
    found = compounds(text)[0]
    assert text[found.start : found.end] == named


@pytest.mark.parametrize(
    "text",
    [
        "担当課の所属長が承認する。",
        "他市町村からの照会に答える。",
        "情報提供ネットワークシステムに接続する。",
        "中間サーバーと庁内ネットワークを分ける。",
        "電算室とサーバー室の入退室を記録する。",
        "データセンターに置く。",
        "委託会社の従業者に説明する。",
        "所得照会と研修会の記録を残す。",
        "関係する都道府県に照会する。",
        "耐火書庫に保管する。",
        "番号法施行規則に従う。",
        "取扱規程を定める。",
        "職員の一部と外部の者の全部に及ぶ。",
        "権限の関係を見直す。",
    ],
)
def test_what_everybody_has_is_no_name(text: str) -> None:
    assert compounds(text) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("内線12に連絡する。", "内線"),
        ("a@b.example に送る。", "@"),
        ("Kirari を用いる。", "Kirari"),
        ("費用は百万円である。", "万円"),
        ("3番の棚に置く。", "3"),
        ("キラリンコで記録する。", "キラリンコ"),
        ("担当課長の山本が承認する。", "課長の山本が"),
        ("青葉山の倉庫に置く。", "青葉山"),
    ],
)
def test_what_nothing_can_stand_for(text: str, word: str) -> None:
    assert strange(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "番号法第19条第8号に基づき提供する。",
        "ISO/IEC27017の認証を受ける。",
        "USBメモリとDVDの利用を制限する。",
        "日本国内に保管する。",
        "二要素認証と2要素認証を行う。",
        "シュレッダーで裁断し、溶解する。",
    ],
)
def test_what_belongs_to_nobody_is_not_strange(text: str) -> None:
    assert strange(text) == ""


def test_only_what_the_body_can_tell_is_asked() -> None:
    assert shapes().ask("department") == "担当部署"
    assert shapes().ask("municipality") == shapes().ask("organisation") == ""

"""Gaps of one's own city: what others have and it does not state; what is lost or does not apply is none."""

from __future__ import annotations

from .conftest import MANAGED, RULES, Compare, cell, town, without

TWO_FACTORS = f"{MANAGED}二要素認証を行う。"
SILENT = f"{MANAGED}課長が毎朝、座席表と見比べる。"


def test_a_gap_counts_other_bodies(compared: Compare) -> None:
    having = [town(name, (MANAGED, TWO_FACTORS)) for name in ("白浜市", "黒沢市")]
    found = compared("III.3", *having, town("青嶺市", (MANAGED, SILENT)), own="青嶺市")
    assert cell(found, "二要素", "青嶺市").gap == "他の2団体にあり、当団体に記載なし"
    assert found.columns[0].own
    assert {c.gap for c in found.rows[0].cells} == {""}
    assert not any(column.version.municipality != "青嶺市" for _, column, _ in found.gaps)


def test_planned_is_a_gap_and_said_so(compared: Compare) -> None:
    planned = f"{MANAGED}二要素認証は予定である。"
    found = compared("III.3", town("白浜市", (MANAGED, TWO_FACTORS)), town("青嶺市", (MANAGED, planned)), own="青嶺市")
    assert "言及のみ" in cell(found, "二要素", "青嶺市").gap


def test_what_is_lost_is_no_gap(compared: Compare) -> None:
    lost = without(town("青嶺市"), "3. 特定個人情報の使用", "4. 特定個人情報ファイルの取扱いの委託")
    found = compared("III.3", town("白浜市", (MANAGED, TWO_FACTORS)), lost, own="青嶺市")
    assert found.gaps == ()


def test_what_does_not_apply_is_no_gap(compared: Compare) -> None:
    nothing = (RULES, RULES.rstrip())
    marked = ("4. 特定個人情報ファイルの取扱いの委託", "4. 特定個人情報ファイルの取扱いの委託\t[○] 委託しない")
    open_ = compared("III.4", town("白浜市"), town("青嶺市", nothing), own="青嶺市")
    assert "当団体に記載なし" in cell(open_, "秘密", "青嶺市").gap
    excused = compared("III.4", town("白浜市"), town("青嶺市", nothing, marked), own="青嶺市")
    assert excused.columns[0].excused == ("委託しない",)
    assert excused.gaps == ()


def test_no_supervision_where_nothing_is_subcontracted(compared: Compare) -> None:
    chosen = "再委託先による特定個人情報ファイルの適切な取扱いの担保"
    none = (chosen, f"{chosen}\t[再委託していない] <選択肢> 1) 十分に行っている 4) 再委託していない")
    quiet = town("青嶺市", none).replace("再委託先", "相手先").replace("相手先による特定", "再委託先による特定")
    found = compared("III.4", town("白浜市"), quiet, own="青嶺市")
    assert cell(found, "再委託先の監督", "青嶺市").note == "「再委託していない」"
    assert cell(found, "再委託先の監督", "青嶺市").gap == ""

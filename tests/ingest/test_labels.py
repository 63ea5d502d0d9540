"""Labels: one official wording, many printed ones."""

from __future__ import annotations

import pytest

from ingest.labels import bare, circled, fold, roman, same


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("②対象となる本人の数 ※", "対象となる本人の数"),
        ("リスクヘの対策は十分か", "リスクへの対策は十分か"),
        (
            "特定個人情報の使用におけるその他のリスク及びのリスクに対する措置",
            "特定個人情報の使用におけるその他のリスク及びそのリスクに対する措置",
        ),
        ("使用 部署", "使用部署"),
        ("中間サーバーの措置", "中間サーバの措置"),
        ("法令による特別の手続き", "法令による特別の手続"),
        ("5. 特定個人情報の提供・移転(委託に伴うものを除く。)".removeprefix("5. "), "特定個人情報の提供・移転"),
        ("ﾌｧｲﾙの種類", "ファイルの種類"),
    ],
)
def test_the_same_label(printed: str, official: str) -> None:
    assert same(printed, official)


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("提供方法", "移転方法"),
        ("入手元", "入手方法"),
        ("委託先名", "委託内容"),
        ("①", "部署"),
        ("", ""),
        ("あ" * 5000, "委託先名"),
        ("再委託の有無", "委託の有無"),
    ],
)
def test_another_label(printed: str, official: str) -> None:
    assert not same(printed, official)


def test_bare_keeps_the_characters_it_does_not_drop() -> None:
    """Others look bare labels up in running text."""
    assert bare("③ 他のシステムとの接続 ※(複数選択)") == "他のシステムとの接続"
    assert bare("リスクへの対策") == "リスクへの対策"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        *((printed, "I") for printed in ("Ⅰ", "I", "Ｉ", "l", "|", "1")),
        *((printed, "II") for printed in ("Ⅱ", "II", "ll", "||")),
        *((printed, "III") for printed in ("Ⅲ", "III", "lll")),
        *((printed, "IV") for printed in ("Ⅳ", "IV", "lV", "|V")),
        *((printed, "V") for printed in ("Ⅴ", "Ｖ")),
        *((printed, "VI") for printed in ("Ⅵ", "VI", "Vl", "V|")),
        *((printed, "") for printed in ("X", "あ", "")),
    ],
)
def test_roman_numerals(text: str, part: str) -> None:
    assert roman(text) == part


def test_fold_and_circled() -> None:
    assert fold("１０　人\n未満") == "10人未満"
    assert (circled(" ③委託先名"), circled("委託先名"), circled("")) == ("③", "", "")

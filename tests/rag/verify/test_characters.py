"""What nobody sees and what looks like something else is no part of a sentence."""

from __future__ import annotations

import pytest

from rag.verify.characters import hidden

EVIDENCE = "②委託先における取扱者数\n①秘密の保持 ②複製の禁止\n587, 884件"


@pytest.mark.parametrize(
    "char",
    [
        "\u200b",
        "\u200e",
        "\u202e",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\ue000",
        "\ufe0f",
        "\u3164",
        "\x07",
        "²",
        "\U000e0041",
    ],
)
def test_hidden_and_alike(char: str) -> None:
    assert hidden(f"取扱者数は10人{char}未満です[c1]。", EVIDENCE)


@pytest.mark.parametrize(
    "text", ["取扱者数は10人未満です[c1]。", "１０人未満、Ａ社\t\n", "「サーバー」・ＨＤＤ㈱", "Ⅱ.4"]
)
def test_plain_texts(text: str) -> None:
    assert hidden(text, EVIDENCE) == ""


def test_circled_numbers_stand_as_in_the_evidence() -> None:
    assert hidden("①秘密の保持 ②複製の禁止を定めています[c1]。", EVIDENCE) == ""
    assert hidden("過去③年以内です[c1]。", EVIDENCE)
    assert hidden("②秘密の保持[c1]", EVIDENCE)


def test_numbers_side_by_side_stand_as_in_the_evidence() -> None:
    assert hidden("587, 884件です[c1]。", EVIDENCE) == ""
    assert hidden("1 0人です[c1]。", EVIDENCE)

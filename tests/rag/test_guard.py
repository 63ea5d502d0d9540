"""Personal numbers in a question: found however they are written, and nothing else taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.guard import check_digit, has_personal_number

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
elevens = st.text(st.sampled_from("0123456789"), min_size=11, max_size=11)
separators = st.sampled_from(["", " ", "-", "　", "－", "ー", "‐", "−", " - ", "\n"])
around = st.sampled_from(["", "番号は", "マイナンバー", "個人番号:", "私の番号 ", "is "])


def number(digits: str) -> str:
    return f"{digits}{check_digit(digits)}"


def grouped(digits: str, separator: str) -> str:
    return separator.join((digits[:4], digits[4:8], digits[8:]))


def test_check_digit_of_the_example_in_the_ordinance() -> None:
    assert check_digit("12345678901") == 8


@given(elevens, separators, around, st.booleans())
def test_every_personal_number_is_found(digits: str, separator: str, before: str, wide: bool) -> None:
    written = grouped(number(digits), separator)
    written = written.translate(FULL_WIDTH) if wide else written
    assert has_personal_number(f"{before}{written}の記録を見せて")
    assert has_personal_number(f"{before}{written}")


@given(elevens, st.integers(1, 9))
def test_a_wrong_check_digit_is_none_unless_it_is_called_one(digits: str, off: int) -> None:
    wrong = f"{digits}{(check_digit(digits) + off) % 10}"
    assert not has_personal_number(f"受付 {wrong} について")
    assert has_personal_number(f"個人番号は{wrong}です")
    assert has_personal_number(f"my number is {wrong}")


@given(elevens)
def test_part_of_a_longer_number_is_none(digits: str) -> None:
    assert not has_personal_number(f"整理番号{number(digits)}0")
    assert not has_personal_number(f"整理番号0{number(digits)}")
    assert not has_personal_number(f"整理番号{number(digits)}-55")


@given(
    st.from_regex(r"0[1-9]{1,4}-[0-9]{2,4}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-9]{3}-[0-9]{4}", fullmatch=True),
    st.integers(1, 99),
)
def test_addresses_and_telephones_are_none(telephone: str, postcode: str, house: int) -> None:
    if len(telephone.replace("-", "")) <= 11:
        text = f"〒{postcode} 青葉{house}丁目{house}番{house}号 電話{telephone} 内線{house}"
        assert not has_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "令和6年4月1日から令和7年3月31日まで",
        "10万人以上30万人未満",
        "Ⅲ.7①の事故",
        "2024-04-01と2025-04-01",
        "1,234,567件",
    ],
)
def test_ordinary_figures_are_none(text: str) -> None:
    assert not has_personal_number(text)

"""個人番号 are found however they are written; numbers of other kinds, and the published forms, hold none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import guard
from rag.privacy.personal_number import check_digit, personal_numbers
from tests.fakes_inquiries import ALIKE, CIRCLED, KANJI, WIDE, as_named, as_written, grouped

ROOT = Path(guard.__file__).parents[1]
DOCUMENTS = ROOT.parent / "shared" / "data" / "assessments"
elevens = st.text(st.sampled_from("0123456789"), min_size=11, max_size=11)
SAID = dict(
    zip("0123456789", ["ぜろ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"], strict=True)
)
ENGLISH = dict(
    zip("0123456789", ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], strict=True)
)


def number(digits: str, off: int = 0) -> str:
    return f"{digits}{(check_digit(digits) + off) % 10}"


@given(elevens, st.randoms(use_true_random=False))
def test_any_spelling_is_found(digits: str, rng: object) -> None:
    assert guard.has_personal_number(f"番号は{as_written(rng, number(digits))}です")  # type: ignore[arg-type]
    assert guard.has_personal_number(f"マイナンバーは{as_named(rng, number(digits))}です")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spelt",
    [
        lambda n: f"個人番号\n(1) {n[:4]}\n(2) {n[4:8]}\n(3) {n[8:]}",
        lambda n: f"マイナンバーは最初の4桁が{n[:4]}、真ん中の4桁が{n[4:8]}、最後が{n[8:]}です",
        lambda n: f"番号は{'、'.join(SAID[d] for d in n)}です",
        lambda n: "".join(SAID[d] for d in n),
        lambda n: f"私の番号は{''.join(SAID[d] for d in n).replace('にさん', 'にいさん')}",
        lambda n: f"my number is {' '.join(ENGLISH[d] for d in n)}",
        lambda n: f"<tr><td>{'</td><td>'.join(n)}</td></tr>",
        lambda n: f"個人番号 {n[:4].translate(KANJI)}{n[4:]}",
        lambda n: f"電話 048-000-1234 {grouped(n, 4, ' ')}",
        lambda n: "\u20e3".join(n),
        lambda n: "\u00ad".join(n),
        lambda n: "".join(chr(0x1D7CE + int(d)) for d in n),
        lambda n: f"1. {n}\n2. 別の用件",
        lambda n: n.translate(CIRCLED),
        lambda n: n.translate(WIDE)[:7] + "\r\n　　" + n.translate(WIDE)[7:],
    ],
)
@given(digits=elevens)
def test_disguises_are_seen_through(spelt: Callable[[str], str], digits: str) -> None:
    assert guard.has_personal_number(spelt(number(digits)))


@given(elevens, st.integers(0, 9))
def test_a_wrong_check_digit_counts_beside_the_name_only(digits: str, off: int) -> None:
    wrong = number(digits, off % 9 + 1)
    for separator in ("", " ", "-", "/", "・"):
        assert guard.has_personal_number(f"マイナンバーの旧番号は {grouped(wrong, 4, separator)}")
        assert not guard.has_personal_number(f"旧番号は {grouped(wrong, 4, separator)}")


@given(elevens, st.integers(0, 9))
def test_what_a_scan_misread_counts_beside_the_name_only(digits: str, off: int) -> None:
    misread = f"10{number(digits[2:] + '45', off)[2:]}".translate(ALIKE)
    if sum(letter.isdigit() for letter in misread) >= 7:
        assert guard.has_personal_number(f"個人番号: {grouped(misread, 4, ' ')}")
        assert not guard.has_personal_number(f"型番 {misread}")


@given(elevens)
def test_the_place_is_that_of_the_original(digits: str) -> None:
    written = grouped(number(digits), 4, "\u200b-")
    text = f"㈱の者です。番号は{written}です"
    assert personal_numbers(text) == [(text.index(written), text.index(written) + len(written))]


@given(st.integers(10**12, 10**13 - 1), st.integers(100, 999), st.integers(1000, 9999), st.integers(1, 28))
def test_other_numbers_are_none(corporate: int, three: int, four: int, day: int) -> None:
    c = str(corporate)
    for text in (
        f"法人番号 {c}",
        f"法人番号 {c[0]} {c[1:5]} {c[5:9]} {c[9:]}",
        f"法人番号 {c[0]}-{c[1:5]}-{c[5:9]}-{c[9:]}",
        f"{day}-{day} 048-{three}-{four}",
        f"03-{four}-{four} 048-{three}-{four}",
        f"+81 90 {four} {four}",
        f"〒{three}-{four} {day}-{day}-1",
        f"2016-01-{day:02} 2017-04-{day:02}",
        f"{three},{three},{three},{three}円",
        f"店番 {three} 口座番号 {four}{three}",
        f"記号 1{three}0 番号 {three}{three}1",
        f"第{four}号 令和6年4月{day}日",
        f"マイナンバー総合フリーダイヤル 0120-95-{four}",
    ):
        assert not guard.has_personal_number(text), text


@given(st.lists(st.integers(1, 130), min_size=4, max_size=14, unique=True).map(sorted))
def test_items_of_a_law_are_none(items: list[int]) -> None:
    for separator in ("、", ", ", ",", "・"):
        assert not guard.has_personal_number(f"別表の{separator.join(map(str, items))}の項")


def test_the_samples_hold_none() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*.txt"))]
    assert len(texts) >= 6
    assert [personal_numbers(text) for text in texts] == [[] for _ in texts]


@pytest.mark.shared
@pytest.mark.skipif(not DOCUMENTS.exists(), reason="the published assessments are not beside the project")
def test_the_published_assessments_hold_none() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    assert len(texts) == 5
    assert [personal_numbers(text) for text in texts] == [[] for _ in texts]

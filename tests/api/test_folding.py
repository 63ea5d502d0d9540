"""A quote is found whatever its widths and spaces; differences add up to both texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.web.difference import difference
from api.web.folding import highlight


def quoted(text: str, quote: str) -> list[str]:
    return [p.text for p in highlight(text, quote) if p.quoted]


@pytest.mark.parametrize(
    ("text", "quote", "marked"),
    [
        ("株式会社 汐見 第二営業部", "株式会社汐見", ["株式会社 汐見"]),
        ("ＩＣカード\nによる認証", "ICカードによる", ["ＩＣカード\nによる"]),
        ("ﾃﾞｰﾀを渡す", "データ", ["ﾃﾞｰﾀ"]),
        ("前の文。中の文。後の文。", "前の文。…後の文。", ["前の文。", "後の文。"]),
        ("再委託する", "④再委託の有無 再委託する", ["再委託する"]),
        ("本文", "別の文", []),
        ("本文", "", []),
        ("", "何か", []),
        ("①②", "1", ["①"]),
    ],
)
def test_highlight(text: str, quote: str, marked: list[str]) -> None:
    assert quoted(text, quote) == marked


@given(st.text(), st.text())
def test_highlight_loses_nothing(text: str, quote: str) -> None:
    assert "".join(p.text for p in highlight(text, quote)) == text


@given(st.text(min_size=1, alphabet="あいうＡＢ１２ \n。"), st.data())
def test_a_part_of_the_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start:end].strip():
        assert quoted(text, text[start:end])


@given(st.text(), st.text())
def test_difference_loses_nothing(before: str, after: str) -> None:
    left, right = difference(before, after)
    assert "".join(r.text for r in left) == before
    assert "".join(r.text for r in right) == after


def test_difference_leaves_chance_alone() -> None:
    left, right = difference("条例第十四号の規定による。", "条例第八号の規定による。")
    assert [r.text for r in left if r.changed] == ["十四"]
    assert [r.text for r in right if r.changed] == ["八"]

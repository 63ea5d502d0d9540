"""Lines of findings fit the terminal, and no line begins or ends where Japanese text must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from api.findings import folded

TEXT = "II.4 の委託事項1・委託事項3は「再委託する」ですが、III.4 の担保は「再委託していない」です。確かめてください。"


@pytest.mark.parametrize("cells", [24, 40, 76, 200])
def test_all_is_there_in_lines_that_fit(cells: int) -> None:
    lines = list(folded(TEXT, cells))
    assert "".join(lines).replace(" ", "") == TEXT.replace(" ", "")
    assert all(cell_len(line.rstrip("、。」)")) <= cells for line in lines)


@pytest.mark.parametrize("cells", range(20, 60))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(cells: int) -> None:
    lines = list(folded(TEXT, cells))
    assert not any(line[0] in "、。」" for line in lines)
    assert not any(line[-1] == "「" for line in lines)
    assert not any(line.endswith("III.") or line.startswith("4 ") for line in lines)


@given(st.text(max_size=200), st.integers(10, 80))
def test_nothing_is_lost(text: str, cells: int) -> None:
    lines = "".join(folded(text, cells))
    assert "".join(lines.split()) == "".join(text.split())

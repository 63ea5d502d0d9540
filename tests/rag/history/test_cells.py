"""Cells of the record of changes as they are shown: whole where short, else around the words of the question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.history.cells import SHOWN_CHARS, shown
from rag.terms import Term


def term(word: str) -> Term:
    return Term(word, (word,), 1.0, (0, len(word)))


@pytest.mark.parametrize(("text", "expected"), [("", "(空欄)"), (" - ", "-"), ("再委託\nしない", "再委託 しない")])
def test_short_cells_are_shown_whole(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_long_cell_is_shown_around_the_word() -> None:
    text = "あ" * 300 + "委託先の名称" + "い" * 300
    part = shown(text, [term("委託先の名称")])
    assert "委託先の名称" in part
    assert part.startswith("…")
    assert part.endswith("…")


@given(st.text(st.sampled_from("あいう委託 \n"), max_size=400), st.sampled_from(["委託", "あい", "ない"]))
def test_what_is_shown_stands_in_the_cell(text: str, word: str) -> None:
    part = shown(text, [term(word)])
    assert len(part) <= SHOWN_CHARS + 2
    assert part == "(空欄)" or part.strip("…") in " ".join(text.split())

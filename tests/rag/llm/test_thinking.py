"""Thoughts never reach the text, wherever the pieces are cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.llm.thinking import MARKS, Thoughts, without_thoughts


def read(pieces: list[str], inside: bool = False) -> tuple[str, Thoughts]:
    thoughts = Thoughts(inside)
    return "".join(map(thoughts.pass_on, pieces)) + thoughts.rest(), thoughts


@pytest.mark.parametrize(("opening", "closing"), MARKS)
def test_what_stands_between_the_marks_is_left_out(opening: str, closing: str) -> None:
    text, thoughts = read([f"{opening}秘密の考え{closing}委託先は", "エイです。"])
    assert text == "委託先はエイです。"
    assert thoughts.seen
    assert not thoughts.leaked


@given(st.lists(st.integers(0, 40), max_size=8))
def test_wherever_the_pieces_are_cut(cuts: list[int]) -> None:
    whole = "前<think>考え < 5</think>後<thin 6> <think>また</think>"
    places = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    assert read([whole[a:b] for a, b in pairwise(places)])[0] == "前後<thin 6> "


def test_a_thought_without_end_says_nothing() -> None:
    assert read(["<think>", "考えて", "います"])[0] == ""


def test_a_thought_that_no_mark_opened_is_noticed() -> None:
    text, thoughts = read(["考えて", "います</think>委託先はエイです。"])
    assert thoughts.leaked
    assert read(["考えています</think>委託先はエイです。"], inside=True)[0] == "委託先はエイです。"
    assert text.endswith("委託先はエイです。")


def test_a_half_mark_at_the_end_is_text() -> None:
    assert read(["5 <", "th"])[0] == "5 <th"


def test_a_whole_text() -> None:
    assert without_thoughts('考え</think>{"a": 1}') == '{"a": 1}'
    assert without_thoughts('<think>考え</think>{"a": 1}') == '{"a": 1}'
    assert without_thoughts('{"a": 1}') == '{"a": 1}'

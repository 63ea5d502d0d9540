"""A text that comes in pieces is cut into the same sentences however it is cut, and nothing of it is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.verify.sentences import MAX_CHARS, Piece, Splitter, bare, cited, numbers, pieces, with_markers

_PARTS = [
    "委託先は株式会社", "です", "。", "。", "[c1]", "[c2]", "[c1, c2]", "［ｃ１］", "(c3)", "「", "」", "(", ")", "[",
    "]", "\n", " ", "\u3000", "A", "c", "1", "!", "?", ". ", "contract.", "**", "【c4】", "- ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(_PARTS), max_size=40).map("".join)


def split(*parts: str) -> list[str]:
    splitter = Splitter()
    found = [sentence for part in parts for sentence in splitter.feed(part)]
    return [*found, *splitter.end()]


def cut(text: str, places: list[int]) -> list[str]:
    at = sorted({0, *(p % (len(text) + 1) for p in places), len(text)})
    return [text[a:b] for a, b in pairwise(at)]


@given(TEXTS, st.lists(st.integers(0, 400), max_size=30))
@settings(deadline=None)
def test_nothing_is_lost_and_the_cuts_do_not_matter(text: str, places: list[int]) -> None:
    whole = split(text)
    assert "".join("".join(whole).split()) == "".join(text.split())
    assert split(*cut(text, places)) == whole
    assert split(*text) == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aです[c1]。Bです[c2]。", ["Aです[c1]。", "Bです[c2]。"]),
        ("Aです。[c1]Bです。[c2]", ["Aです。[c1]", "Bです。[c2]"]),
        ("Aです。[c1][c2]Bです。", ["Aです。[c1][c2]", "Bです。"]),
        ("Aです。［ｃ１］Bです。", ["Aです。［ｃ１］", "Bです。"]),
        ("「Aです。」とあります[c1]。", ["「Aです。」とあります[c1]。"]),
        ("A(Bを除く。)です[c1]。", ["A(Bを除く。)です[c1]。"]),
        ("- A[c1]\n- B[c2]\n", ["- A[c1]\n", "- B[c2]\n"]),
        ("It is A[c1]. It is B[c2].", ["It is A[c1].", " It is B[c2]."]),
        ("A社はNo.1です[c1]。", ["A社はNo.1です[c1]。"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_sentence_whose_token_stands_before_its_full_stop_need_not_wait() -> None:
    assert list(Splitter().feed("Aです[c1]。")) == ["Aです[c1]。"]
    assert list(Splitter().feed("Aです。")) == []


def test_a_text_without_an_end_is_cut() -> None:
    assert [len(s) for s in split("あ" * (MAX_CHARS + 5))] == [MAX_CHARS, 5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("[c1]", (1,)), ("[c1, c2]", (1, 2)), ("[c1、2]", (1, 2)), ("［ｃ１２］", (12,)), ("(c3)", (3,)), ("【C4】", (4,)),
     ("[c1][c1]", (1,))],
)  # fmt: skip
def test_tokens_in_any_width(text: str, expected: tuple[int, ...]) -> None:
    assert numbers(text) == expected
    assert cited(f"Aです{text}。") == expected
    assert bare(f"Aです{text}。") == "Aです。"


def test_pieces_carry_the_tokens_behind_them() -> None:
    assert pieces("A[c1]、B[c2][c3]の2社です。") == [Piece("A", (1,)), Piece("、B", (2, 3)), Piece("の2社です。", ())]


@pytest.mark.parametrize("text", ["[c]", "[1]", "[c1", "c1", "[d1]", "[c1234]"])
def test_what_is_no_token(text: str) -> None:
    assert cited(text) == ()


def test_tokens_are_shown_as_markers() -> None:
    assert with_markers("Aです[c1, c2]。") == "Aです[1][2]。"

"""Sentences: pieces that can be quoted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentences


def pieces(text: str) -> list[str]:
    return [s.text for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一つ目。二つ目。", ["一つ目。", "二つ目。"]),
        ("個人情報(氏名。住所。)を扱う。次。", ["個人情報(氏名。住所。)を扱う。", "次。"]),
        ("閉じない(括弧。次の文。\n三つ目。", ["閉じない(括弧。", "次の文。", "三つ目。"]),
        ("・一つ ・二つ", ["・一つ", "・二つ"]),
        ("①申請 ②審査", ["①申請", "②審査"]),
        ("1. 申請 2. 審査", ["1. 申請", "2. 審査"]),
        ("平成27.10月から", ["平成27.10月から"]),
        ("前\n後", ["前", "後"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize("heading", ["<本市における措置>", "＜本市における措置＞", "【本市における措置】"])
def test_headings_are_carried_not_told(heading: str) -> None:
    found = sentences(f"{heading}\n施錠する。\n記録する。")
    assert [(s.text, s.heading) for s in found] == [
        ("施錠する。", "本市における措置"),
        ("記録する。", "本市における措置"),
    ]


def test_a_bracketed_word_inside_a_sentence_is_no_heading() -> None:
    assert pieces("様式【別紙】を参照。") == ["様式【別紙】を参照。"]


PROSE = st.text(st.sampled_from("あ。、\n ・①1.(（)）「」<>＜＞【】※-　措置"), max_size=80)


@given(st.one_of(st.text(), PROSE))
def test_sentences_lie_in_the_text_in_order_and_lose_nothing_but_headings(text: str) -> None:
    found = sentences(text)
    assert all(text[s.start : s.end] == s.text and s.text.strip() == s.text and s.text for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {i for s in found for i in range(s.start, s.end)}
    left = "".join(c for i, c in enumerate(text) if i not in covered and not c.isspace())
    assert not left or left[0] in "<＜【"
    assert not left or left[-1] in ">＞】"

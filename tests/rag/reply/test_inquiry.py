"""Inquiries are cut into sentences as they were written: wrapped lines joined, lists and notes line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reply.inquiry import addressee, plain, sentences


def test_lines_that_were_wrapped_by_hand_are_joined() -> None:
    lines = [
        "国民健康保険の手続をした際に個人番号を書き",
        "ましたが、その番号がその後どこに保管されて",
        "いるのかを教えていただきたく、お手紙を差し",
        "上げました。",
    ]
    letter = "\n".join(lines)
    assert sentences(letter) == [letter.replace("\n", "")]


def test_a_note_is_read_line_by_line() -> None:
    note = "【電話メモ】\n・委託先はどこか\n(2) 再委託の有無\n③保管場所\n用件: 開示の手続"
    assert sentences(note)[1:] == ["委託先はどこか", "再委託の有無", "保管場所", "開示の手続"]


def test_entries_counted_inside_a_line_stand_alone() -> None:
    assert sentences("知りたいのは、①委託先、②保管場所です。")[1:] == ["委託先、", "保管場所です。"]


def test_brackets_hold_their_sentence_together() -> None:
    assert sentences("「安全です。」と聞きました。本当ですか。") == ["「安全です。」と聞きました。", "本当ですか。"]


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("市内に住む〔氏名1〕と申します。担当の〔氏名2〕さんへ。", "〔氏名1〕"),
        ("委託先は？\n〔住所1〕\n〔氏名1〕", "〔氏名1〕"),
        ("氏名:〔氏名3〕\n委託先は？", "〔氏名3〕"),
        ("委託先を教えてください。〔電話番号1〕　〔氏名1〕", "〔氏名1〕"),
        ("〔氏名1〕様\n先日はどうも。委託先は？", ""),
        ("窓口の〔氏名1〕さんの態度が悪いです。", ""),
        ("委託先は？", ""),
    ],
)
def test_who_is_answered(text: str, token: str) -> None:
    assert addressee(text) == token


def test_patterns_see_no_tokens() -> None:
    assert plain("〔氏名1〕のＭＹ番号") == "のmy番号"


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(sentence.strip() for sentence in sentences(text))
    addressee(text)

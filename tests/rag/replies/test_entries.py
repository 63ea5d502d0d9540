"""What people type: residents' personal data becomes tokens, what is published stays."""

from __future__ import annotations

import pytest

from rag.errors import BadEntry
from rag.replies import entries

MASKED = "〔氏名1〕です。電話は〔電話番号1〕です。委託していますか。"
PUBLISHED = "お問い合わせ先\n青葉野市役所 学校給食課 電話 00-0000-1234\n担当者 高橋花子"


def test_new_personal_data_gets_tokens_numbered_on() -> None:
    said = entries.letter("佐藤太郎様\n電話 090-0000-5678 に折り返します。", MASKED, PUBLISHED)
    assert said.startswith("〔氏名2〕")
    assert said.endswith("\n電話 〔電話番号2〕 に折り返します。")
    assert "佐藤" not in said


def test_tokens_stay_and_published_lines_too() -> None:
    text = f"〔氏名1〕様\n\n{PUBLISHED}"
    assert entries.letter(text, MASKED, PUBLISHED) == text


def test_a_published_telephone_stands_in_a_new_sentence() -> None:
    text = "学校給食課(電話 00-0000-1234)へお尋ねください。"
    assert entries.letter(text, MASKED, PUBLISHED) == text


def test_lines_end_alike_and_nothing_unseen_is_left() -> None:
    assert entries.inquiry("一行\r\n二\u202e行\r三行\ufeff\0") == "一行\n二行\n三行"


def test_an_inquiry_has_a_length() -> None:
    assert entries.inquiry("あ" * entries.MAX_INQUIRY_CHARS)
    for text in ("", " \n\u202e", "あ" * (entries.MAX_INQUIRY_CHARS + 1)):
        with pytest.raises(BadEntry):
            entries.inquiry(text)


def test_a_comment_is_masked_too() -> None:
    said = entries.comment("佐藤太郎様の番地を消してください。", MASKED, "")
    assert "〔氏名2〕" in said
    assert "佐藤" not in said

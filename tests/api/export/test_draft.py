"""A draft as Word and Markdown: all fields, marks that lead to the sources, what is open, nothing active."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import docx
import pytest
from markdown_it import MarkdownIt

from api.export.draft import draft_docx, draft_markdown
from rag.draft.layout import CHANGE_HEADINGS
from rag.draft.types import Basis, Decision
from tests.fakes_filled import CITATION, full_draft, open_draft, saying, sentence

READER = MarkdownIt("commonmark", {"html": True}).enable("table")
ROW = ("令和8年4月1日", "IV 開示請求、問合せ", "旧", "新", "事後", "法の改正")
HOSTILE = "<script>x</script> [a](http://evil.example) ![b](http://evil.example) | # `c` [1]: http://evil.example"


def words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", ["docx", "markdown"])
def test_every_field_says_in_the_file_what_it_says_in_the_draft(kind: str) -> None:
    draft = full_draft()
    text = words(draft_docx(draft, (ROW,))) if kind == "docx" else READER.render(draft_markdown(draft, (ROW,)))
    for _, said in draft.sentences():
        assert said.text in text
    for part in (
        "I 基本情報",
        "(別添1) 特定個人情報ファイル記録項目",
        "リスク: 目的外の入手が行われるリスク",
        "出典",
        *CHANGE_HEADINGS,
        *ROW,
    ):
        assert part in text
    assert "[○] 情報提供ネットワークシステム" in text
    assert "要確認(" not in text


def test_a_sentence_is_marked_with_its_sources_which_stand_below() -> None:
    other = replace(CITATION, document="みなも町-3", quote="別の文。")
    said = sentence("x", "定める。", Basis.PEER, citations=(CITATION, other))
    text = draft_markdown(saying("III.10", said, sentence("y", "捨てた。", decision=Decision.REJECTED)))
    assert "定める。[2][3]" in text
    assert "**[3]** みなも町-3 III.4 規定の内容(令和7年6月30日公表)" in text
    assert "変更した語: 青嶺市 → みなと市(自治体の名)" in text
    assert "> 「別の文。」" in text
    assert "捨てた" not in text


def test_without_sources_no_mark_is_left() -> None:
    text = draft_markdown(full_draft(), sources=False)
    assert "[1]" not in text
    assert "出典" not in text
    assert "措置を講じる。" in text


def test_what_is_open_is_listed() -> None:
    for text in (draft_markdown(open_draft()), words(draft_docx(open_draft()))):
        assert "要確認(128か所)" in text
        assert "II.4 委託事項1 ③" in text


def test_two_questions_of_one_field_are_two() -> None:
    asked = sentence("x", "【要確認: 担当】が【要確認: 頻度】点検する。", Basis.PLACEHOLDER)
    one, two = saying("III.10", asked), saying("III.10", asked, sentence("y", "【要確認: 方法】", Basis.PLACEHOLDER))
    counts = [int(re.search(r"要確認\((\d+)か所\)", draft_markdown(d))[1]) for d in (one, two)]  # type: ignore[index]
    assert counts[1] == counts[0] + 1


def test_nothing_in_the_markdown_is_active() -> None:
    hostile = sentence("x", HOSTILE, Basis.PEER, citations=(replace(CITATION, quote=HOSTILE, title=HOSTILE),))
    tokens = READER.parse(draft_markdown(saying("III.10", hostile), ((HOSTILE,) * 6,)))
    kinds = {t.type for token in tokens for t in (token, *(token.children or ()))}
    assert not kinds & {"link_open", "image", "html_block", "code_block", "fence", "code_inline"}


def test_the_word_file_knows_title_and_day() -> None:
    at = dt.datetime(2026, 4, 1, 3, 0, tzinfo=dt.UTC)
    properties = docx.Document(io.BytesIO(draft_docx(full_draft(), at=at))).core_properties
    assert (properties.title, properties.modified) == (
        full_draft().profile.title,
        at.replace(tzinfo=properties.modified.tzinfo),
    )

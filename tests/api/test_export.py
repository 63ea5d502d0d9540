"""Exported conversations: everything of a turn is there, and nothing of a document is active."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from api.export import as_docx, as_markdown
from api.export.blocks import Grid, Paragraph, blocks_of_markdown
from api.export.markdown import escaped, markdown_of
from rag.conversations import Conversation, KeptTurn
from rag.staleness import CitationState
from rag.types import Answer, Row, Status
from tests.fakes_kept import trace

AT = dt.datetime(2026, 4, 1, 0, 30, tzinfo=dt.UTC)
CONVERSATION = Conversation("c", "児童手当の委託", AT, AT, 2)
#: CommonMark with GitHub's tables, links without marks, and crossed out text; HTML is let through, to see it.
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> ![x](http://evil.example/p.png) [x](javascript:alert(3))\n"
    "[1](http://evil.example) [1]: http://evil.example\n\n# 見出し\n\n---\n\n    code\n\n```\nfence\n```\n&lt;b&gt; "
    "<http://evil.example> |a|b|\n|---|---|\n[x]: http://evil.example '題'\n- [ ] 箱\n~~消~~ $x$ \x07\u202e"
)


def kept(id: str, number: int, **changes: object) -> KeptTurn:
    return KeptTurn(trace(id, **changes), "c", number, None, replaced=False)  # type: ignore[arg-type]


TURNS = (kept("a", 1), kept("b", 2, status=Status.PARTIAL, answer="**表**は:\n\n- 一つ目[1]\n- 二つ目"))


def texts(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def html(markdown: str) -> str:
    return str(READER.render(markdown))


def test_markdown_has_every_part_of_a_turn() -> None:
    text = as_markdown(CONVERSATION, TURNS)
    page = html(text)
    for part in (
        "<h1>児童手当の委託</h1>",
        "<h2>1. 委託先は？</h2>",
        "解釈した質問: 甲市の委託先は？",
        "結果: 回答<br",
        "結果: 一部回答",
        "<p>株式会社エイです。[1]</p>",
        "<td>児童手当</td>\n<td>[1]</td>",
        "調べた評価書 3件 うち該当 1件、読取不可 1件",
        "注意: 食い違い",
        "お知らせ: 一文を省きました。",
        "言語モデル ollama:tiny の文を、出典と照らして確かめたもの(3文中2文を確認)",
        "<strong>[1]</strong> 甲市-1 Ⅱ.4 委託事項1 ③委託先名(令和6年公表) p.3",
        "<blockquote>\n<p>「エイ」</p>",
        "<strong>表</strong>は:",
        "<li>一つ目[1]</li>\n<li>二つ目</li>",
    ):
        assert part in page
    assert text.endswith("\n")


def test_word_has_every_part_of_a_turn() -> None:
    data = as_docx(CONVERSATION, TURNS)
    document = docx.Document(io.BytesIO(data))
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style and p.text]
    assert found[0] == ("Title", "児童手当の委託")
    assert ("Heading 1", "1. 委託先は？") in found
    assert ("List Bullet", "一つ目[1]") in found
    whole = "\n".join(text for _, text in found)
    for part in (
        "解釈した質問: 甲市の委託先は？",
        "結果: 一部回答",
        "調べた評価書 3件",
        "注意: 食い違い",
        "一文を省き",
    ):
        assert part in whole
    assert "[1] 甲市-1 Ⅱ.4 委託事項1 ③委託先名(令和6年公表) p.3\n甲市の評価書" in whole
    assert "「エイ」" in whole
    assert "**" not in whole
    bold = [run.text for p in document.paragraphs for run in p.runs if run.bold]
    assert bold == ["[1]", "表", "[1]"]
    table = document.tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["評価書", "委託先名", "事務", "出典"],
        ["甲市-1", "株式会社エイ", "児童手当", "[1]"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert (document.core_properties.title, document.core_properties.author) == ("児童手当の委託", "評価書アシスタント")


def test_every_style_of_the_word_file_names_a_japanese_font() -> None:
    document = docx.Document(io.BytesIO(as_docx(CONVERSATION, TURNS)))
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "游ゴシック"
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    width, height = document.sections[0].page_width, document.sections[0].page_height
    assert (round(width.mm), round(height.mm)) == (210, 297)


def test_words_around_an_english_answer_are_english() -> None:
    text = as_markdown(CONVERSATION, [kept("a", 1, language="en", status=Status.NOT_STATED, model=None, checked=None)])
    assert "Outcome: not stated" in text
    assert "no language model" in text
    assert "### Sources" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"model": None, "checked": None}, "記録と原文の引用から組み立て(言語モデルなし)"),
        ({"composed_by": "records"}, "言語モデル ollama:tiny の文は使っていません"),
    ],
)
def test_who_worded_the_answer_is_said(changes: dict[str, object], said: str) -> None:
    assert said in as_markdown(CONVERSATION, [kept("a", 1, **changes)])
    assert said in "\n".join(texts(as_docx(CONVERSATION, [kept("a", 1, **changes)])))


def test_sources_that_do_not_stand_as_they_did_are_marked() -> None:
    for state, said in ((CitationState.OUTDATED, "より新しい版"), (CitationState.GONE, "今は収録していません")):
        states = {"a": {1: state}}
        text = as_markdown(CONVERSATION, TURNS, states)
        assert text.count(said) == 1
        assert sum(said in line for line in texts(as_docx(CONVERSATION, TURNS, states))) == 1
        assert said not in as_markdown(CONVERSATION, TURNS)


def hostile_turn() -> KeptTurn:
    plain = kept("a", 1)
    citation = replace(plain.trace.answer.citations[0], quote=HOSTILE, title=HOSTILE, label=HOSTILE)
    answer = Answer(
        HOSTILE,
        Status.ANSWERED,
        HOSTILE,
        rows=(Row("甲市-1", ((HOSTILE, HOSTILE),), 1),),
        citations=(citation,),
        warnings=(HOSTILE,),
        interpreted=HOSTILE,
        model=HOSTILE,
        notice=HOSTILE,
    )
    return replace(plain, trace=replace(plain.trace, answer=answer))


def test_nothing_in_the_markdown_is_active() -> None:
    text = as_markdown(replace(CONVERSATION, title=HOSTILE), [hostile_turn()])
    tokens = [t for token in READER.parse(text) for t in (token, *(token.children or ()))]
    kinds = {t.type for t in tokens}
    assert not kinds & {"link_open", "image", "html_block", "code_block", "fence", "hr", "s_open"}
    assert {t.content for t in tokens if t.type == "html_inline"} == {"<br>"}
    assert sum(t.type == "table_open" for t in tokens) == 1
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h1", "h2", "h3"]
    assert not re.search(r"[^\\]://", text)
    assert not {"\x07", "\u202e"} & set(text)
    assert "evil.example" in text


def test_nothing_in_the_word_file_is_active() -> None:
    data = as_docx(replace(CONVERSATION, title=HOSTILE), [hostile_turn()])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = package.read("word/document.xml").decode()
        targets = package.read("word/_rels/document.xml.rels").decode()
    for active in ("w:hyperlink", "w:fldSimple", "w:instrText", "w:object", "w:drawing"):
        assert active not in body
    assert "evil" not in targets
    assert any("<script>alert(1)</script>" in text for text in texts(data))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    """Escaping takes nothing away: the reader shows the very characters."""
    line = " ".join(escaped(text).split())
    shown = "".join(
        t.content for t in READER.parseInline(f"{line}")[0].children or () if t.type in {"text", "text_special"}
    )
    assert shown == " ".join(text.split())


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=80))
def test_any_text_makes_a_word_file(text: str) -> None:
    turn = kept("a", 1, answer=text, question=text)
    assert texts(as_docx(replace(CONVERSATION, title=text), [turn]))


def test_tables_and_numbered_lists_in_an_answer() -> None:
    found = list(
        blocks_of_markdown("1. 一\n2. 二\n   - 中\n\n| 甲 | 乙 |\n|---|---|\n| 1 | **2** |\n\n## 見出し\n\n終")
    )
    assert [b for b in found if isinstance(b, Grid)] == [Grid(("甲", "乙"), (("1", "2"),))]
    paragraphs = [b for b in found if isinstance(b, Paragraph)]
    assert [("".join(r.text for r in p.runs), p.depth) for p in paragraphs] == [
        ("1. 一", 1), ("2. 二", 1), ("中", 2), ("見出し", 0), ("終", 0),
    ]  # fmt: skip
    assert paragraphs[3].runs[0].bold
    assert not paragraphs[4].runs[0].bold
    assert "| 1 | 2 |" in markdown_of(found)


def test_an_untitled_conversation_without_turns() -> None:
    assert as_markdown(replace(CONVERSATION, title=""), []).startswith("# 会話\n")
    assert texts(as_docx(replace(CONVERSATION, title=""), []))[0] == "会話"

"""An answer as one Markdown message: what is in it, and that nothing in it runs or leads elsewhere."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from api.message import inert, write
from rag.types import Answer, Checked, Citation, Status
from tests.fakes_api import CONTRACTOR, answered

#: As a program shows it that trusts its model: HTML is HTML, links are links.
TRUSTING = MarkdownIt("commonmark", {"html": True}).enable("table")
ACTIVE_TOKENS = {"link_open", "image", "html_inline", "html_block"}


def active(markdown: str) -> set[str]:
    """Kinds of active content that the Markdown has."""
    blocks = TRUSTING.parse(markdown)
    kinds = {token.type for block in blocks for token in [block, *(block.children or [])]}
    return kinds & ACTIVE_TOKENS


def test_text_table_sources_denominator_and_warning() -> None:
    sections = write(answered("委託先は？")).split("\n\n")
    assert sections[0].startswith("委託先は **1件** です。[1]")
    assert sections[1].splitlines()[0] == "| 評価書 | 委託事項 | 委託先名 | 式 | 出典 |"
    assert sections[1].splitlines()[2] == f"| 青葉野市-7 | 口座振替データの作成 | {CONTRACTOR} | =1+1 | [1] |"
    assert sections[2] == "**出典**"
    first = sections[3].splitlines()[0]
    assert first == f"- [1] 青葉野市-7 Ⅱ.4 委託事項1 ③委託先名(令和7年4月1日公表) 「{CONTRACTOR}」"
    assert sections[4] == "調べた評価書 2件 うち該当 1件、読取不可 1件"
    assert sections[5].startswith("**注意** 記載の食い違い")


def test_the_table_is_a_table() -> None:
    html = TRUSTING.render(write(answered("委託先は？")))
    assert html.count("<tr>") == 2
    assert f"<td>{CONTRACTOR}</td>" in html


def test_a_source_leads_to_its_page() -> None:
    text = write(answered("委託先は？"), lambda cited: f"http://here/{cited.marker}")
    assert "- [1] [青葉野市-7 Ⅱ.4 委託事項1 ③委託先名](http://here/1)(令和7年4月1日公表)" in text


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.ANSWERED])
def test_other_outcomes_say_what_they_are(status: Status) -> None:
    assert write(Answer("問", status, "説明です。")).startswith("**【")


def test_what_was_understood_and_what_a_model_did() -> None:
    worded = Answer(
        "そこは？",
        Status.ANSWERED,
        "はい。",
        composed_by="model",
        model="ollama:x",
        interpreted="川口市の再委託は？",
        checked=Checked(3, 2),
        notice="1文は根拠を確かめられず、除きました。",
    )
    text = write(worded)
    assert text.startswith("> 質問を「川口市の再委託は？」と読み替えて答えました。")
    assert "言語モデル(ollama:x)が書いた3文のうち、根拠を確かめた2文" in text
    assert text.endswith("1文は根拠を確かめられず、除きました。")
    assert "根拠を確かめた" not in write(dataclasses.replace(worded, composed_by="records"))


def test_an_english_answer_has_english_words() -> None:
    text = write(dataclasses.replace(answered("Who?"), language="en"))
    assert "**Sources**" in text
    assert "出典" not in text


EVIL_TEXTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\\<b>",
    "\\\\<b>",
    "![見る](http://outside.example/?q=1)",
    "[開く](javascript:alert(1))",
    "[開く](<http://outside.example>)",
    "<http://outside.example>",
    "]: [",
    "[1]: http://outside.example\n\n[1]",
    "a | b ](http://outside.example) |",
    "終わり]",
)


@pytest.mark.parametrize("evil", EVIL_TEXTS)
def test_markup_of_documents_stays_text(evil: str) -> None:
    plain = answered("問")
    cited = Citation(1, evil, evil, evil, "II.4 " + evil, evil, evil, evil)
    answer = dataclasses.replace(
        plain,
        answer=f"答えは{evil}です。[1](注)\n\n- {evil}[1]",
        rows=tuple(dataclasses.replace(r, document=evil, cells=(("欄" + evil, evil),)) for r in plain.rows),
        citations=(cited,),
        warnings=(evil,),
        interpreted=evil,
        notice=evil,
    )
    assert active(write(answer)) == set()


def test_only_the_pages_of_the_server_are_linked() -> None:
    cited = Citation(1, "d", "m", "t", "II.4", "[x](http://outside.example) ]", "令和7年", "q")
    answer = Answer("問", Status.ANSWERED, "答え[1]", citations=(cited,))
    tokens = TRUSTING.parse(write(answer, lambda c: "http://here/1"))
    links = [t.attrGet("href") for b in tokens for t in b.children or [] if t.type == "link_open"]
    assert links == ["http://here/1"]


@given(st.text(alphabet="<>[]()!:\\ab \n`/&;", max_size=40))
def test_inert_markdown_is_inert_whatever_it_says(text: str) -> None:
    assert active(inert(text)) == set()

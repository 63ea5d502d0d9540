"""Markdown of an answer becomes safe HTML with chips."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from api.markdown import TAGS, plain_text, render_line, render_markdown

CHIPS = {1: Markup('<a class="chip">1</a>'), 12: Markup('<a class="chip">12</a>')}


def test_markers_become_chips() -> None:
    assert render_markdown("三社です。[1][12]", CHIPS) == (
        '<p>三社です。<a class="chip">1</a><a class="chip">12</a></p>\n'
    )


def test_punctuation_stays_with_its_chip() -> None:
    assert render_markdown("三社です[1]。次", CHIPS) == (
        '<p>三社です<span class="keep"><a class="chip">1</a>。</span>次</p>\n'
    )
    assert "<span" not in render_markdown("三社です[9]。", CHIPS)


def test_unknown_marker_stays_text() -> None:
    assert "[9]" in render_markdown("三社です。[9]", CHIPS)


def test_references_cannot_take_a_marker() -> None:
    html = render_markdown("a [1]\n\n[1]: https://example.org", CHIPS)
    assert html.count("chip") == 2
    assert "href" not in html


def test_html_and_links_stay_text() -> None:
    html = render_markdown("<b onclick=x>a</b> [b](javascript:x) ![c](x) <https://example.org>", CHIPS)
    assert "<b" not in html
    assert "<img" not in html
    assert "<a" not in html


def test_tables_and_lists() -> None:
    html = render_markdown("| a | b |\n|:--|---|\n| 1 | 2 [1] |\n\n- x", CHIPS)
    assert "<th>a</th>" in html
    assert '<td>2 <a class="chip">1</a></td>' in html
    assert "<li>x</li>" in html


def test_warning_is_one_line() -> None:
    assert render_line("**食い違い** <i> [1]", CHIPS) == '<strong>食い違い</strong> &lt;i&gt; <a class="chip">1</a>'


def test_plain_text_keeps_markers() -> None:
    assert plain_text("## 題\n**三社** です。[1]") == "題\n三社 です。[1]"


@given(st.text())
def test_only_known_tags_come_out(text: str) -> None:
    import re

    for tag in re.findall(r"<\s*/?\s*([a-zA-Z][^\s>/]*)([^>]*)>", render_markdown(text, {})):
        assert tag[0] in TAGS
        assert tag[1].strip(" /") == ""

"""Markup: which characters of a converted text are visible."""

from __future__ import annotations

import pytest

from ingest.readers.markup import Sign, tokens


def visible(text: str) -> str:
    return "".join(t.text for t in tokens(text) if t.sign is Sign.TEXT)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<b>太字</b>", "太字"),
        ("**太字**", "太字"),
        ("## 見出し", "見出し"),
        ("- 箇条", "箇条"),
        ("- 12 -", "- 12 -"),
        ("- ", "- "),
        ("前<!-- 注 -->後", "前後"),
        ("前<!-- 終わりのない注", "前 終わりのない注"),
        ("前<script>alert(1)</script>後", "前後"),
        ("前<script>終わりのない", "前終わりのない"),
        ("前<div hidden>見えない<div>内</div></div>後", "前後"),
        ("前<span style='display: none'>見えない</span>後", "前後"),
        ("前<div hidden>閉じない", "前閉じない"),
        ("&lt;選択肢&gt;", "<選択肢>"),
        ("A&amp;B &nbsp;&#65;&#x42;", "A&B  AB"),
        ("R&D", "R&D"),
        ("<中間サーバーにおける措置>", "<中間サーバーにおける措置>"),
        ("<A市における措置>", "<A市における措置>"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        ("<p", "<p"),
        ("<![CDATA[x", "<![CDATA[x"),
        ("<!DOCTYPE html>文", "文"),
        (r"\[○\] 紙 \* \_", "[○] 紙 * _"),
        ('<td title="a>b">値</td>', "値"),
    ],
)
def test_what_shows(source: str, shown: str) -> None:
    assert visible(source) == shown


def test_a_tag_knows_its_partner() -> None:
    opened, closed = (t for t in tokens("<p>文</p>") if t.sign in {Sign.OPEN, Sign.CLOSE})
    assert (opened.partner, closed.partner) == (4, 0)


def test_a_lost_end_tag_has_no_partner() -> None:
    assert next(t for t in tokens("<p>文")).partner == -1


def test_attributes_are_read_in_lower_case() -> None:
    token = next(tokens("<INPUT Type=radio CHECKED>"))
    assert token.attributes == {"type": "radio", "checked": ""}

"""Markdown of an answer → safe HTML with citation chips: markdown-it without HTML, nh3 after it, markers last."""

from __future__ import annotations

import re
from collections.abc import Mapping

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

#: No links, images or references: every address in an answer is a citation, and those are made here.
MARKDOWN = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["link", "image", "reference", "autolink", "html_block", "html_inline"])
)

TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip

MARKER = re.compile(r"\[(\d{1,4})\]")
#: A marker with the mark of punctuation behind it, which must not begin a line.
MARKER_HELD = re.compile(r"\[(\d{1,4})\]([。、，．」』)）.,]?)")


def render_markdown(text: str, chips: Mapping[int, Markup]) -> Markup:
    """Safe HTML of `text`; `[n]` becomes the chip of marker n where there is one and stays text where not."""
    return with_chips(nh3.clean(MARKDOWN.render(text), tags=TAGS, attributes={}, link_rel=None), chips)


def render_line(text: str, chips: Mapping[int, Markup]) -> Markup:
    """The same for one line (a warning): no paragraphs or lists, only emphasis and chips."""
    html = nh3.clean(MARKDOWN.renderInline(text), tags={"strong", "em", "br"}, attributes={}, link_rel=None)
    return with_chips(html, chips)


def with_chips(html: str, chips: Mapping[int, Markup]) -> Markup:
    """Safe HTML without attributes, its markers as chips: none of them can stand in anything but text."""

    def chip(marker: re.Match[str]) -> str:
        found = chips.get(int(marker[1]))
        if found is None:
            return marker[0]
        return f'<span class="keep">{found}{marker[2]}</span>' if marker[2] else str(found)

    return Markup(MARKER_HELD.sub(chip, html))


def plain_text(text: str) -> str:
    """Markdown without its marks of emphasis and headings, for the clipboard."""
    text = re.sub(r"^#{1,6}\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)

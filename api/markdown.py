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


def render_markdown(text: str, chips: Mapping[int, Markup]) -> Markup:
    """Safe HTML of `text`; `[n]` becomes the chip of marker n where there is one and stays text where not."""
    html = nh3.clean(MARKDOWN.render(text), tags=TAGS, attributes={}, link_rel=None)
    # No tag has an attribute any more, so a marker can only stand in text.
    return Markup(MARKER.sub(lambda m: str(chips.get(int(m[1]), m[0])), html))


def render_line(text: str, chips: Mapping[int, Markup]) -> Markup:
    """The same for one line (a warning): no paragraphs or lists, only emphasis and chips."""
    html = nh3.clean(MARKDOWN.renderInline(text), tags={"strong", "em", "br"}, attributes={}, link_rel=None)
    return Markup(MARKER.sub(lambda m: str(chips.get(int(m[1]), m[0])), html))


def plain_text(text: str) -> str:
    """Markdown without its marks of emphasis and headings, for the clipboard."""
    text = re.sub(r"^#{1,6}\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)

"""Markup in converted text: the first step of the text reader, from characters to what is visible of them.

Only elements that HTML knows count as tags: `<中間サーバーにおける措置>` and `<A市における措置>` stay text.
What is hidden (comments, scripts, hidden elements, characters that only steer) never shows; an element whose end was
lost hides nothing.
Every pattern here takes linear time on any input.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from ingest.readers.hidden import is_hidden, is_shaded

_NAMES = (
    "a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas"
    " caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset"
    " figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img"
    " input ins kbd label legend li link main map mark marquee menu meta meter nav nobr noframes noscript object ol"
    " optgroup option output p param picture pre progress q rb rp rt rtc ruby s samp script search section select"
    " slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th"
    " thead time title tr track tt u ul var video wbr"
)
_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*"
_TAG = rf"<(?P<close>/?)(?P<name>{'|'.join(_NAMES.split())})(?P<attributes>(?=[\s/>])(?:{_ATTRIBUTES}|[^<>]*))>"
_OTHER = r"(?P<comment><!--)|(?P<declaration><[!?][A-Za-z\[][^<>]*>)"
_TAGS = re.compile(rf"{_TAG}|{_OTHER}", re.IGNORECASE)
_MARKDOWN = (
    r"^\#{1,6}(?:[ \u3000]+|$)"  # heading
    r"|^\ *[-*+]\ (?=\S)(?!\d{1,3}\ ?-[ \t]*$)"  # bullet, but not the page number `- 3 -`
    r"|\*\*"
    r"|(?<!\\)\\(?=[_*\#\[\]()<>~`|-])"  # escaped sign
)
_SIGNS = re.compile(
    rf"(?P<newline>\n)|(?P<tab>\t)|(?P<page>\f)|{_TAG}|{_OTHER}|(?P<markdown>{_MARKDOWN})"
    r"|(?P<unseen>[\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]+)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)",
    re.MULTILINE | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([a-z-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?", re.IGNORECASE)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_HIDDEN = frozenset(("script", "style", "template", "noscript", "iframe", "object", "svg", "title", "head"))


class Sign(Enum):
    """What stands at a place of the text."""

    TEXT = auto()
    NEWLINE = auto()
    TAB = auto()
    PAGE = auto()
    OPEN = auto()
    CLOSE = auto()


class Token(NamedTuple):
    """One sign.

    start     its offset in the text
    text      the visible characters (TEXT), or the name of the element (OPEN, CLOSE)
    partner   OPEN: offset of the end tag; CLOSE: offset of the start tag; -1 where it is lost
    attributes  OPEN: names in lower case and values
    """

    sign: Sign
    start: int
    text: str = ""
    partner: int = -1
    attributes: dict[str, str] = {}  # noqa: RUF012 (never changed)


_PLAIN = {"newline": Sign.NEWLINE, "tab": Sign.TAB, "page": Sign.PAGE}


def tokens(text: str) -> Iterator[Token]:
    """The visible signs of a text in order; markup that shows nothing is left out."""
    partners, ends = _partners(text)
    at = shaded_until = 0
    while found := _SIGNS.search(text, at):
        start, kind = found.start(), found.lastgroup
        if start > at:
            yield Token(Sign.TEXT, at, text[at:start])
        at = found.end()
        if kind in _PLAIN:
            yield Token(_PLAIN[kind], start)
        elif kind == "entity":
            yield Token(Sign.TEXT, start, html.unescape(found[0]).replace("\xa0", " "))
        elif kind == "comment":
            at = ends.get(start, at)
        elif kind == "attributes":
            name, partner = found["name"].lower(), partners.get(start, -1)
            if found["close"]:
                yield Token(Sign.CLOSE, start, name, partner)
                continue
            attributes = _attributes(found["attributes"])
            if name not in _HIDDEN and not is_hidden(attributes, shaded=start < shaded_until):
                if is_shaded(attributes):
                    shaded_until = max(shaded_until, ends.get(start, start))
                yield Token(Sign.OPEN, start, name, partner, attributes)
            elif name not in _VOID:
                at = ends.get(start, at)
    if at < len(text):
        yield Token(Sign.TEXT, at, text[at:])


def _partners(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """Start tag ↔ end tag by offset, and where each element or comment is over."""
    partners: dict[int, int] = {}
    ends: dict[int, int] = {}
    open_at: dict[str, list[int]] = {}
    at, comments = 0, True
    while found := _TAGS.search(text, at):
        at = found.end()
        if found["comment"]:
            end = text.find("-->", at) if comments else -1
            comments = end >= 0
            if comments:
                at = ends[found.start()] = end + 3
        elif found["declaration"] or found["attributes"].endswith("/"):
            continue
        elif not found["close"]:
            open_at.setdefault(found["name"].lower(), []).append(found.start())
        elif begun := open_at.get(found["name"].lower()):
            start = begun.pop()
            partners[start], partners[found.start()], ends[start] = found.start(), start, at
    return partners, ends


def _attributes(printed: str) -> dict[str, str]:
    return {m[1].lower(): (m[2] or "").strip("\"'") for m in _ATTRIBUTE.finditer(printed)}

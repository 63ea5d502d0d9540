"""A drawing → SVG, written by an XML writer: what a document says is text in it, never markup.

All looks are attributes, for our pages allow no style of their own inside a page; nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from rag.flow.lettering import clean
from rag.flow.placed import INSET, LINE, SMALL, TEXT, Drawing, Label, Placed, Stroke

FONT = "Noto Sans JP, Noto Sans CJK JP, Hiragino Sans, BIZ UDPGothic, Yu Gothic, Meiryo, sans-serif"
INK, DASH = "#1a1a1a", "5 3"
#: The printable part of A4 landscape.
PAPER = ("277mm", "190mm")
_HEAD = 7.0

Address = Callable[[str], str]


def svg(drawing: Drawing, address: Address | None = None) -> str:
    """The drawing as the text of an SVG element.

    address   gives the link of an item by its key; without it nothing is linked and the drawing stands on its own
    """
    root = ET.Element("svg", _root(drawing, linked=address is not None))
    ET.SubElement(root, "title", id="flow-title").text = clean(drawing.title)
    ET.SubElement(root, "desc", id="flow-desc").text = clean(drawing.summary)
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    x, y, width, height = drawing.frame
    ET.SubElement(root, "rect", {**_rect(x, y, width, height, 6), "fill": "#f2f2f2", "stroke": INK})
    for stroke in drawing.strokes:
        _draw_stroke(root, stroke)
    for label in drawing.labels:
        _draw_label(root, label)
    for placed in drawing.placed:
        _draw_box(root, placed, address)
    return ET.tostring(root, encoding="unicode")


def svg_file(drawing: Drawing) -> bytes:
    """The drawing as a file of its own: no links, prints on A4 landscape."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + svg(drawing).encode("utf-8")


def _root(drawing: Drawing, *, linked: bool) -> dict[str, str]:
    size = {} if linked else {"width": PAPER[0], "height": PAPER[1]}
    height = drawing.foot if linked else drawing.height  # a page needs no sheet
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {_n(drawing.width)} {_n(height)}",
        **size,
        "lang": "ja",
        "font-family": FONT,
        "fill": INK,
        # what is an image hides its links from those who do not see it
        "role": "group" if linked else "img",
        "aria-labelledby": "flow-title",
        "aria-describedby": "flow-desc",
    }


def _draw_box(root: ET.Element, placed: Placed, address: Address | None) -> None:
    link = address(placed.box.item) if address and placed.box.item else ""
    holder = ET.SubElement(root, "a", href=clean(link)) if link else root
    group = ET.SubElement(holder, "g")
    ET.SubElement(group, "title").text = clean(placed.box.told)
    dashes = {"stroke-dasharray": DASH} if placed.box.unsure else {}
    outline = _rect(placed.x, placed.y, placed.width, placed.height, 3)
    ET.SubElement(group, "rect", {**outline, "fill": "#ffffff", "stroke": INK, **dashes})
    y = placed.y + INSET
    for line in placed.title:
        y += TEXT * LINE
        _text(group, line, placed.x + INSET, y - TEXT * 0.35, TEXT, bold=True)
    for line in placed.lines:
        y += SMALL * LINE
        _text(group, line, placed.x + INSET, y - SMALL * 0.35, SMALL)
    _draw_doubt(group, placed)


def _draw_doubt(group: ET.Element, placed: Placed) -> None:
    """What cannot be read, in a dashed frame at the foot of the box."""
    if not placed.doubt:
        return
    x, width = placed.x + INSET / 2, placed.width - INSET
    y = placed.bottom - INSET / 2 - placed.doubt_height
    frame = _rect(x, y, width, placed.doubt_height, 2)
    ET.SubElement(group, "rect", {**frame, "fill": "none", "stroke": INK, "stroke-dasharray": DASH})
    y += INSET / 2
    for line in placed.doubt:
        y += SMALL * LINE
        _text(group, line, x + INSET, y - SMALL * 0.35, SMALL)


def _draw_stroke(root: ET.Element, stroke: Stroke) -> None:
    points = list(stroke.points)
    if stroke.arrow:  # between two columns, always to the right
        end_x, end_y = points[-1]
        points[-1] = (end_x - _HEAD, end_y)
        corners = ((end_x, end_y), (end_x - _HEAD, end_y - _HEAD / 2), (end_x - _HEAD, end_y + _HEAD / 2))
        ET.SubElement(root, "polygon", points=_points(corners))
    dashes = {"stroke-dasharray": DASH} if stroke.dashed else {}
    ET.SubElement(root, "polyline", {"points": _points(points), "fill": "none", "stroke": INK, **dashes})


def _draw_label(root: ET.Element, label: Label) -> None:
    _text(root, label.text, label.x, label.y, label.size, bold=label.bold)


def _text(parent: ET.Element, text: str, x: float, y: float, size: float, *, bold: bool = False) -> None:
    weight = {"font-weight": "700"} if bold else {}
    place = {"x": _n(x), "y": _n(y), "font-size": _n(size), **weight}
    ET.SubElement(parent, "text", place).text = clean(text)


def _rect(x: float, y: float, width: float, height: float, radius: float) -> dict[str, str]:
    return {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height), "rx": _n(radius)}


def _points(points: tuple[tuple[float, float], ...] | list[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(number: float) -> str:
    """A length with at most one digit behind the point."""
    return f"{number:.1f}".rstrip("0").rstrip(".")

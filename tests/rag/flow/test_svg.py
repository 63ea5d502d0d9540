"""The drawing as a file: sound XML whatever a document says, nothing fetched, told to those who do not see it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.flow.chart import Box, Chart, Group
from rag.flow.layout import layout
from rag.flow.svg import svg, svg_file

from .conftest import made_up

NS = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert(1)</script>"><image href="https://example.jp/x"/>&lt;\x00\u202e'


def spoiled(text: str) -> Chart:
    """A chart in which a document's text stands wherever one can."""
    box = Box(text, (text, text), text, doubt=text)
    chart = made_up(2)
    return replace(chart, title=text, caption=text, notes=(text,), outflows=(Group(text, (box,)), *chart.outflows))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_sound_xml(text: str) -> None:
    root = ET.fromstring(svg_file(layout(spoiled(text))))
    assert {e.tag.removeprefix(NS) for e in root.iter()} <= {
        *("svg", "title", "desc", "rect", "polyline", "polygon", "text", "g")
    }


def test_markup_stays_text() -> None:
    drawn = svg(layout(spoiled(EVIL)), lambda key: f"/items/{key}")
    root = ET.fromstring(drawn)
    assert not [e for e in root.iter() if e.tag.endswith(("script", "image"))]
    assert not [a for e in root.iter() for a in e.attrib if a.startswith("on") or a == "style"]
    assert any("<script>" in (e.text or "") for e in root.iter(f"{NS}title"))
    assert "\x00" not in drawn
    assert "\u202e" not in drawn


def test_a_file_stands_on_its_own() -> None:
    root = ET.fromstring(svg_file(layout(made_up(3))))
    assert root.attrib["role"] == "img"
    assert (root.attrib["width"], root.attrib["height"]) == ("277mm", "190mm")
    assert not list(root.iter(f"{NS}a"))
    assert "http" not in svg_file(layout(made_up(3))).decode().replace("http://www.w3.org/2000/svg", "")


def test_it_is_told_in_words() -> None:
    root = ET.fromstring(svg_file(layout(made_up(3))))
    assert root[0].tag == f"{NS}title"
    assert root[0].text == "架空市 架空の事務 データの流れ"
    assert "提供: 相手0" in (root[1].text or "")
    assert root.attrib["aria-labelledby"] == root[0].attrib["id"]


def test_only_what_is_unsure_is_dashed() -> None:
    root = ET.fromstring(svg_file(layout(made_up(8))))
    dashed = {
        (g.find(f"{NS}title") or g).text
        for g in root.iter(f"{NS}g")
        for r in g.iter(f"{NS}rect")
        if "stroke-dasharray" in r.attrib
    }
    assert len(dashed) >= 1
    for g in root.iter(f"{NS}g"):
        told = g.findtext(f"{NS}title") or ""
        outline = g.find(f"{NS}rect")
        assert outline is not None
        assert ("stroke-dasharray" in outline.attrib) is any(told.startswith(f"相手{n}、") for n in (3,))


def test_boxes_link_to_their_items() -> None:
    root = ET.fromstring(svg(layout(made_up(2)), lambda key: f"/items/{key}"))
    assert root.attrib["role"] == "group"
    assert {a.attrib["href"] for a in root.iter(f"{NS}a")} >= {"/items/k0", "/items/k1"}

"""What a person who reads the document cannot see is not read; what is only dressed is."""

from __future__ import annotations

import pytest

from ingest.readers.markup import Sign, tokens

DARK = '<tr style="background:#003366">{}</tr>'


def visible(text: str) -> str:
    return "".join(t.text for t in tokens(text) if t.sign is Sign.TEXT)


@pytest.mark.parametrize(
    "start",
    [
        "<span hidden>",
        '<span style="display:none">',
        '<span style="visibility: hidden">',
        '<span style="visibility:collapse">',
        '<span style="DISPLAY: NONE !important">',
        '<span style="font-size:0">',
        '<span style="font-size:1px">',
        '<span style="opacity:0">',
        '<span style="opacity:.01">',
        '<span style="position:absolute;left:-9999px">',
        '<span style="text-indent:-9999em">',
        '<span style="color:transparent">',
        '<span style="color:white">',
        '<span style="color:#FFF">',
        '<span style="color:#fefefe">',
        '<span style="color:rgb(255, 255, 255)">',
        '<span style="color:#036;background-color:#003366">',
        '<font color="white">',
        '<font color="#ffffff">',
    ],
)
def test_hidden(start: str) -> None:
    name = start[1:].partition(" ")[0]
    assert visible(f"前{start}見えない</{name}>後") == "前後"


@pytest.mark.parametrize(
    "start",
    [
        "<span>",
        '<span style="color:red">',
        '<span style="color:#ffffff;background:#003366">',
        '<span style="color:white" class="head">',
        '<span style="background:white">',
        '<span style="font-size:8pt">',
        '<span style="font-size:.5em">',
        '<span style="opacity:.5">',
        '<span style="margin-left:-3px">',
        '<span style="color:inherit">',
        '<span style="color">',
        '<span style=";;:">',
        '<font color="navy">',
    ],
)
def test_seen(start: str) -> None:
    name = start[1:].partition(">")[0].partition(" ")[0]
    assert visible(f"前{start}見える</{name}>後") == "前見える後"


@pytest.mark.parametrize("ground", ['style="background:#003366"', 'bgcolor="navy"', 'class="head"'])
def test_white_on_a_ground_of_an_element_around_it_is_seen(ground: str) -> None:
    row = f'<tr {ground}><th><font color="white">見出し</font></th></tr>'
    assert visible(f"<table>{row}</table>") == "見出し"
    assert visible(f'<table>{row}</table><font color="white">見えない</font>') == "見出し"


def test_characters_that_only_steer_are_not_read() -> None:
    assert visible("前\u202e逆\u202c\u2066\u2069後") == "前逆後"
    assert visible("前\U000e0041\U000e0049後") == "前後"
    assert visible("辻\U000e0100 が\u3099 ☑\ufe0f") == "辻\U000e0100 が\u3099 ☑\ufe0f"


@pytest.mark.parametrize(
    ("box", "shown"),
    [
        ('<input type="checkbox">', "[☐]"),
        ('<input type="radio" checked>', "[○]"),
        ("<input>", "[☐]"),
        ('<input type="text" name="x">', ""),
        ('<input type="hidden">', ""),
    ],
)
def test_only_boxes_are_boxes(box: str, shown: str) -> None:
    from ingest.readers.text import parse_lines

    lines = parse_lines(f"前{box}")
    assert lines[0].cells[0].text == f"前{shown}"

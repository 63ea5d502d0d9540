"""Nothing overlaps, whatever is drawn: boxes, lettering, lines; and the sheet is as long by its height as A4."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.flow.layout import ASPECT, layout
from rag.flow.lettering import clean, width, wrapped
from rag.flow.placed import INSET, SMALL, TEXT, Drawing, Placed

from .conftest import made_up

SHAPES = [(n, s, long, i) for n in (1, 2, 7, 25) for s in (0, 3, 10) for long in (False, True) for i in (1, 3)]


def apart(one: Placed, other: Placed) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def crossing(drawing: Drawing) -> list[tuple[tuple[float, float], Placed]]:
    """Boxes that a line runs through (all lines are upright or level)."""
    found = []
    for stroke in drawing.strokes:
        for (x1, y1), (x2, y2) in pairwise(stroke.points):
            left, right, top, foot = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
            assert left == right or top == foot
            found += [
                ((x1, y1), p)
                for p in drawing.placed
                if left < p.right - 0.1 and right > p.x + 0.1 and top < p.bottom - 0.1 and foot > p.y + 0.1
            ]
    return found


@pytest.mark.parametrize(("recipients", "systems", "long", "inflows"), SHAPES)
def test_nothing_overlaps(recipients: int, systems: int, long: bool, inflows: int) -> None:
    drawing = layout(made_up(recipients, systems=systems, long=long, inflows=inflows))
    assert all(apart(one, other) for one, other in combinations(drawing.placed, 2))
    assert crossing(drawing) == []
    for p in drawing.placed:
        assert all(width(t, TEXT) <= p.width - 2 * INSET + 0.01 for t in p.title)
        assert all(width(t, SMALL) <= p.width - 2 * INSET + 0.01 for t in (*p.lines, *p.doubt))
        assert 0 <= p.x <= p.right <= drawing.width
        assert 0 <= p.y <= p.bottom <= drawing.height
    for label in drawing.labels:
        assert label.x + width(label.text, label.size) <= drawing.width
        head = (label.x, label.y - label.size * 0.8, label.x + width(label.text, label.size), label.y)
        assert not any(
            head[0] < p.right and p.x < head[2] and head[1] < p.bottom and p.y < head[3] for p in drawing.placed
        )


@pytest.mark.parametrize("recipients", [1, 5, 25, 60])
def test_the_sheet_has_the_shape_of_a4(recipients: int) -> None:
    drawing = layout(made_up(recipients))
    assert drawing.width / drawing.height == pytest.approx(ASPECT, rel=0.01)


def test_letters_stay_readable_with_25_recipients() -> None:
    small_mm = SMALL * 277 / layout(made_up(25)).width
    assert small_mm > 1.6


def test_every_recipient_has_an_arrow_and_what_does_not_flow_none() -> None:
    drawing = layout(made_up(25))
    ends = {s.points[-1] for s in drawing.strokes if s.arrow}
    flowing = [
        p for p in drawing.placed if p.x > drawing.frame[0] + drawing.frame[2] and p.box.title != "移転を行っていない"
    ]
    still = next(p for p in drawing.placed if p.box.title == "移転を行っていない")
    assert len(flowing) == 27
    assert all((p.x, p.middle) in ends for p in flowing)
    assert (still.x, still.middle) not in ends


@settings(max_examples=200)
@given(st.text(max_size=120), st.floats(30, 400))
def test_lines_fit_and_lose_nothing(text: str, room: float) -> None:
    lines = wrapped(text, 11, room, 1000)
    assert all(width(line, 11) <= room or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


def test_no_line_begins_with_a_full_stop() -> None:
    lines = wrapped("あいうえおかきくけこ。さしすせそ、たちつてと(なに)", 10, 100, 9)
    assert not any(line[0] in "。、)" for line in lines)
    assert not any(line.endswith("(") for line in lines)


def test_cut_text_says_so() -> None:
    assert wrapped("あ" * 100, 10, 100, 2)[-1].endswith("…")

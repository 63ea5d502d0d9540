"""Places a chart on a sheet: sources left, the duty in a frame in the middle, recipients right; A4 landscape in shape.

Lengths are in pixels of which 1123 make the long side of A4. Of all numbers of columns the one is taken in which the
letters are the largest on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from rag.flow.chart import Chart, Group
from rag.flow.columns import GAP, GROUP_GAP, HEAD, Part, grid, head, stack
from rag.flow.lettering import wrapped
from rag.flow.placed import LINE, SMALL, Drawing, Label, Placed, Stroke

#: Length of a sheet by its height, and the width at which letters have their own size on A4.
ASPECT, A4_WIDTH = 297 / 210, 1123.0
MARGIN, TOP = 28.0, 92.0
SOURCE_WIDTH, MEANS_WIDTH, CENTRE_WIDTH, OUT_WIDTH = 200.0, 170.0, 250.0, 250.0
#: Between columns; before the frame; inside it.
BUS, FRAME_GAP, PAD = 26.0, 44.0, 14.0
MAX_COLUMNS = 4


def layout(chart: Chart) -> Drawing:
    """The drawing of a chart."""
    tries = (_arranged(chart, inner, outer) for inner, outer in product((1, 2), range(1, MAX_COLUMNS + 1)))
    return max(tries, key=lambda drawing: min(A4_WIDTH / drawing.width, A4_WIDTH / ASPECT / drawing.height))


def _arranged(chart: Chart, inner: int, outer: int) -> Drawing:
    """The drawing with so many columns in the middle and on the right."""
    frame_x = MARGIN + SOURCE_WIDTH + BUS + MEANS_WIDTH + FRAME_GAP
    frame_width = 2 * PAD + inner * CENTRE_WIDTH + (inner - 1) * GAP
    right = frame_x + frame_width
    width = right + outer * (BUS + OUT_WIDTH) + BUS + MARGIN
    parts = [_inflows(chart, frame_x), _centre(chart.centre, frame_x + PAD, inner), _outflows(chart, right, outer)]
    bottom = max(part.bottom for part in parts) + PAD
    notes = _notes(chart.notes, width - 2 * MARGIN, bottom + GROUP_GAP)
    foot = notes[-1].y + MARGIN if notes else bottom + MARGIN
    width, height = max(width, foot * ASPECT), max(foot, width / ASPECT)
    return Drawing(
        width=width,
        height=height,
        foot=foot,
        title=chart.title,
        summary=chart.summary,
        frame=(frame_x, TOP - PAD, frame_width, bottom - TOP + PAD),
        placed=tuple(p for part in parts for p in part.placed),
        strokes=tuple(s for part in parts for s in part.strokes),
        labels=(*_heading(chart, width), *(label for part in parts for label in part.labels), *notes),
    )


def _heading(chart: Chart, width: float) -> Iterable[Label]:
    title = wrapped(chart.title, 18, width - 2 * MARGIN, 1)
    yield Label(title[0] if title else "", MARGIN, 38, 18, bold=True)
    yield Label(chart.caption, MARGIN, 60, SMALL + 1)


def _notes(notes: Sequence[str], room: float, y: float) -> tuple[Label, ...]:
    lines = [line for note in notes for line in wrapped(note, SMALL, room, 3)]
    return tuple(Label(line, MARGIN, y + n * SMALL * LINE, SMALL) for n, line in enumerate(lines))


def _inflows(chart: Chart, frame_x: float) -> Part:
    """Sources, joined by a line to their means, and these with the frame."""
    placed: list[Placed] = []
    strokes: list[Stroke] = []
    labels: list[Label] = []
    means_x, y = MARGIN + SOURCE_WIDTH + BUS, TOP
    for inflow in chart.inflows:
        sources = stack(inflow.sources, MARGIN, y, SOURCE_WIDTH)
        means = stack(inflow.means, means_x, y, MEANS_WIDTH)
        shift = max(0.0, (sources.bottom - means.bottom) / 2)
        moved = tuple(replace(p, y=p.y + shift) for p in means.placed)
        strokes += _join(sources.placed, moved, means_x - BUS / 2)
        strokes += (Stroke(((p.right, p.middle), (frame_x, p.middle)), p.box.unsure, arrow=True) for p in moved)
        placed += (*sources.placed, *moved)
        labels += (*sources.labels, *(replace(label, y=label.y + shift) for label in means.labels))
        y = max(sources.bottom, means.bottom + shift) + GROUP_GAP
    return Part(y - GROUP_GAP, tuple(placed), tuple(strokes), tuple(labels))


def _join(sources: Sequence[Placed], means: Sequence[Placed], bus_x: float) -> Iterable[Stroke]:
    """A line down between the columns, with one from every source and an arrow to every means."""
    every = [p.middle for p in (*sources, *means)]
    yield Stroke(((bus_x, min(every)), (bus_x, max(every))))
    yield from (Stroke(((p.right, p.middle), (bus_x, p.middle)), p.box.unsure) for p in sources)
    yield from (Stroke(((bus_x, p.middle), (p.x, p.middle)), p.box.unsure, arrow=True) for p in means)


def _centre(groups: Sequence[Group], x: float, columns: int) -> Part:
    """Duty, files and systems within the frame."""
    placed: list[Placed] = []
    labels: list[Label] = []
    y = TOP
    for group in groups:
        heads = head(group.title, x, y, CENTRE_WIDTH)
        y += HEAD * max(1, len(heads))
        rows, y = grid(group, x, y, CENTRE_WIDTH, columns, GAP)
        placed += (p for row in rows for p in row)
        labels += heads
        y += GROUP_GAP
    return Part(y - GROUP_GAP, tuple(placed), labels=tuple(labels))


def _outflows(chart: Chart, frame_right: float, columns: int) -> Part:
    """委託, 提供, 移転: from the frame a line below each heading, from it one down beside every column."""
    placed: list[Placed] = []
    strokes: list[Stroke] = []
    labels: list[Label] = []
    x, y = frame_right + 2 * BUS, TOP
    for group in chart.outflows:
        heads = head(group.title, x, y, OUT_WIDTH)
        trunk = y + HEAD * max(1, len(heads))
        rows, y = grid(group, x, trunk + GAP, OUT_WIDTH, columns, BUS)
        if group.flows:
            strokes += _branches(rows, frame_right, trunk)
        placed += (p for row in rows for p in row)
        labels += heads
        y += GROUP_GAP
    return Part(y - GROUP_GAP, tuple(placed), tuple(strokes), tuple(labels))


def _branches(rows: Sequence[Sequence[Placed]], frame_right: float, trunk: float) -> Iterable[Stroke]:
    columns = [[row[n] for row in rows if n < len(row)] for n in range(len(rows[0]))]
    yield Stroke(((frame_right, trunk), (columns[-1][0].x - BUS / 2, trunk)))
    for column in columns:
        bus_x = column[0].x - BUS / 2
        yield Stroke(((bus_x, trunk), (bus_x, column[-1].middle)))
        yield from (Stroke(((bus_x, p.middle), (p.x, p.middle)), p.box.unsure, arrow=True) for p in column)

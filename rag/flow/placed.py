"""What stands on the sheet: boxes with their lettering, lines, labels."""

from __future__ import annotations

from dataclasses import dataclass

from rag.flow.chart import Box
from rag.flow.lettering import wrapped

#: Sizes of letters, and the distance of lines as a share of them.
TEXT, SMALL, LINE = 13.0, 11.0, 1.4
#: Between a box and its lettering; lines of a title and of a text at most.
INSET, TITLE_LINES, TEXT_LINES = 8.0, 4, 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A box on the sheet with its lettering in lines. `doubt_y`: where the dashed frame of the doubt begins."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...]
    lines: tuple[str, ...]
    doubt: tuple[str, ...]

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half its height."""
        return self.y + self.height / 2

    @property
    def doubt_height(self) -> float:
        """Height of the frame of what is in doubt, 0 where nothing is."""
        return _lines(self.doubt, SMALL) + INSET if self.doubt else 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; `arrow` at its end."""

    points: tuple[tuple[float, float], ...]
    dashed: bool = False
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text of its own; y is its base line."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet. `frame`: x, y, width, height of the middle; `title` and `summary` for those who do not see it.

    foot   where what is drawn ends; the sheet may be higher, to have the shape of A4
    """

    width: float
    height: float
    foot: float
    title: str
    summary: str
    frame: tuple[float, float, float, float]
    placed: tuple[Placed, ...]
    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...]


def place(box: Box, x: float, y: float, width: float) -> Placed:
    """A box as high as its lettering needs."""
    room = width - 2 * INSET
    title = wrapped(box.title, TEXT, room, TITLE_LINES)
    lines = tuple(line for text in box.lines for line in wrapped(text, SMALL, room, TEXT_LINES))
    doubt = wrapped(box.doubt, SMALL, room - INSET, TEXT_LINES)
    height = 2 * INSET + _lines(title, TEXT) + _lines(lines, SMALL)
    if doubt:
        height += _lines(doubt, SMALL) + INSET * 1.5
    return Placed(box, x, y, width, height, title, lines, doubt)


def _lines(lines: tuple[str, ...], size: float) -> float:
    return len(lines) * size * LINE

"""Visible signs of a converted text → lines of cells that know the range of the source they were read from.

Boxes drawn as HTML inputs become `[○]` (checked), `[◯]` (an empty radio button: a printed circle or an empty box, see
`ingest.marks`) and `[☐]` (an empty checkbox).
"""

from __future__ import annotations

import itertools
import re

from ingest.readers.markup import Sign, Token, tokens
from ingest.readers.source import Cell, Line

CHECKED, RADIO, CHECKBOX = "○", "◯", "☐"
_BLOCKS = frozenset(
    ("p", "ul", "ol", "li", "div", "br", "hr", "dl", "dt", "dd", "section", *(f"h{n}" for n in range(1, 7)))
)
#: Elements that may go on over several lines of the source inside one cell.
_HOLDERS = frozenset(("p", "ul", "ol", "div", "table"))
#: Types of HTML inputs that are boxes to be marked.
_BOXES = frozenset(("checkbox", "radio"))
_BLANKS = re.compile(r"[ \t\xa0\u3000\r\f\v]+")
_OPEN_BRACKET = re.compile(r"[\[［]\s*$")
_PIPE = re.compile(r"(?<!\\)\|")


def parse_lines(text: str) -> tuple[Line, ...]:
    """Lines of cells of a decoded text."""
    rows = _Rows(text)
    for token in tokens(text):
        rows.take(token)
    return rows.finish()


def tidy(text: str) -> str:
    """White space folded: runs of blanks to one, empty lines dropped, each line stripped."""
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class _Rows:
    """Gathers visible characters into cells and cells into lines."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.paged = "\f" in source
        self.page = self.line_page = 1
        self.lines: list[Line] = []
        self.cells: list[Cell] = []
        self.parts: list[str] = []
        self.written = False  # something visible stands in the current line
        self.begun = 0  # where the source of the current cell begins, markup included
        self.blank = False
        self.next_blank = -1  # offset of the next empty line of the source
        self.holders: list[Token] = []  # open elements in which a newline of the source is no end of line
        self.held_tables = 0
        self.tables: list[Token] = []  # open tables that are rows of the document, not the content of a cell

    def take(self, token: Token) -> None:
        match token.sign:
            case Sign.TEXT:
                self._put(token.text)
            case Sign.NEWLINE:
                self._newline(token.start)
            case Sign.TAB if self.held_tables or self._in_whole_table():
                self.parts.append(" ")
            case Sign.TAB:
                self._end_cell(token.start)
            case Sign.PAGE:
                self.page += 1
            case Sign.OPEN:
                self._open(token)
            case Sign.CLOSE:
                self._close(token)

    def finish(self) -> tuple[Line, ...]:
        self._end_line(len(self.source))
        return tuple(self.lines)

    def _put(self, text: str) -> None:
        self.parts.append(text)
        if not self.written and not text.isspace():
            self.written, self.line_page = True, self.page

    def _newline(self, at: int) -> None:
        if self._in_whole_table():
            self.parts.append(" ")
        elif self.holders and self._closes_before_blank_line(self.holders[-1], at):
            self.parts.append("\n")
        else:
            self.holders.clear()
            self.held_tables = 0
            self._end_line(at)

    def _in_whole_table(self) -> bool:
        """Whether we are in a table of the document whose end tag is there."""
        return bool(self.tables) and self.tables[-1].partner >= 0

    def _closes_before_blank_line(self, holder: Token, at: int) -> bool:
        """Whether the open element ends before the next empty line; else its end tag was lost."""
        if holder.partner < at:
            return False
        if self.next_blank < at:
            found = self.source.find("\n\n", at)
            self.next_blank = len(self.source) if found < 0 else found
        return holder.partner < self.next_blank

    def _open(self, token: Token) -> None:
        name, rows = token.text, bool(self.tables)
        if name == "input" and token.attributes.get("type", "checkbox").lower() in _BOXES:
            self._box(token.attributes)
        elif name == "table" and (rows or not (self.cells or self.written)):
            self.tables.append(token)
        elif name == "table":
            self.holders.append(token)
            self.held_tables += 1
        elif name == "tr" and rows:
            self._end_line(token.start)
        elif name in {"td", "th"} and rows:
            if self.cells or self.written:
                self._end_cell(token.start)
        elif name in {"td", "th"}:
            self.parts.append(" ")
        elif name in _BLOCKS or name == "tr":
            self.parts.append("\n")
            if name in _HOLDERS:
                self.holders.append(token)

    def _close(self, token: Token) -> None:
        name = token.text
        if name == "table" and self.tables:
            self.tables.pop()
            self._end_line(token.start)
        elif name == "tr" and self.tables:
            self._end_line(token.start)
        elif name in _BLOCKS:
            self.parts.append("\n")
        if name in _HOLDERS and token.partner >= 0:
            while self.holders and self.holders[-1].start >= token.partner:
                self.held_tables -= self.holders.pop().text == "table"

    def _box(self, attributes: dict[str, str]) -> None:
        glyph = CHECKED if "checked" in attributes else RADIO if attributes.get("type") == "radio" else CHECKBOX
        before = "".join(self.parts[-2:])[-6:]
        self._put(glyph if _OPEN_BRACKET.search(before) else f"[{glyph}]")

    def _end_cell(self, at: int) -> None:
        """Closes the cell whose source ends at `at`; its range takes in the markup around its text."""
        raw = self.source[self.begun : at]
        start = self.begun + len(raw) - len(raw.lstrip())
        text = tidy("".join(self.parts))
        self.cells.append(Cell(text, start, self.begun + len(raw.rstrip())) if text else Cell("", start, start))
        self.parts, self.begun = [], at

    def _end_line(self, at: int) -> None:
        self._end_cell(at)
        while self.cells and not self.cells[-1].text:
            self.cells.pop()
        cells, self.cells, self.written = tuple(self.cells), [], False
        if not cells or (len(cells) == 1 and _is_rule(cells[0].text)):
            self.blank = True
            return
        page = self.line_page if self.paged else None
        self.lines.append(Line(self._pipe_cells(cells), page, len(self.lines) + 1, self.blank))
        self.blank = False

    def _pipe_cells(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """`| a | b |` of a Markdown table as its cells."""
        whole = cells[0]
        raw = self.source[whole.start : whole.end]
        if len(cells) != 1 or len(raw) < 2 or not (raw.startswith("|") and raw.endswith("|")):
            return cells
        ends = [whole.start + m.start() for m in _PIPE.finditer(raw)]
        return tuple(self._piece(start + 1, end) for start, end in itertools.pairwise(ends)) or cells

    def _piece(self, start: int, end: int) -> Cell:
        """The cell between two pipes."""
        raw = self.source[start:end]
        at = start + len(raw) - len(raw.lstrip())
        text = " ".join(c.text for line in parse_lines(raw.strip()) for c in line.cells)
        return Cell(text, at, start + len(raw.rstrip())) if text else Cell("", at, at)


def _is_rule(text: str) -> bool:
    """A line that is only drawn: `---`, `|:---|---:|`."""
    drawn = "---" in text or ("|" in text and any(sign in text for sign in ("--", ":-", "-:")))
    return drawn and not text.strip("|-: ")

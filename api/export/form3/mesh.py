"""The fine mesh of columns that the official form is drawn on, cells merged over it, rows as high as their text."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from api.printable import printable
from api.spreadsheet import FORMULA_STARTS

FONT = "ＭＳ Ｐゴシック"
A4 = 9
#: Pixels of a column's width unit, and what a cell keeps free at its sides.
_UNIT_PX, _PADDING_PX = 7, 10
#: A character of half width and the height of a line, as shares of the font's size.
_HALF, _LINE = 0.6, 1.32
_PX_OF_PT = 96 / 72
#: A row of the sheet holds so many lines at most, so that pages break within long texts.
_ROW_LINES = 6
_THIN = Side(style="thin", color="404040")
_NONE = Side(style=None)
_AUTHOR = "評価書アシスタント"
_COMMENT_PX = (320, 120)


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. `sides`: which of left, right, top, bottom have a line (lrtb)."""

    size: float = 10
    bold: bool = False
    fill: str = ""
    across: str = "left"
    down: str = "top"
    sides: str = "lrtb"


VALUE = Look()
ASKED = Look(fill="FFF2A8")
LABEL = Look(size=9, fill="EEF2F8", down="center")
TITLE = Look(bold=True, fill="D6E0EF", down="center")
PART = Look(size=12, bold=True, fill="2F4B7C", down="center")


class Mesh:
    """Writes a sheet from top to bottom. `widths` of its columns in units of Excel; `row` is the next free row."""

    def __init__(self, sheet: Worksheet, widths: Sequence[float], *, landscape: bool = False, title: str = "") -> None:
        self.sheet, self.widths, self.row = sheet, widths, 1
        self._styles: dict[tuple[Look, str], StyleArray] = {}
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.page_setup.paperSize = A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top, sheet.page_margins.bottom = 0.75, 0.7
        sheet.page_margins.header, sheet.page_margins.footer = 0.35, 0.35
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False
        header, footer = sheet.oddHeader, sheet.oddFooter
        if header is not None and footer is not None:
            header.right.text = f"&9 {printable(title)[:100].replace('&', '&&')}"
            footer.center.text = "&9&P / &N"

    @property
    def last(self) -> int:
        """The last column."""
        return len(self.widths)

    def lines(self, text: str, left: int, right: int, look: Look = VALUE) -> int:
        """How many lines a text takes in a cell over these columns."""
        width = sum(self.widths[left - 1 : right]) * _UNIT_PX - _PADDING_PX
        per_line = max(2.0, width / (look.size * _PX_OF_PT))
        count = sum(max(1, math.ceil(_length(line) / per_line)) for line in text.split("\n"))
        return count + count // 12  # lines are broken before some characters, which makes more of them

    def open(self, lines: int, look: Look = VALUE) -> int:
        """Makes room for so many lines from the next row on; how many rows of the sheet that are."""
        counts = [_ROW_LINES] * (lines // _ROW_LINES) + ([lines % _ROW_LINES] if lines % _ROW_LINES else [])
        for n, count in enumerate(counts):
            spare = 4 if n == len(counts) - 1 else 0
            self.sheet.row_dimensions[self.row + n].height = count * look.size * _LINE + spare
        return len(counts)

    def put(self, left: int, right: int, text: str, look: Look = VALUE, *, rows: int = 1, top: int = 0) -> None:
        """A cell merged over columns and rows from `top` (by default the next row). Text is never a formula."""
        top = top or self.row
        cell = self.sheet.cell(top, left)
        shown = printable(text)
        if shown:
            cell.value = shown
            cell.data_type = "s"
            cell.quotePrefix = shown.lstrip().startswith(FORMULA_STARTS)
        self._dress(left, right, top, rows, look)
        if right > left or rows > 1:  # `merge_cells` would style each cell once more, which takes most of the time
            end = f"{get_column_letter(right)}{top + rows - 1}"
            self.sheet.merged_cells.add(f"{get_column_letter(left)}{top}:{end}")

    def note(self, column: int, row: int, text: str) -> None:
        """A comment on a cell."""
        comment = Comment(printable(text), _AUTHOR)
        comment.width, comment.height = _COMMENT_PX
        self.sheet.cell(row, column).comment = comment

    def _dress(self, left: int, right: int, top: int, rows: int, look: Look) -> None:
        bottom = top + rows - 1
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                at = {"l": column == left, "r": column == right, "t": row == top, "b": row == bottom}
                self._style(self.sheet.cell(row, column), look, "".join(s for s in look.sides if at[s]))

    def _style(self, cell: Any, look: Look, sides: str) -> None:
        """A style is made once for a sheet and copied: making one takes far longer than the rest of a cell."""
        quoted = cell.quotePrefix
        made = self._styles.get((look, sides))
        if made is None:
            ink = "FFFFFF" if look is PART else "000000"
            cell.font = Font(name=FONT, size=look.size, bold=look.bold, color=ink)
            cell.fill = PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill()
            cell.alignment = Alignment(horizontal=look.across, vertical=look.down, wrap_text=True)
            left, right, top, bottom = (_THIN if side in sides else _NONE for side in "lrtb")
            cell.border = Border(left=left, right=right, top=top, bottom=bottom)
            made = self._styles[look, sides] = copy(cell._style)
            made.quotePrefix = 0
        cell._style = copy(made)
        if quoted:
            cell.quotePrefix = True


def _length(line: str) -> float:
    """The width of a line in characters of full width."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "FWA" else _HALF for c in line)

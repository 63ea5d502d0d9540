"""Reader for Excel workbooks (.xlsx, .xlsm) laid out like the official form: one line per row of each visible sheet.

`Source.text` is a rendering: the cells of a row joined by tabs, rows by newlines, sheets by an empty line. Formulas
count with the result that was saved. The package is measured before it is opened (`ingest.readers.package`).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

from ingest.errors import NotText, UnreadableFile
from ingest.readers.decode import read_bytes
from ingest.readers.grid import GridRow, grid_rows
from ingest.readers.package import Limits, Package, measure
from ingest.readers.source import Cell, Line, Source
from ingest.readers.text import tidy

#: A hidden sheet of this name holds the lists of options that cells offer, and says nothing of its own.
LISTS = "選択肢"
_ERAS = (("令和", dt.date(2019, 5, 1)), ("平成", dt.date(1989, 1, 8)), ("昭和", dt.date(1926, 12, 25)))
_ERA_FORMAT, _YEAR_FORMAT = 'ggge"年"m"月"d"日"', 'yyyy"年"m"月"d"日"'
_EAST_ASIAN_DATES = dict.fromkeys((27, 28, 29, 36, 50, 51, 52, 53, 54, 57, 58), _ERA_FORMAT) | {31: _YEAR_FORMAT}
#: What openpyxl raises on a package whose parts do not fit together.
_DAMAGE = (LookupError, ValueError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile, EOFError, OverflowError)


class XlsxReader:
    """Excel workbooks. `limits` bound what a workbook may unfold to."""

    suffixes: tuple[str, ...] = (".xlsx", ".xlsm")

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()

    def read(self, path: Path, max_bytes: int) -> Source:
        """The workbook's lines. Raises UnreadableFile (too large, locked, damaged, .xls inside) or NotText (empty)."""
        data = read_bytes(path, max_bytes)
        package = measure(data, path.name, self.limits)
        sheets, hidden = _sheets(data, path.name, package)
        text, lines = _render(sheets)
        if not lines:
            raise NotText(
                f"{path.name}: 文字の入ったシートがありません。評価書の入った Excel ファイルか確かめてください。"
            )
        return Source(path.name, text, lines, _notes(path.name, package, hidden))


def _sheets(data: bytes, name: str, package: Package) -> tuple[list[list[GridRow]], list[str]]:
    """Rows of each visible sheet, and the titles of the hidden ones."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions and print areas, which do not concern us
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            visible = [_rows(sheet, package) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except _DAMAGE as error:
        raise UnreadableFile(
            f"{name}: Excel のブックとして読めません(中身が壊れているか、Excel のファイルではありません)。"
            "Excel で開いて .xlsx 形式で保存し直してください。"
        ) from error
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    return visible, [title for title in hidden if title != LISTS]


def _rows(sheet: Any, package: Package) -> list[GridRow]:
    merges = package.merges.get(sheet.title, ())
    under = {
        (row, column)
        for m in merges
        for row in range(m.top, m.bottom + 1)
        for column in range(m.left, m.right + 1)
        if (row, column) != (m.top, m.left)
    }
    values: dict[tuple[int, int], str] = {}
    for row in sheet.iter_rows(max_row=package.max_row, max_col=package.max_column):
        for cell in row:
            if cell.value is not None and (cell.row, cell.column) not in under:
                text = tidy(_shown(*_typed(cell)).replace("\t", " "))
                if text:
                    values[cell.row, cell.column] = text
    return list(grid_rows(values, merges))


def _render(sheets: list[list[GridRow]]) -> tuple[str, tuple[Line, ...]]:
    parts: list[str] = []
    lines: list[Line] = []
    at = 0

    def write(piece: str) -> None:
        nonlocal at
        parts.append(piece)
        at += len(piece)

    for rows in sheets:
        for index, row in enumerate(rows):
            blank = bool(lines) and (row.blank_before or index == 0)
            if blank:
                write("\n")
            cells = []
            for n, text in enumerate(row.cells):
                if n:
                    write("\t")
                cells.append(Cell(text, at, at + len(text)))
                write(text)
            write("\n")
            lines.append(Line(tuple(cells), None, row.number, blank))
    return "".join(parts), tuple(lines)


def _notes(name: str, package: Package, hidden: list[str]) -> tuple[str, ...]:
    notes = []
    if hidden:
        notes.append(f"{name}: 非表示のシート({'、'.join(hidden)})は読んでいません。")
    if package.uncalculated:
        notes.append(
            f"{name}: 計算結果の保存されていない数式が {package.uncalculated} 個あり、空欄として読みました。"
            "Excel で開いて保存し直してください。"
        )
    if package.drawn_text:
        notes.append(f"{name}: 図形の中の文字は読んでいません。原本と照らして確かめてください。")
    return tuple(notes)


def _typed(cell: Any) -> tuple[Any, str]:
    """Value and number format; dates in the formats that only East Asian editions number (27-36, 50-58) as dates."""
    from openpyxl.utils.datetime import from_excel

    number = cell.style_array.numFmtId
    if number in _EAST_ASIAN_DATES and isinstance(cell.value, int | float):
        return from_excel(cell.value), _EAST_ASIAN_DATES[number]
    return cell.value, str(cell.number_format)


def _shown(value: Any, number_format: str) -> str:
    """A cell's value as Excel shows it, as far as the form needs it: dates with their era, whole numbers plain."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date):
        return _date(value.date() if isinstance(value, dt.datetime) else value, number_format)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and "#,##0" in number_format:
        return f"{value:,}"
    return str(value).replace("_x000D_", "").replace("\r\n", "\n")


def _date(day: dt.date, number_format: str) -> str:
    if re.search(r"g+\"?e|e\\?\"?年", number_format, re.IGNORECASE):
        for era, since in _ERAS:
            if day >= since:
                year = day.year - since.year + 1
                return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    if "年" in number_format:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.year}/{day.month}/{day.day}"

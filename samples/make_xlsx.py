"""Lays a text in the form's own lines out like the official Excel form: a sheet per part, labels left, values merged.

    python samples/make_xlsx.py TEXT.txt BOOK.xlsx

The same text gives the same bytes with the same openpyxl.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

#: The mesh: columns 1-2 outer label, 3-4 inner label, 5-16 value.
LAST = 16
TABLE = {"別添2": ((1, 2), (3, 4), (5, 8), (9, 12), (13, 14), (15, 16))}
PARTS = (
    ("I 基本情報", "Ⅰ基本情報"),
    ("II 特定個人情報ファイルの概要", "Ⅱファイルの概要"),
    ("(別添1)", "別添1"),
    ("III リスク対策", "Ⅲリスク対策"),
    ("IV 開示請求", "Ⅳ開示請求"),
    ("V 評価実施手続", "Ⅴ評価実施手続"),
    ("(別添2)", "別添2"),
)
CHOICE = re.compile(r"^\[([^\]]*)\](?: \((\d*)\) 件)? <選択肢> (.*)$")
BOX = re.compile(r"\[([○☐ ]?)\] ((?:(?! \[[○☐ ]?\] | ・).)+)")
DATE = re.compile(r"^令和(\d+)年(\d+)月(\d+)日$")
LABEL = PatternFill("solid", fgColor="E6ECF5")
THIN = Side(style="thin", color="808080")
LINE = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
WRAP = Alignment(wrap_text=True, vertical="top")


class Sheet:
    """Writes rows downwards."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.row = 1
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for column in range(1, LAST + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 7

    def put(self, left: int, right: int, text: str, *, down: int = 0, label: bool = False) -> None:
        """One cell merged over the columns and `down` further rows."""
        cell = self.sheet.cell(self.row, left)
        date = DATE.match(text)
        if date:
            cell.value = dt.date(2018 + int(date[1]), int(date[2]), int(date[3]))
            cell.number_format = '[$-411]ggge"年"m"月"d"日"'
        else:
            cell.value = text or None
        cell.alignment, cell.border = WRAP, LINE
        height = 15 * (1 + len(text) // max(1, (right - left + 1) * 3))
        if not down and height > (self.sheet.row_dimensions[self.row].height or 15):
            self.sheet.row_dimensions[self.row].height = min(height, 400)
        if label:
            cell.fill = LABEL
        if right > left or down:
            self.sheet.merge_cells(start_row=self.row, start_column=left, end_row=self.row + down, end_column=right)

    def line(self, cells: list[str]) -> None:
        """A line of the text: heading, label and value, or outer label, inner label and value."""
        if len(cells) == 1:
            self.put(1, LAST, cells[0])
            self.sheet.cell(self.row, 1).font = Font(
                bold=bool(re.match(r"^([IVX]+ |\d+\. |リスク|システム\d)", cells[0]))
            )
            self.row += 1
            return
        if len(cells) == 3 and cells[0].startswith("6. "):  # the item's title with its two boxes
            self.put(1, 8, cells[0], label=True)
            self._boxes(BOX.findall(" ".join(cells[1:])), 9, 2)
            self.row += 1
            return
        value = cells[-1]
        down = self._height(value)
        if len(cells) == 3:
            if cells[0]:
                self.put(1, 2, cells[0], down=self.group + down, label=True)
            self.put(3, 4, cells[1], down=down, label=True)
        else:
            self.put(1, 4, cells[0], down=down, label=True)
        self._value(value)

    def table(self, cells: list[str], columns: tuple[tuple[int, int], ...]) -> None:
        """A row of a table."""
        for (left, right), cell in zip(columns, cells, strict=False):
            self.put(left, right, cell, label=cells[0] == "変更日")
        self.row += 1

    group = 0  # further rows that the outer label of the next line reaches over

    @staticmethod
    def _height(value: str) -> int:
        choice = CHOICE.match(value)
        if choice:
            return (len(re.split(r" (?=\d\) )", choice[3])) + 1) // 2
        rows = [(len(BOX.findall(g)) + 1) // 2 + (not BOX.match(g)) for g in _groups(value)]
        return sum(rows) - 1 if BOX.search(value) else 0

    def _value(self, value: str) -> None:
        choice = CHOICE.match(value)
        if choice:
            self.put(5, 5, "[")
            self.put(6, 9, choice[1])
            self.put(10, 10, "]")
            self.put(11, 13, "<選択肢>")
            if choice[2] is not None:
                self.put(14, LAST, f"({choice[2]}) 件")
            self.row += 1
            options = re.split(r" (?=\d\) )", choice[3])
            for pair in (options[i : i + 2] for i in range(0, len(options), 2)):
                for n, option in enumerate(pair):
                    self.put(5 + 6 * n, 10 + 6 * n, option)
                self.row += 1
        elif BOX.search(value):
            for group in _groups(value):
                title = group[: group.index("[")].strip()
                if title:
                    self.put(5, LAST, title)
                    self.row += 1
                boxes = BOX.findall(group)
                for pair in (boxes[i : i + 2] for i in range(0, len(boxes), 2)):
                    self._boxes(pair, 5, 6)
                    self.row += 1
        else:
            self.put(5, LAST, value)
            self.row += 1

    def _boxes(self, boxes: list[tuple[str, str]], left: int, step: int) -> None:
        for n, (mark, label) in enumerate(boxes):
            at = left + n * max(step, 4)
            self.put(at, at, "[")
            self.put(at + 1, at + 1, mark.strip() or " ")
            self.put(at + 2, at + 2, "]")
            self.put(at + 3, at + max(step, 4) - 1, label.strip())


def make(text: str) -> Workbook:
    """The workbook of a text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = Sheet(book.create_sheet("表紙"))
    kind, contents = "表紙", False
    lines = text.split("\n")
    for n, line in enumerate(lines):
        contents = line == "項目一覧" or (contents and bool(line or lines[n - 1] == "項目一覧"))
        part = next((title for head, title in PARTS if line.startswith(head)), None) if not contents else None
        if part:
            kind = part
            sheet = Sheet(book.create_sheet(_free(book, part)))
        if not line:
            sheet.row += 1 if n + 1 < len(lines) and not part else 0
            continue
        cells = line.split("\t")
        if kind in TABLE and len(cells) > 2:
            sheet.table(cells, TABLE[kind])
        elif len(cells) > 3:
            sheet.table(cells, tuple((1 + 2 * i, 2 + 2 * i) for i in range(len(cells))))
        else:
            sheet.group = sum(sheet._height(x.split("\t")[-1]) + 1 for x in _inner(lines[n + 1 :]))
            sheet.line(cells)
    return book


def _groups(value: str) -> list[str]:
    """The groups of boxes in a value, each with its title: ・識別情報 [○] 個人番号 …"""
    return [g for g in re.split(r" (?=・)", value) if BOX.search(g)]


def _inner(lines: list[str]) -> list[str]:
    """The lines that follow under the same outer label."""
    count = next((i for i, x in enumerate(lines) if not x.startswith("\t")), len(lines))
    return lines[:count]


def _free(book: Workbook, title: str) -> str:
    taken = [s for s in book.sheetnames if s == title or s.startswith(f"{title} (")]
    return f"{title} ({len(taken) + 1})" if taken else title


def same_bytes(book: Workbook) -> bytes:
    """The workbook's package without the time of saving."""
    written, packed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2025-08-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (2025, 8, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(same_bytes(make(Path(sys.argv[1]).read_text(encoding="utf-8"))))

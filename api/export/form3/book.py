"""The workbook of 様式3: a sheet for each part in the official order. Called by `form3_xlsx`."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.export.form3.fields import FIRST, MAX_CELL_CHARS, WIDTHS, write_outer, write_row, write_title
from api.export.form3.lists import Lists
from api.export.form3.mesh import ASKED, LABEL, PART, VALUE, Look, Mesh
from api.printable import printable
from rag.checks.paper import PLACEHOLDER
from rag.draft.layout import CHANGE_HEADINGS, CONTENTS, COVER, EDITION, Printed, Row, contents, lay_out, part_title
from rag.draft.plain import TITLE, ChangeCells, field_lines
from rag.draft.types import Draft, FieldDraft

CHANGES = "別添2"
_SHEETS = {
    "I": "Ⅰ 基本情報",
    "II": "Ⅱ ファイルの概要",
    "III": "Ⅲ リスク対策",
    "IV": "Ⅳ 開示請求、問合せ",
    "V": "Ⅴ 評価実施手続",
}
_NUMERALS = {"I ": "Ⅰ ", "II ": "Ⅱ ", "III ": "Ⅲ ", "IV ": "Ⅳ ", "V ": "Ⅴ "}
#: 変更箇所 lies across: date, item, before, after, 事前/事後, why.
_CHANGE_WIDTHS = (15, 30, 40, 40, 9, 30)
_HEAD = Look(size=14, bold=True, across="center", down="center", sides="")
_EDGE = Look(sides="", across="right")
_LINE = Look(sides="")


def book_of(draft: Draft, changes: Sequence[ChangeCells]) -> bytes:
    """The workbook as bytes."""
    book = Workbook()
    first = book.worksheets[0]
    lists = Lists(book)
    title = " ".join(printable(draft.profile.title or draft.profile.duty).split())
    for part, printed in lay_out(draft):
        _part(Mesh(_sheet(book, part), WIDTHS, title=title), lists, draft, part, printed, bool(changes))
    _changes(Mesh(_sheet(book, CHANGES), _CHANGE_WIDTHS, landscape=True, title=title), changes)
    book.remove(first)
    book.move_sheet(book.worksheets[0], len(book.worksheets))  # the lists behind all parts
    book.active = 0
    book.properties.title, book.properties.creator = title[:255], "評価書アシスタント"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet(book: Workbook, part: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(_SHEETS.get(part, part))
    return sheet


def _part(mesh: Mesh, lists: Lists, draft: Draft, part: str, printed: Sequence[Printed], changes: bool) -> None:
    if part == COVER:
        _cover(mesh, lists, draft, printed, changes)
        return
    _heading(mesh, part)
    if part.startswith("別添"):
        _free(mesh, [one.field for one in printed if isinstance(one, Row)])
    else:
        _write(mesh, lists, printed)


def _heading(mesh: Mesh, part: str) -> None:
    text = part_title(part)
    numeral = next((n for n in _NUMERALS if text.startswith(n)), "")
    mesh.open(1, PART)
    mesh.put(1, mesh.last, _NUMERALS.get(numeral, "") + text.removeprefix(numeral), PART)
    mesh.row += 1


def _write(mesh: Mesh, lists: Lists, printed: Sequence[Printed]) -> None:
    """Titles and rows; an outer label is written when the rows that it stands before are."""
    outer, top = "", 0
    for one in (*printed, None):
        if top and not (isinstance(one, Row) and one.outer == ""):
            write_outer(mesh, outer, top, mesh.row - top)
            top = 0
        if isinstance(one, Row):
            if one.outer is not None and not top:
                outer, top = one.outer, mesh.row
            write_row(mesh, lists, one)
        elif one is not None:
            write_title(mesh, lists, one)


def _cover(mesh: Mesh, lists: Lists, draft: Draft, printed: Sequence[Printed], changes: bool) -> None:
    mesh.open(3, _HEAD)
    mesh.put(1, mesh.last, TITLE, _HEAD)
    mesh.row += 2
    _write(mesh, lists, printed)
    mesh.row += 1
    mesh.open(1)
    mesh.put(FIRST, mesh.last, f"[{EDITION} {draft.form}]", _EDGE)
    mesh.row += 2
    for n, line in enumerate((CONTENTS, *contents(draft, changes))):
        mesh.open(1, _LINE)
        mesh.put(FIRST, mesh.last, line, LABEL if n == 0 else _LINE)
        mesh.row += 1


def _free(mesh: Mesh, fields: Sequence[FieldDraft]) -> None:
    """別添1: a box for its text. The cell before it begins a row higher, so that no line is taken for a title."""
    mesh.open(1)
    top = mesh.row
    mesh.row += 1
    for field in fields:
        for piece in _chunks(field_lines(field)):
            rows = mesh.open(max(1, mesh.lines(piece, 2, mesh.last)))
            mesh.put(2, mesh.last, piece, ASKED if PLACEHOLDER.search(piece) else VALUE, rows=rows)
            mesh.row += rows
    mesh.put(1, 1, "", _LINE, rows=mesh.row - top, top=top)


def _chunks(lines: Sequence[str]) -> list[str]:
    """Lines joined to texts that a cell takes; at least one."""
    chunks = [""]
    for line in lines:
        if len(chunks[-1]) + len(line) >= MAX_CELL_CHARS:
            chunks.append("")
        chunks[-1] += ("\n" if chunks[-1] else "") + line
    return chunks


def _changes(mesh: Mesh, changes: Sequence[ChangeCells]) -> None:
    _heading(mesh, CHANGES)
    mesh.open(2, LABEL)
    for column, heading in enumerate(CHANGE_HEADINGS, 1):
        mesh.put(column, column, heading, Look(size=9, fill=LABEL.fill, across="center", down="center"))
    mesh.sheet.print_title_rows = f"{mesh.row}:{mesh.row}"
    mesh.row += 1
    look = Look(size=9)
    for row in changes:
        cells = [cell[:MAX_CELL_CHARS] for cell in row]
        rows = mesh.open(max(mesh.lines(c, n, n, look) for n, c in enumerate(cells, 1)), look)
        for column, cell in enumerate(cells, 1):
            asked = bool(PLACEHOLDER.search(cell))
            mesh.put(column, column, cell, Look(size=9, fill=ASKED.fill if asked else ""), rows=rows)
        mesh.row += rows

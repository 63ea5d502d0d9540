"""A comparison as a workbook: the table, the quotes with their places, one's own gaps. No cell runs as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.printable import printable
from api.spreadsheet import harmless
from rag.compare.holding import Holding
from rag.compare.table import Cell, Column, Comparison, Row
from rag.errors import BadEntry, StoreError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: A cell of a spreadsheet takes no more.
MAX_CELL_CHARS = 32_767
WIDTHS = {"比較": (14, 36), "出典": (16, 36, 14, 24, 16, 80), "不足": (36, 16, 44)}
OTHER_WIDTH = 40


def write_comparison(path: Path, comparison: Comparison) -> None:
    """Writes a new workbook. Raises BadEntry where the file is there, StoreError where it cannot be written."""
    from openpyxl import Workbook

    if path.exists():
        raise BadEntry(f"{path} はすでにあります。別の名前を指定するか、そのファイルを移してください。")
    book = Workbook()
    for name in book.sheetnames:
        del book[name]
    _fill(book.create_sheet("比較"), table_lines(comparison))
    _fill(book.create_sheet("出典"), quote_lines(comparison))
    if comparison.own:
        _fill(book.create_sheet("不足"), gap_lines(comparison))
    try:
        book.save(path)
    except OSError as error:
        raise StoreError(f"{path} に書けません({error.strerror})。書き込めるフォルダを指定してください。") from error


def table_lines(comparison: Comparison) -> Iterator[list[str]]:
    """Headings, then one line a row: what each document says, with its first quote."""
    columns = comparison.columns
    yield ["区分", f"{comparison.section} {comparison.title}", *(_heading(c) for c in columns), "あり", "評価書"]
    for row in comparison.rows:
        cells = (_cell(cell) for cell in row.cells)
        yield [row.kind.ja, row.name, *cells, str(row.count(Holding.HAS)), str(len(columns))]
    if comparison.absent:
        yield ["記載のない措置", "、".join(comparison.absent)]


def quote_lines(comparison: Comparison) -> Iterator[list[str]]:
    """Every quote of every cell."""
    yield ["区分", "行", "評価書", "場所", "公表日", "引用"]
    for row, _, cell in _cells(comparison):
        for kind, citations in ((cell.holding.ja, cell.citations), ("ほかの項目の記載", cell.elsewhere)):
            yield from ([kind, row.name, c.document, c.section, c.published, c.quote] for c in citations)


def gap_lines(comparison: Comparison) -> Iterator[list[str]]:
    """What others have and one's own city does not say."""
    yield ["措置", "評価書", "不足"]
    yield from ([row.name, column.version.document, cell.gap] for row, column, cell in comparison.gaps)


def _cells(comparison: Comparison) -> Iterator[tuple[Row, Column, Cell]]:
    for row in comparison.rows:
        for column, cell in zip(comparison.columns, row.cells, strict=True):
            yield row, column, cell


def _heading(column: Column) -> str:
    notes = (column.version.published, "抄録" if column.version.abridged_from else "", column.lost)
    return "\n".join((column.version.document, *filter(None, notes)))


def _cell(cell: Cell) -> str:
    quotes = [f"「{c.quote}」({c.section})" for c in cell.citations[:1]]
    more = [f"ほか{len(cell.citations) - 1}か所"] if len(cell.citations) > 1 else []
    return "\n".join([cell.shown, *quotes, *more, *filter(None, [cell.gap])])


def _fill(sheet: Worksheet, lines: Iterable[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for line in lines:
        sheet.append([_value(text) for text in line])
    widths = WIDTHS[sheet.title]
    for number in range(1, sheet.max_column + 1):
        width = widths[number - 1] if number <= len(widths) else OTHER_WIDTH
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2" if sheet.title == "比較" else "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _value(text: str) -> str | int:
    """A count as a number; a text as such, and never as a formula."""
    return int(text) if text.isascii() and text.isdigit() else harmless(printable(text))[:MAX_CELL_CHARS]

"""A comparison in the terminal: the table in pieces that fit, its quotes numbered below, then one's own gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.printable import printable
from api.terminal import show, show_table, width
from rag.compare.holding import Holding
from rag.compare.table import Cell, Comparison, Row
from rag.types import Citation

#: Cells of the terminal that one document's column and the row's name take at least.
COLUMN_CELLS, NAME_CELLS = 18, 30
#: Quotes of a cell that are numbered in the table; --json and --xlsx have all.
SHOWN_QUOTES = 2


class Markers:
    """Numbers quotes in the order in which they are shown, the same place and quote once."""

    def __init__(self) -> None:
        self._numbers: dict[Citation, int] = {}

    def of(self, citation: Citation) -> str:
        """`[3]`."""
        return f"[{self._numbers.setdefault(citation, len(self._numbers) + 1)}]"

    def all(self) -> Iterator[tuple[int, Citation]]:
        """Numbers and quotes."""
        return ((number, citation) for citation, number in self._numbers.items())


def show_comparison(comparison: Comparison) -> None:
    """The whole comparison."""
    show(headline(comparison))
    markers = Markers()
    for group in column_groups(len(comparison.columns), width()):
        show()
        headings = ["", *(printable(comparison.columns[n].version.document) for n in group), "あり"]
        show_table(headings, (line(comparison, row, group, markers) for row in comparison.rows), lines=True)
    show_notes(comparison)
    for number, citation in markers.all():
        show(printable(f"[{number}] {citation.document} {citation.section}「{citation.quote}」"))


def headline(comparison: Comparison) -> str:
    """What was compared, with the denominator."""
    lost = f"うち項目の全部か一部が読取不可 {comparison.unreadable}件" if comparison.unreadable else "読取不可なし"
    return f"{comparison.section} {comparison.title}: 評価書{len(comparison.columns)}件を比べました({lost})。"


def column_groups(columns: int, cells: int) -> Iterator[range]:
    """The columns in groups that stand side by side in a line of so many cells."""
    each = max(1, (cells - NAME_CELLS) // COLUMN_CELLS)
    return (range(start, min(start + each, columns)) for start in range(0, columns, each))


def line(comparison: Comparison, row: Row, group: Sequence[int], markers: Markers) -> list[str]:
    """One row of the table."""
    cells = [cell_text(row.cells[n], markers) for n in group]
    return [printable(row.name), *cells, f"{row.count(Holding.HAS)}/{len(comparison.columns)}"]


def cell_text(cell: Cell, markers: Markers) -> str:
    """The cell with the numbers of its quotes, where else it is said, and whether it is a gap."""
    said = printable(cell.shown) + "".join(markers.of(c) for c in cell.citations[:SHOWN_QUOTES])
    more = len(cell.citations) - SHOWN_QUOTES
    lines = [said + (f"ほか{more}" if more > 0 else "")]
    if cell.elsewhere:
        lines.append("".join(f"{c.section.split(' ')[0]}に記載{markers.of(c)}" for c in cell.elsewhere[:1]))
    if cell.gap:
        lines.append(f"▲{cell.gap}")
    return "\n".join(lines)


def show_notes(comparison: Comparison) -> None:
    """What the table leaves out and what its words mean."""
    for column in comparison.columns:
        if column.lost:
            show(printable(f"読取不可: {column.version.document} {column.lost}原本を確認してください。"))
        if column.excused:
            show(printable(f"{column.version.document}: 「{'、'.join(column.excused)}」に印があります。"))
        if column.version.abridged_from:
            show(printable(f"{column.version.document} は抄録です。「記載なし」は全文で確かめてください。"))
    if comparison.absent:
        show(printable(f"どの評価書のこの項目にも記載のない措置: {'、'.join(comparison.absent)}"))
    show("共通文のみ=国の共通文だけにある(当団体の措置に数えない)。言及のみ=否定、予定、検討、可能性の記載。")

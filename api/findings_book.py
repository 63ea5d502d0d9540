"""Findings as a workbook for the office: one row each, filtered and wrapped, and no cell that runs as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from api.printable import printable
from api.spreadsheet import harmless
from rag.checks.finding import Finding
from rag.errors import BadEntry, StoreError

#: Heading and width of each column, in characters.
COLUMNS = (
    *(("評価書", 14), ("公表日", 16), ("区分", 8), ("種類", 12), ("場所", 24), ("内容", 60), ("修正案", 36)),
    *(("引用", 48), ("基準", 32), ("規則", 26), ("番号", 12), ("却下の理由", 30)),
)
SHEET = "指摘"
#: A cell of a spreadsheet takes no more.
MAX_CELL_CHARS = 32_767


def write_findings(path: Path, findings: Iterable[Finding]) -> int:
    """Writes a new workbook and returns the number of rows. Raises BadEntry where the file is there, StoreError."""
    if path.exists():
        raise BadEntry(f"{path} はすでにあります。別の名前を指定するか、そのファイルを移してください。")
    rows = [cells(f) for f in findings]
    try:
        path.write_bytes(findings_book(rows))
    except OSError as error:
        raise StoreError(f"{path} に書けません({error.strerror})。書き込めるフォルダを指定してください。") from error
    return len(rows)


def findings_book(rows: Sequence[Sequence[str]]) -> bytes:
    """The workbook of these rows (`cells`), below their headings."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.create_sheet(SHEET, 0)
    for other in book.sheetnames[1:]:
        del book[other]
    for row in ([heading for heading, _ in COLUMNS], *rows):
        sheet.append(list(row))
    for number, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True)
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def cells(finding: Finding) -> Sequence[str]:
    """The row of one finding."""
    quotes = "\n".join(f"{c.section}: {c.quote}" for c in finding.citations)
    texts = (
        *(finding.document, finding.published, finding.severity.ja, finding.rule.family.ja),
        *("\n".join(finding.sections), finding.message, finding.proposal, quotes, finding.rule.source),
        *(finding.rule.id, finding.key, finding.dismissal.reason if finding.dismissal else ""),
    )
    return [harmless(printable(text))[:MAX_CELL_CHARS] for text in texts]

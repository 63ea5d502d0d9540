"""The sources of a draft as a workbook, for those who must defend it: each sentence, what is open, the models."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from api.export.draft import changed_words
from api.printable import printable
from api.spreadsheet import harmless
from rag.checks.paper import PLACEHOLDER
from rag.draft.findings import open_places
from rag.draft.plain import field_text
from rag.draft.types import Basis, Decision, Draft, DraftSentence, FieldDraft, FieldKind

#: Heading and width of each column, in characters.
SENTENCES = (
    *(("項目", 22), ("欄", 26), ("文", 60), ("根拠", 14), ("出典(評価書、項目、公表日)", 34), ("原文", 60)),
    *(("変更した語(前→後、理由)", 34), ("共通する団体数", 9), ("状態", 10), ("備考", 36)),
)
OPEN = (("項目", 24), ("欄", 40), ("確認すること", 70))
PEERS = (
    *(("順位", 7), ("評価書", 18), ("自治体", 14), ("評価書名", 44), ("事務", 34), ("公表日", 16)),
    *(("評点", 8), ("使用", 9), ("理由", 60)),
)
DECISIONS = {Decision.PROPOSED: "提案", Decision.ACCEPTED: "採用", Decision.REJECTED: "不採用"}
_ASKED, _HEAD = PatternFill("solid", fgColor="FFF2A8"), PatternFill("solid", fgColor="D6E0EF")
_FONT = "ＭＳ Ｐゴシック"
#: A cell of a spreadsheet takes no more.
_MAX_CELL_CHARS = 32_767
#: Width of a Japanese character, in those of a digit.
_WIDE = 1.9
_A3 = 8
_MARKS = "印の欄"


def sources_xlsx(draft: Draft) -> bytes:
    """The workbook: 出典一覧 (a row for each sentence, rejected ones too), 要確認, 手本. No cell runs as a formula."""
    book = Workbook()
    first = book.worksheets[0]
    _table(book, "出典一覧", SENTENCES, (row for field in draft.fields for row in _rows(field)))
    _table(book, "要確認", OPEN, ((p.section, p.label, "\n".join(p.asks)) for p in open_places(draft)))
    _table(book, "手本", PEERS, _peers(draft))
    book.remove(first)
    book.properties.title = printable(draft.profile.title)[:255]
    book.properties.creator = "評価書アシスタント"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _rows(field: FieldDraft) -> Iterable[Sequence[str]]:
    for sentence in field.sentences:
        yield _row(field, sentence)
    told = any(not PLACEHOLDER.search(s.text) for s in field.standing)
    if field.kind is FieldKind.BOXES and field_text(field) and not told:
        yield (field.section, field.label, field_text(field), "", "", "", "", "", "", _MARKS)


def _row(field: FieldDraft, sentence: DraftSentence) -> Sequence[str]:
    cited = [f"{c.document} {c.section} {c.published}" for c in sentence.citations]
    return (
        *(field.section, field.label, sentence.text, sentence.basis.ja, _listed(cited)),
        *(_listed([c.quote for c in sentence.citations]), "\n".join(map(changed_words, sentence.changed))),
        *(str(sentence.shared or ""), DECISIONS[sentence.decision], sentence.note),
    )


def _listed(texts: Sequence[str]) -> str:
    """Several texts numbered, so that source and quote are told to belong together."""
    return "\n".join(f"({n}) {t}" for n, t in enumerate(texts, 1)) if len(texts) > 1 else "".join(texts)


def _peers(draft: Draft) -> Iterable[Sequence[str]]:
    for n, peer in enumerate(draft.peers, 1):
        reasons = "\n".join(f"{r.name}: {r.words}" for r in peer.reasons)
        used = "使う" if peer.chosen else "使わない"
        yield (
            *(str(n), peer.document, peer.municipality, peer.title, peer.duty, peer.published),
            *(f"{peer.score:.2f}", used, reasons),
        )


def _height(cells: Sequence[str], widths: Sequence[int]) -> float:
    """The height that a row needs, in points; a sheet allows no more than about 400."""
    lines = (
        sum(
            math.ceil((sum(_WIDE if ord(c) > 0xFF else 1 for c in line) or 1) / (width - 1))
            for line in cell.split("\n")
        )
        for cell, width in zip(cells, widths, strict=True)
    )
    return min(400.0, 15.0 * max(lines) + 3)


def _table(book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> None:
    sheet = book.create_sheet(title)
    sheet.append([heading for heading, _ in columns])
    for row in rows:
        sheet.append([harmless(printable(cell))[:_MAX_CELL_CHARS] for cell in row])
    for number, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for n, line in enumerate(sheet.iter_rows(), 1):
        sheet.row_dimensions[n].height = _height([str(c.value or "") for c in line], [w for _, w in columns])
        asked = any(str(c.value).startswith("【要確認") or c.value == Basis.PLACEHOLDER.ja for c in line)
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(name=_FONT, size=10, bold=cell.row == 1)
            if cell.row == 1 or asked:
                cell.fill = _HEAD if cell.row == 1 else _ASKED
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"

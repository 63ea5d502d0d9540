"""Blocks → a Word document on A4, set in Japanese: what a document says is text in it, never a field or a link."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Protocol

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table

from api.export.blocks import Block, Grid, Heading, Paragraph, Source
from api.printable import printable

LATIN, JAPANESE = "Arial", "游ゴシック"
GREY = RGBColor(0x55, 0x55, 0x55)
TITLE, BODY, CELL = Pt(16), Pt(10.5), Pt(8)
PAGE, MARGIN = (Mm(210), Mm(297)), Mm(20)
#: Columns share the width by their longest text; one of fewer characters counts as the first, of more as the second.
COLUMN_CHARS = (9, 18)
#: Blank space left and right of the text of a cell, in twentieths of a point.
CELL_MARGIN = 45
#: Attributes that name a font of the theme and so win over a name.
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


class Origin(Protocol):
    """What a file is made of, as its properties tell: a conversation, a draft."""

    @property
    def title(self) -> str: ...
    @property
    def created_at(self) -> dt.datetime: ...
    @property
    def updated_at(self) -> dt.datetime: ...


def docx_of(blocks: Iterable[Block], origin: Origin) -> bytes:
    """The blocks as the bytes of a .docx file with title and dates of what it is made of as its properties."""
    document = docx.Document()
    _prepare(document)
    for block in blocks:
        match block:
            case Heading():
                document.add_heading(block.text, block.level)
            case Paragraph():
                _add_paragraph(document, block)
            case Source():
                _add_source(document, block)
            case Grid():
                _add_table(document, block)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = (
        printable(origin.title)[:255],
        "評価書アシスタント",
        "",
    )
    properties.language = "ja-JP"
    properties.created, properties.modified = origin.created_at, origin.updated_at
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _prepare(document: Document) -> None:
    """Paper and fonts; the Japanese font stands in every style that names one."""
    for section in document.sections:
        section.page_width, section.page_height = PAGE
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for style in document.styles:
        if isinstance(style, ParagraphStyle):
            _set_font(style)
    document.styles["Normal"].font.size = BODY
    document.styles["Title"].font.size = TITLE
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "ja-JP")


def _set_font(style: ParagraphStyle) -> None:
    style.font.name = LATIN
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in _THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), JAPANESE)


def _add_paragraph(document: Document, block: Paragraph) -> None:
    paragraph = document.add_paragraph(style="List Bullet" if block.depth else None)
    if block.depth > 1:
        paragraph.paragraph_format.left_indent = Mm(6.35 * block.depth)
    for run in block.runs:
        paragraph.add_run(run.text).bold = run.bold or None


def _add_source(document: Document, block: Source) -> None:
    place = document.add_paragraph()
    place.add_run(f"[{block.marker}]").bold = True
    place.add_run(f" {block.place}")
    place.paragraph_format.keep_with_next = True
    place.paragraph_format.space_after = Pt(2)
    quote = document.add_paragraph()
    quote.add_run(block.quote).font.color.rgb = GREY
    quote.paragraph_format.left_indent = Mm(8)


def _add_table(document: Document, block: Grid) -> None:
    table = document.add_table(rows=0, cols=len(block.headings), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _narrow_margins(table)
    widths = column_widths(block, PAGE[0] - 2 * MARGIN)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _add_row(table, block.headings, widths, bold=True)
    _repeat_on_each_page(table)
    for cells in block.rows:
        _add_row(table, cells, widths)
    document.add_paragraph()


def _add_row(table: Table, texts: Sequence[str], widths: Sequence[Length], bold: bool = False) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        run = cell.paragraphs[0].add_run(text.strip())
        run.font.size = CELL
        run.bold = bold or None


def _narrow_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _repeat_on_each_page(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def column_widths(block: Grid, width: int) -> list[Length]:
    """The width of each column: as the table says, or the longer its texts, the wider."""
    if block.shares:
        return [Length(width * share // sum(block.shares)) for share in block.shares]
    least, most = COLUMN_CHARS
    columns = zip(block.headings, *block.rows, strict=True)
    longest = [
        min(most, max(least, *(len(line) for text in column for line in text.split("\n")))) for column in columns
    ]
    return [Length(width * chars // sum(longest)) for chars in longest]

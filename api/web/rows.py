"""The rows of an answer as they fit beside the source pane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from api.web import links
from rag.types import Answer

NOTHING = Markup()

#: More columns than this do not fit beside the source pane: then long texts move under their neighbour.
MAX_COLUMNS = 4
LONG_CELL_CHARS = 40

#: The column that names the document, where the rows have one: it carries the link.
DOCUMENT_HEADING = "自治体・事務"
DOCUMENT_COLUMNS = ("自治体", "事務")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `under` are headings and texts of long columns shown below it, `link` leads to the document."""

    heading: str
    text: str
    under: tuple[tuple[str, str], ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table of an answer."""

    cells: tuple[Cell, ...]
    chip: Markup


def table_rows(answer: Answer, headings: list[str], chips: Mapping[int, Markup]) -> tuple[TableRow, ...]:
    """The rows as they fit beside the source: long columns under their neighbour, the document as a link."""
    cells = [{h: dict(row.cells).get(h, "") for h in headings} for row in answer.rows]
    several = len({row.document for row in answer.rows}) > 1
    named = several and DOCUMENT_HEADING not in headings
    # The document's name begins with its municipality: body and duty need no columns beside it.
    told = set(DOCUMENT_COLUMNS) if named and set(DOCUMENT_COLUMNS) <= set(headings) else set()
    wide = len(headings) - len(told) > MAX_COLUMNS
    below = {h for h in headings[1:] if wide and any(len(c[h]) > LONG_CELL_CHARS for c in cells)}
    rows = []
    for row, texts in zip(answer.rows, cells, strict=True):
        url = links.document(row.document)
        duty = (("", texts[DOCUMENT_COLUMNS[1]]),) if told else ()
        out = [Cell("評価書", row.document, duty, url)] if named else []
        for heading, text in texts.items():
            if heading in told:
                continue
            if heading in below:
                out[-1] = replace(out[-1], under=(*out[-1].under, *(((heading, text),) if text else ())))
            else:
                out.append(Cell(heading, text, link=url if heading == DOCUMENT_HEADING else ""))
        rows.append(TableRow(tuple(out), chips.get(row.marker, NOTHING)))
    return tuple(rows)

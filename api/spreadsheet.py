"""CSV that a spreadsheet opens as it is meant: UTF-8 with a mark, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from starlette.responses import Response

from ingest.assessment import Record, State, Stated
from rag.types import Answer, Version

FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
DASHES = {"-", "－"}
UNREADABLE = "読取不可(原本確認)"


class CsvResponse(Response):
    """A table to be saved under `name`."""

    media_type = "text/csv"

    def __init__(self, lines: Iterable[Sequence[str]], name: str) -> None:
        super().__init__(csv_bytes(lines))
        self.headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"


def csv_bytes(lines: Iterable[Sequence[str]]) -> bytes:
    """The lines as CSV in UTF-8 with a byte order mark, so that Excel reads Japanese."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run; a lone dash stays."""
    if cell.strip() in DASHES or not cell.lstrip(" ").startswith(FORMULA_STARTS):
        return cell
    return "'" + cell


def record_lines(
    headings: Sequence[str], rows: Iterable[tuple[Version, Record, Sequence[Stated]]]
) -> Iterable[list[str]]:
    """Headings and lines of a table of records."""
    yield ["評価書", "自治体", "公表日", "番号", "ファイル", *headings]
    for version, record, cells in rows:
        number = str(record.number) if record.number else ""
        values = [UNREADABLE if c.state is State.UNREADABLE else c.value for c in cells]
        yield [version.document, version.municipality, version.published, number, record.file, *values]


def answer_lines(answer: Answer) -> Iterable[list[str]]:
    """Headings and lines of an answer's rows, each with the place it is cited from."""
    headings = row_headings(answer)
    places = {c.marker: c for c in answer.citations}
    yield ["評価書", *headings, "出典", "公表日", "引用"]
    for row in answer.rows:
        values = dict(row.cells)
        place = places.get(row.marker)
        source = [place.section, place.published, place.quote] if place else ["", "", ""]
        yield [row.document, *(values.get(h, "") for h in headings), *source]


def row_headings(answer: Answer) -> list[str]:
    """The headings of an answer's rows, in the order they first appear."""
    return list(dict.fromkeys(heading for row in answer.rows for heading, _ in row.cells))

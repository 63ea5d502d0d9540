"""`hyoka records`: one kind of record across all documents, complete."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened
from api.terminal import pad, shorten, show, show_json, show_table, tell, width
from api.web.wording import KIND_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.assessment import Record, Stated
    from rag.types import Version

    Rows = Sequence[tuple[Version, Record]]

KINDS = "、".join(f"{kind}({name})" for kind, name in KIND_NAMES.items())
MIN_COLUMN = 12
MAX_CELL = 60


def records(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"記録の種類: {KINDS}")],
    municipality: Annotated[str | None, typer.Option(metavar="自治体", help="この自治体だけ")] = None,
    document: Annotated[str | None, typer.Option(metavar="評価書", help="この評価書だけ")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV で出力します(Excel で開けます)。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
) -> None:
    """委託、提供などの記録を一覧にします。

    収録しているすべての評価書の現在の版から、該当する行を漏れなく出力します。
    """
    from api.routes.records import known_kind, matching, one, record_table

    known_kind(kind)
    with opened() as library:
        if document:
            library.catalog.version(document)  # an unknown name is a fault, not an empty list
        rows = matching(library.catalog, kind, one(municipality), one(document))
    if as_json:
        show_json(record_table(kind, rows).model_dump(mode="json"))
    elif as_csv:
        show_csv(kind, rows)
    elif rows:
        show_records(kind, rows)
    else:
        tell(f"{KIND_NAMES[kind]}の記録はありません。収録している評価書は hyoka list で見られます。")


def show_csv(kind: str, rows: Rows) -> None:
    """The same CSV as over HTTP; without the byte order mark where a person looks at it."""
    from api.routes.records import columns_of
    from api.spreadsheet import csv_bytes, record_lines

    data = csv_bytes(record_lines([ja for _, ja in columns_of(kind)], full(rows)))
    if sys.stdout.isatty():
        print(data.decode("utf-8-sig"), end="")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def show_records(kind: str, rows: Rows) -> None:
    """A table where its columns have room, else a card for each record; long values are cut short and so marked."""
    from api.routes.records import columns_of
    from api.spreadsheet import record_lines

    lines = list(record_lines([ja for _, ja in columns_of(kind)], full(rows)))
    filled = [i for i in range(len(lines[0])) if any(line[i] for line in lines[1:]) and lines[0][i] != "自治体"]
    headings, *body = [[line[i] for i in filled] for line in lines]
    if len(headings) * MIN_COLUMN <= width():
        show_table(headings, [[shorten(cell, MAX_CELL) for cell in line] for line in body], lines=True)
    else:
        for line in body:
            show_card(headings, line)
    show(f"{len(rows)}件。長い値は途中までです。全文は --json か --csv で出力できます。")


def full(rows: Rows) -> list[tuple[Version, Record, list[Stated]]]:
    """Rows with all their cells, as `record_lines` takes them."""
    from api.routes.records import cells_of

    return [(version, record, [cell for _, _, cell in cells_of(record)]) for version, record in rows]


def show_card(headings: Sequence[str], line: Sequence[str]) -> None:
    """One record, a column a line."""
    for heading, cell in zip(headings, line, strict=True):
        if cell:
            show(pad(heading, 22) + shorten(cell, width() - 22))
    show()

"""One question and its answer as the page shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from api.markdown import MARKER, plain_text, render_line, render_markdown
from api.schemas import AskIn
from api.spreadsheet import harmless, row_headings
from api.web import links, wording
from rag.types import Answer, Citation, Status

CHIP = Markup(
    '<a class="chip" href="{url}" hx-get="{url}" hx-target="#source" target="source" aria-label="{label}">{marker}</a>'
)

NOTHING = Markup()

#: The words before the first colon say what kind of warning it is.
WARNING_LEAD = re.compile(r"^([^:：。*\[]{2,12})[:：]\s*")


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


@dataclass(frozen=True, slots=True)
class TurnView:
    """What the template of a turn takes. `carry` is the question with its filters, for forms without JavaScript."""

    asked: str
    carry: str
    answer: Answer | None = None
    fault: str = ""
    words: wording.StatusWords = wording.STATUSES["answered"]
    html: Markup = NOTHING
    headings: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    warnings: tuple[Markup, ...] = ()
    sources: tuple[tuple[Citation, Markup], ...] = ()
    copy: str = ""


def fault_turn(asked: AskIn, message: str) -> TurnView:
    """A question that was not taken, with the reason."""
    return TurnView(asked=asked.question, carry="", fault=message)


def answer_turn(asked: AskIn, answer: Answer) -> TurnView:
    """A question and its answer."""
    chips = {c.marker: chip(c) for c in answer.citations}
    headings = row_headings(answer)
    rows = table_rows(answer, headings, chips)
    return TurnView(
        # The answer's own question has a personal number masked.
        asked=answer.question,
        # What must not be kept is not carried along either.
        carry="" if answer.status is Status.REFUSED else asked.model_dump_json(),
        answer=answer,
        words=wording.STATUSES[answer.status.value],
        html=render_markdown(lead(answer), chips),
        headings=tuple(c.heading for c in rows[0].cells) if rows else (),
        rows=rows,
        warnings=tuple(render_line(WARNING_LEAD.sub(r"**\1** ", w), chips) for w in answer.warnings),
        sources=tuple((c, chips[c.marker]) for c in answer.citations),
        copy=copy_text(answer, headings),
    )


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


def lead(answer: Answer) -> str:
    """The answer without list lines that only say again what its rows say."""
    shown = {row.marker for row in answer.rows}
    kept = []
    for line in answer.answer.splitlines():
        markers = {int(m) for m in MARKER.findall(line)}
        if not (line.startswith("- ") and markers and markers <= shown):
            kept.append(line)
    return "\n".join(kept).strip() or answer.answer


def chip(cited: Citation) -> Markup:
    """The numbered link to a citation's place; htmx opens it beside the answer."""
    label = f"出典{cited.marker}: {cited.document} {wording.cited_place(cited)}"
    return CHIP.format(url=links.citation(cited), label=label, marker=cited.marker)


def copy_text(answer: Answer, headings: list[str]) -> str:
    """Question, answer, rows and sources as plain text; rows are tab-separated, as spreadsheets take them."""
    lines = [f"質問: {answer.question}", "", plain_text(answer.answer).strip()]
    if answer.rows:
        lines += ["", "\t".join(["評価書", *headings, "出典"])]
        lines += ["\t".join(cells_of(row.document, dict(row.cells), headings, row.marker)) for row in answer.rows]
    lines += [line for warning in answer.warnings for line in ("", f"注意: {warning}")]
    if answer.citations:
        lines += ["", "出典"]
        lines += [
            f"[{c.marker}] {c.title}({c.document}) {wording.cited_place(c)}「{c.quote}」({c.published}公表)"
            for c in answer.citations
        ]
    return "\n".join(lines) + "\n"


def cells_of(document: str, cells: Mapping[str, str], headings: list[str], marker: int) -> list[str]:
    """One line of the copied table."""
    return [document, *(harmless(" ".join(cells.get(h, "").split())) for h in headings), f"[{marker}]"]

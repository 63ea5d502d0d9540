"""One question and its answer as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from api.markdown import plain_text, render_line, render_markdown
from api.schemas import AskIn
from api.spreadsheet import harmless, row_headings
from api.web import links, wording
from rag.types import Answer, Citation, Status

CHIP = Markup(
    '<a class="chip" href="{url}" hx-get="{url}" hx-target="#source" target="source" aria-label="{label}">{marker}</a>'
)

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table of an answer."""

    document: str
    cells: tuple[str, ...]
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
    several: bool = False
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
    rows = tuple(
        TableRow(r.document, tuple(dict(r.cells).get(h, "") for h in headings), chips.get(r.marker, NOTHING))
        for r in answer.rows
    )
    return TurnView(
        asked=asked.question,
        # What must not be kept is not carried along either.
        carry="" if answer.status is Status.REFUSED else asked.model_dump_json(),
        answer=answer,
        words=wording.STATUSES[answer.status.value],
        html=render_markdown(answer.answer, chips),
        headings=tuple(headings),
        rows=rows,
        several=len({r.document for r in answer.rows}) > 1,
        warnings=tuple(render_line(w, chips) for w in answer.warnings),
        sources=tuple((c, chips[c.marker]) for c in answer.citations),
        copy=copy_text(answer, headings),
    )


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

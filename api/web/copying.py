"""An answer with its sources as plain text, for the clipboard."""

from __future__ import annotations

from collections.abc import Mapping

from api.markdown import plain_text
from api.spreadsheet import harmless
from api.web import wording
from rag.types import Answer


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

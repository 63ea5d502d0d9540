"""Finding → Answer: numbered, verified citations, Markdown, coverage. What cannot be cited is not shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.cite import Citations
from rag.finding import Finding, Ref, Statement
from rag.shelf import Book
from rag.types import Answer, Coverage, Row, Status

_MARKER = re.compile(r"\[(\d{1,4})\]")


def compose(question: str, language: str, finding: Finding, open_book: Callable[[Ref], Book]) -> Answer:
    """The answer of a finding.

    open_book   gives the book of a reference, for verifying its quote
    """
    citations = Citations()

    def mark(ref: Ref) -> int:
        return citations.add(ref.version, ref.item, ref.text, open_book(ref).source)

    lines = _lines(finding.statements, mark, finding.status in {Status.UNREADABLE, Status.NOT_STATED})
    rows = []
    for row in finding.rows:
        marker = mark(row.ref)
        if marker:
            rows.append(Row(row.version.document, row.cells, marker))
    warnings = tuple(_marked(w, mark)[0] for w in finding.warnings)
    status = finding.status
    if status is Status.ANSWERED and not citations.all():
        status = Status.NOT_STATED
    return Answer(
        question=question, status=status, answer="\n".join(lines).strip(), rows=tuple(rows), citations=citations.all(),
        coverage=Coverage(finding.considered, finding.matched, finding.unreadable), composed_by=finding.by,
        warnings=tuple(w for w in warnings if w), suggestions=finding.suggestions, language=language,
    )  # fmt: skip


def _lines(statements: Sequence[Statement], mark: Callable[[Ref], int], says_no: bool) -> list[str]:
    """Lines of Markdown. A statement whose quote does not hold is left out, unless it says that nothing can be said."""
    lines: list[str] = []
    held = ""
    before = 0
    for s in statements:
        if s.bullet == 2:
            held = _unmarked(s.text)
            continue
        text, kept = _marked(s, mark)
        if not kept and not says_no:
            continue
        text = text or _unmarked(s.text)
        if held:
            lines += ["", held, ""] if lines else [held, ""]
            held, before = "", 1
        elif lines and s.bullet != before:
            lines.append("")
        lines.append(f"- {text}" if s.bullet == 1 else text)
        before = s.bullet
    return lines


def _marked(statement: Statement, mark: Callable[[Ref], int]) -> tuple[str, bool]:
    """The statement with its markers, and whether it may be shown: one that has references needs one that holds."""
    markers = list(dict.fromkeys(m for m in (mark(r) for r in statement.refs) if m))
    if statement.refs and not markers:
        return "", False
    return _unmarked(statement.text) + "".join(f"[{m}]" for m in markers), True


def _unmarked(text: str) -> str:
    """A text in which nothing that a document says looks like a marker of ours."""
    return _MARKER.sub(r"［\1］", text)

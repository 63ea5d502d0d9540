"""Findings in the terminal: by document, gravest first, readable in 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from api.printable import printable
from api.terminal import show, width
from rag.checks.checker import Checked
from rag.checks.finding import Finding, Severity

#: Sections of one finding that are named in its head.
NAMED_SECTIONS = 6
#: What is not torn apart: words and numbers, else single characters, with the brackets that open before them.
PIECES = re.compile(r"[「『(（]*(?:[A-Za-z0-9.\-]+|.)")
NO_BEGINNING = re.compile(r"[、。」』)）]")


def show_checked(checked: Checked, findings: Sequence[Finding]) -> None:
    """One document: its name, how many findings of each severity, and the findings."""
    version = checked.version
    published = f"({version.published}公表)" if version.published else ""
    show(printable(f"{version.document} {version.duty}{published}"))
    counts = "、".join(f"{s.ja}{n}件" for s in Severity if (n := sum(f.severity is s for f in findings)))
    show(f"  {counts or '指摘はありません。'}")
    for severity, some in groupby(findings, key=lambda f: f.severity):
        show(f"\n  【{severity.ja}】")
        for finding in some:
            show_finding(finding)
    show()


def show_finding(finding: Finding) -> None:
    """Where, what, what to do, on what ground; the key by which it can be dismissed."""
    places = "、".join(finding.sections[:NAMED_SECTIONS])
    more = f" ほか{len(finding.sections) - NAMED_SECTIONS}か所" if len(finding.sections) > NAMED_SECTIONS else ""
    said = [finding.message]
    if finding.proposal:
        said.append(f"修正案: {finding.proposal}")
    said.append(f"基準: {finding.rule.source}")
    if finding.dismissal:
        said.append(f"却下({finding.dismissal.dismissed_at.astimezone():%Y/%m/%d}): {finding.dismissal.reason}")
    show_folded(f"・{finding.key} {finding.rule.family.ja} {places}{more}", 2)
    for text in said:
        show_folded(text, 4)


def show_folded(text: str, blanks: int) -> None:
    """A text in lines that fit the terminal, moved to the right."""
    for line in folded(printable(text), width() - blanks):
        show(" " * blanks + line)


def folded(text: str, cells: int) -> Iterator[str]:
    """Lines of at most `cells` cells (one more for 、。」 that must not begin a line); words of Latin letters whole."""
    from rich.cells import cell_len

    line = ""
    for piece in PIECES.findall(" ".join(text.split())):
        if line and cell_len(line + piece) > cells and not NO_BEGINNING.fullmatch(piece):
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line:
        yield line

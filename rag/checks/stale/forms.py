"""What newer forms print otherwise: 5情報, and the month of the form itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ingest.assessment import Marking
from ingest.dates import parse_date
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper
from rag.checks.stale.judging import judged

FOUR_ITEMS = Rule(
    "stale.four-items",
    Severity.FINDING,
    "4情報は5情報(氏名の振り仮名を加える)となった",
    "様式(令和7年5月)II.2④",
    dt.date(2025, 5, 1),
)
FORM = Rule(
    "stale.form",
    Severity.FINDING,
    "様式の版が古い",
    "様式(令和7年5月)",
    dt.date(2025, 5, 1),
)


def check(paper: Paper) -> Iterator[Raised]:
    """4情報 and the month on the cover."""
    yield from _four_items(paper)
    yield from _form(paper)


def _four_items(paper: Paper) -> Iterator[Raised]:
    refs = [
        paper.ref(i, m.label)
        for i in paper.at("II.2 ④ 主な記録項目")
        for m in i.marks
        if m.label.startswith("4情報") and m.marking is not Marking.UNMARKED
    ]
    if refs:
        yield Raised(
            FOUR_ITEMS,
            "II.2 ④ 主な記録項目の「4情報」は、令和7年5月の様式から「5情報」(氏名の振り仮名を加える)です。",
            tuple(refs),
            judged(paper, FOUR_ITEMS),
        )


def _form(paper: Paper) -> Iterator[Raised]:
    for item in (i for i in paper.present if i.part == "表紙" and i.name == "様式"):
        printed = parse_date(item.text)
        if printed and FORM.since and printed < FORM.since:
            yield Raised(
                FORM,
                f"様式の版は「{item.text.strip('[]［］')}」です。",
                (paper.ref(item),),
                f"今の様式は令和7年5月のものです。{judged(paper, FORM)}",
            )

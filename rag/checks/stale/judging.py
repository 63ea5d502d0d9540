"""How a stale citation is told: all its places in one finding, judged by the 公表日 of the assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ingest.assessment import Item, State
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.law import Cited
from rag.checks.paper import Paper
from rag.finding import Ref

Place = tuple[Item, Cited]


def raised(paper: Paper, rule: Rule, cited: Sequence[Place], new: str, more: str, proposal: str) -> Iterator[Raised]:
    """One finding for all the places that cite the same."""
    if not cited:
        return
    printed = "".join(f"「{p}」" for p in dict.fromkeys(c.printed for _, c in cited))
    refs: dict[tuple[str, str], Ref] = {(i.key, c.piece): paper.ref(i, c.piece) for i, c in cited}
    yield Raised(
        rule,
        f"{printed}は、{day(rule.since)}から「{new}」です。",
        tuple(refs.values()),
        f"{judged(paper, rule)}{more}",
        proposal=proposal,
    )


def judged(paper: Paper, rule: Rule) -> str:
    """What follows from the 公表日."""
    if paper.version.published_on is None:
        return "公表日が読めないため、公表の時点で正しかったかは分かりません。"
    if rule.severity_on(paper.version.published_on) is Severity.NOTE:
        return f"公表日({paper.version.published})の時点では正しい記載です。次に修正するときに改めてください。"
    return f"公表日({paper.version.published})の時点ですでに改められています。修正してください。"


def texts(paper: Paper) -> list[Item]:
    """The items that say something in words."""
    return [i for i in paper.present if i.state is State.STATED and not i.choice and not i.marks]


def day(date: dt.date | None) -> str:
    """令和3年9月1日."""
    if date is None:
        return ""
    era, first = ("令和", 2018) if date >= dt.date(2019, 5, 1) else ("平成", 1988)
    return f"{era}{date.year - first}年{date.month}月{date.day}日"

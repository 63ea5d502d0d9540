"""Deadlines counted to today: review yearly, assess anew before five years have passed (both a duty of effort)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ingest.assessment import Item
from ingest.dates import parse_date
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper

REVIEW = Rule("overdue.review", Severity.NOTE, "見直しから1年を過ぎている", "指針(少なくとも1年ごとの見直し。努力義務)")
SOON = Rule("overdue.soon", Severity.QUESTION, "公表から5年が近い", "規則第15条(5年を経過する前の再実施。努力義務)")
REDO = Rule(
    "overdue.redo", Severity.FINDING, "公表から5年を過ぎている", "規則第15条(5年を経過する前の再実施。努力義務)"
)
YEAR, REDO_YEARS = 1, 5
#: Assessing anew takes about half a year.
SOON_MONTHS = 6


def check(paper: Paper) -> Iterator[Raised]:
    """The gravest deadline that has come."""
    published = paper.version.published_on
    covers = [i for i in paper.present if i.part == "表紙" and i.name == "公表日"]
    if published is None or not covers:
        return
    assessed = [i for i in paper.stated("V.1 ①") if parse_date(i.text)]
    shown = tuple(paper.ref(i) for i in (*covers, *assessed))
    due = after(published, REDO_YEARS)
    since = f"公表日({paper.version.published})から"
    if paper.today >= due:
        yield Raised(
            REDO,
            f"{since}5年を過ぎています。",
            shown,
            "評価を再実施してください。事務を終えた場合は、個人情報保護委員会への通知を確かめてください。",
        )
    elif paper.today >= after(published, REDO_YEARS, -SOON_MONTHS):
        advice = f"5年を経過する日({due.isoformat()})までに、再実施の準備をしてください。事務を終えた場合は要りません。"
        yield Raised(SOON, f"{since}まもなく5年です。", shown, advice)
    elif paper.today >= after(_last(published, assessed), YEAR):
        yield Raised(
            REVIEW,
            f"{since}1年を過ぎています。",
            shown,
            "年1回の見直しをしたか確かめてください。見直した結果、変更がなければ公表日はそのままで構いません。",
        )


def after(day: dt.date, years: int, months: int = 0) -> dt.date:
    """The day so many years and months later, at the end of a month that is shorter."""
    count = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = divmod(count, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def _last(published: dt.date, assessed: list[Item]) -> dt.date:
    """The later of 公表日 and 基礎項目評価の実施日."""
    dates = (parse_date(i.text) for i in assessed)
    return max([published, *(d for d in dates if d is not None)])

"""Texts of different items that name different means, and the choice of incidents against its texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ingest.assessment import Item, Kind, State
from ingest.dates import find_dates, parse_date
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper
from rag.contradictions import authentication_sides, sentence_of
from rag.terms import key

AUTHENTICATION = Rule(
    "contradiction.authentication",
    Severity.FINDING,
    "認証の方法が項目によって異なる",
    "様式3 II.6、III.2、III.3(ユーザ認証の管理)",
)
INCIDENT = Rule(
    "contradiction.incident",
    Severity.FINDING,
    "重大事故の有無(III.7 ②)と、その内容の記載が合わない",
    "様式3 III.7②、指針 第2(重大事故)",
)
#: III.7 ② asks for the three years before.
YEARS = 3
#: A case tells first when it happened or came to light.
HEAD_CHARS = 150
_NOTHING = re.compile(r"(該当)?(なし|無し|ありません|[-―—ー－])。?")
_INCIDENT = re.compile(r"重大事故|事案|漏えい|紛失|誤送付|誤廃棄")


def check(paper: Paper) -> Iterator[Raised]:
    """What disagrees in words."""
    if paper.official:
        yield from _authentication(paper)
        yield from _incident(paper)


def _authentication(paper: Paper) -> Iterator[Raised]:
    sides = authentication_sides(paper.book)
    if len(sides) < 2:
        return
    told = "、".join(f"{'・'.join(dict.fromkeys(i.section for i in items))}は「{m}」" for m, items in sides.items())
    yield Raised(
        AUTHENTICATION,
        f"{told}としています。",
        tuple(paper.ref(i, sentence_of(i, means)) for means, items in sides.items() for i in items),
        "同じシステムの認証なら、実際の方法に統一してください。別の認証なら、どれがどの場面のものか書き分けてください。",
    )


def _incident(paper: Paper) -> Iterator[Raised]:
    for choice in paper.stated("III.7 ②"):
        if key(choice.text) != "発生なし":
            continue
        told = [*_told(paper, choice), *_appended(paper)]
        places = "・".join(dict.fromkeys(i.section for i in told))
        if told:
            yield Raised(
                INCIDENT,
                f"III.7 ② は「{choice.text}」ですが、{places}に事故の記載があります。",
                (paper.ref(choice), *(paper.ref(i) for i in told)),
                "過去3年以内の重大事故に当たるかを確かめ、選択か記載の一方を直してください。",
            )


def _told(paper: Paper, choice: Item) -> list[Item]:
    """What the fields beside the choice say, but for 該当なし."""
    items = [*paper.stated("III.7 ② その内容"), *paper.stated("III.7 ② 再発防止策の内容")]
    return [i for i in items if i.file_index == choice.file_index and not _NOTHING.fullmatch(key(i.text))]


def _appended(paper: Paper) -> list[Item]:
    """Cases of an appendix that fall into the three years before the 公表日."""
    published = paper.version.published_on
    if published is None:
        return []
    start = published - dt.timedelta(days=365 * YEARS)
    cases = [
        i
        for i in paper.present
        if i.kind is Kind.APPENDIX
        and i.state is State.STATED
        and i.part.startswith("別")
        and i.block.startswith("事案")
    ]
    return [i for i in cases if _INCIDENT.search(i.text) and _within(i.text, start, published)]


def _within(case: str, start: dt.date, end: dt.date) -> bool:
    """Whether a case begins with a date (発生・発覚の時期) between two days."""
    dates = (parse_date(printed) for printed in find_dates(case[:HEAD_CHARS]))
    return any(date is not None and start <= date <= end for date in dates)

"""Conversations made by hand: three towns with four assessments, and answers with rows and citations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from rag.bodies import Gazetteer
from rag.question import Plan, make_plan
from rag.tokens import Words
from rag.types import Answer, Citation, Past, Row, Status, Version

WORDS = Words()
CHILD, HOUSING, BENEFIT, TAX = (
    "子ども医療費の支給に関する事務",
    "市営住宅等管理事務",
    "臨時特別給付金の支給に関する事務",
    "地方税の収滞納管理に関する事務",
)
DUTIES = {"高槻市-1": CHILD, "小郡市-1": HOUSING, "小郡市-2": BENEFIT, "大津町-1": TAX}
TOWNS = list(dict.fromkeys(document.split("-")[0] for document in DUTIES))
GAZETTEER = Gazetteer(TOWNS, WORDS)
CONTRACTS = (
    ("申請書の入力", "潮見計算株式会社", "10人未満"),
    ("システムの保守", "株式会社 北浜電算 中央支店", "10人以上50人未満"),
    ("通知書の印刷", "有限会社もみじ印刷", "10人未満"),
)


def plan(question: str) -> Plan:
    """The plan of a question over the three towns."""
    return make_plan(question, GAZETTEER, WORDS, lambda name: False)


def version(document: str, id: int = 1) -> Version:
    """A version of a document of the collection."""
    town, number = document.split("-")
    return Version(
        id=id,
        document=document,
        municipality=town,
        prefecture="",
        body=f"{town}長",
        number=number,
        title=f"{DUTIES[document]} 重点項目評価書",
        duty=DUTIES[document],
        form="様式3",
        published="令和7年4月1日",
        published_on=dt.date(2025, 4, 1),
        current=True,
        abridged_from="",
        source_name="",
        content_hash="",
        loaded_at=dt.datetime(2025, 5, 1, tzinfo=dt.UTC),
    )


VERSIONS = tuple(version(document, id) for id, document in enumerate(DUTIES, 1))


def cited(document: str, marker: int = 1, section: str = "II.4 委託事項1 ③", quote: str = "") -> Citation:
    """A citation of a document."""
    town = document.split("-")[0]
    return Citation(marker, document, town, DUTIES.get(document, ""), section, "", "令和7年4月1日", quote)


def past(question: str, *documents: str, status: Status = Status.ANSWERED, text: str = "") -> Past:
    """A turn whose answer cites these documents."""
    citations = tuple(cited(d, n) for n, d in enumerate(documents, 1))
    return Past(question, Answer(question, status, text, citations=citations))


def listed(question: str, document: str = "高槻市-1", only: Sequence[int] = (1, 2, 3)) -> Past:
    """A turn that is answered with a document's contracts."""
    rows, citations = [], []
    for number in only:
        title, contractor, handlers = CONTRACTS[number - 1]
        cells = (("委託事項", title), ("委託先名", contractor), ("取扱者数", handlers))
        rows.append(Row(document, cells, number))
        citations.append(cited(document, number, f"II.4 委託事項{number} ③", contractor))
    return Past(question, Answer(question, Status.ANSWERED, "", tuple(rows), tuple(citations)))


Plans = Callable[[str], Plan]

"""対象人数 (I.1 ③), 本人の数 (II.2 ②), 取扱者数 and the result of しきい値判断 (V.1 ②)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from ingest.assessment import Item
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper
from rag.contradictions import people_in, people_sides
from rag.terms import key

PEOPLE = Rule(
    "contradiction.people",
    Severity.FINDING,
    "対象人数(I.1 ③)が本人の数(II.2 ②)より少ない",
    "指針 第5の2(しきい値判断)、様式3 I.1③、II.2②",
)
THRESHOLD = Rule(
    "contradiction.threshold",
    Severity.FINDING,
    "しきい値判断の結果(V.1 ②)が対象人数などと合わない",
    "指針 第5の2(しきい値判断)、様式3 I.1③、V.1②",
)
#: Handlers from which the next heavier assessment is due.
MANY_HANDLERS = 500
_NONE, _BASIC, _FOCUSED, _FULL = (
    "義務なし",
    "基礎項目評価",
    "基礎項目評価及び重点項目評価",
    "基礎項目評価及び全項目評価",
)
#: Upper bound of 対象人数 → what is due, and what is due with many handlers or a grave incident.
_DUE = (
    (1_000, _NONE, _NONE),
    (10_000, _BASIC, _BASIC),
    (100_000, _BASIC, _FOCUSED),
    (300_000, _FOCUSED, _FULL),
    (None, _FULL, _FULL),
)


def check(paper: Paper) -> Iterator[Raised]:
    """What disagrees about the numbers of people."""
    sides = people_sides(paper.book) if paper.official else None
    if sides is not None:
        duty, file = sides
        yield Raised(
            PEOPLE,
            f"I.1 ③ の対象人数は「{duty.text}」ですが、II.2 ② の対象となる本人の数は「{file.text}」です。",
            (paper.ref(duty), paper.ref(file)),
            "人数を数え直し、一方を直してください。対象人数が変わると、しきい値判断の結果も変わることがあります。",
        )
    yield from _threshold(paper)


def _threshold(paper: Paper) -> Iterator[Raised]:
    people, result = paper.stated("I.1 ③"), paper.stated("V.1 ②")
    if not people or not result:
        return
    handlers = [*paper.stated("II.3 ④ 使用者数"), *paper.stated("II.4 委託事項 ②")]
    incident = paper.stated("III.7 ②")
    due = due_of(people[0].text, _many(handlers), _grave(incident))
    said = _said(result[0].text)
    if not due or not said or said in due:
        return
    yield Raised(
        THRESHOLD,
        f"I.1 ③ の対象人数「{people[0].text}」からは{'又は'.join(sorted(due))}となりますが、"
        f"V.1 ② のしきい値判断結果は「{result[0].text}」です。",
        (paper.ref(people[0]), paper.ref(result[0])),
        "対象人数、取扱者数、過去1年以内の重大事故の有無から、しきい値判断をやり直してください。",
    )


def due_of(people: str, many: set[bool], grave: set[bool]) -> set[str]:
    """What may be due of a range of people; empty where the range cannot be read."""
    upper = people_in(people, "未満")
    if upper is None and people_in(people, "以上") is None:
        return set()
    plain, heavier = next((p, h) for bound, p, h in _DUE if bound == upper or bound is None)
    return {heavier if handled or happened else plain for handled, happened in product(many, grave)}


def _many(handlers: list[Item]) -> set[bool]:
    """Whether 500 or more handle the file: one answer, or both where the ranges leave it open.

    Those who handle one file may handle the next as well, so that sums are upper bounds only.
    """
    if any((people_in(i.text, "以上") or 0) >= MANY_HANDLERS for i in handlers):
        return {True}
    most = sum(people_in(i.text, "未満") or MANY_HANDLERS for i in handlers)
    return {False} if handlers and most < MANY_HANDLERS else {False, True}


def _grave(incident: list[Item]) -> set[bool]:
    """Whether a grave incident of the past year counts: none in three years is none in one."""
    return {False} if incident and all(key(i.text) == "発生なし" for i in incident) else {False, True}


def _said(result: str) -> str:
    """What the result says to be due."""
    head = key(result).split("の実施が義務付けられ")[0]
    if "義務付けられない" in key(result):
        return _NONE
    return head if head in {_BASIC, _FOCUSED, _FULL} else ""

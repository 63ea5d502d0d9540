"""What is a fault of an answer, what of it is wrong, and what its citations count for."""

from __future__ import annotations

import pytest

from rag.evals.cases import Case
from rag.evals.scoring import Cited, fold, judge, place, stands
from rag.types import Answer, Citation, Row, Status

SOURCE = fold("④ 委託先名 <b>株式会社エイ</b>\n再委託する")
CASE = Case(
    "1",
    "list",
    "q",
    must=(("エイ", "A社"), ("再委託する",)),
    must_not=("ビイ",),
    documents=("甲市-1",),
    section="II.4 ③",
)


def cite(document: str = "甲市-1", section: str = "II.4 委託事項1 ③", quote: str = "株式会社 エイ") -> Citation:
    return Citation(1, document, "", "", section, "", "", quote)


def answer(text: str = "A社 再委託する", status: Status = Status.ANSWERED, *citations: Citation) -> Answer:
    return Answer("q", status, text, citations=citations)


def source_of(citation: Citation) -> str | None:
    return SOURCE if citation.document.startswith("甲市") else None


def test_a_right_answer() -> None:
    verdict = judge(CASE, answer("A社 再委託する", Status.PARTIAL, cite()), source_of)
    assert (verdict.passed, verdict.wrong, verdict.cited) == (True, False, Cited(1, 1, 2, 2))


def test_facts_may_stand_in_the_rows() -> None:
    rows = (Row("甲市-1", (("委託先名", "株式会社エイ"), ("再委託", "再委託する")), 1),)
    assert judge(CASE, Answer("q", Status.ANSWERED, "", rows, (cite(),)), source_of).passed


@pytest.mark.parametrize(
    ("given", "told", "wrong"),
    [
        (answer("A社", Status.ANSWERED, cite()), "「再委託する」がない", False),
        (answer("再委託する", Status.ANSWERED, cite()), "「エイ」か「A社」がない", False),
        (answer("A社 再委託する ビイ", Status.ANSWERED, cite()), "あってはならない「ビイ」がある", True),
        (answer("A社 再委託する", Status.NOT_STATED, cite()), "答えずに not_stated", False),
        (answer(), "出典がない", False),
        (
            answer("A社 再委託する", Status.ANSWERED, cite(quote="株式会社ビイ")),
            "引用が 甲市-1 の原文にない: 株式会社ビイ",
            True,
        ),
        (answer("A社 再委託する", Status.ANSWERED, cite(quote=" ")), "引用が 甲市-1 の原文にない:  ", True),
        (
            answer("A社 再委託する", Status.ANSWERED, cite(), cite("乙市-1")),
            "収録していない「乙市-1」を引いている",
            True,
        ),
        (answer("A社 再委託する", Status.ANSWERED, cite("甲市-2")), "引いた評価書が 甲市-2。正しくは 甲市-1", False),
        (answer("A社 再委託する", Status.ANSWERED, cite(section="II.5")), "II.4 を引いていない", False),
    ],
)
def test_faults(given: Answer, told: str, wrong: bool) -> None:
    verdict = judge(CASE, given, source_of)
    assert told in [fault.text for fault in verdict.faults]
    assert not verdict.passed
    assert verdict.wrong is wrong


def test_abstaining() -> None:
    case = Case("1", "absent", "q", must_not=("ビイ",), abstain=True)
    assert judge(case, answer("", Status.NOT_COLLECTED), source_of).passed
    assert judge(case, answer("", Status.PARTIAL), source_of).wrong
    assert judge(case, answer("ビイ", Status.NOT_COLLECTED), source_of).wrong


def test_right_citations_are_of_the_document_and_the_place_and_verbatim() -> None:
    citations = (cite(), cite(section="II.5"), cite("甲市-2"), cite(quote="エイ株式会社"), cite(section="Ⅱ.4"))
    verdict = judge(CASE, answer("A社 再委託する", Status.ANSWERED, *citations), source_of)
    assert verdict.cited == Cited(given=5, right=2, expected=2, found=2)
    verdict = judge(CASE, answer("", Status.NOT_STATED), source_of)
    assert verdict.cited == Cited(given=0, right=0, expected=2, found=0)


def test_any_of_several_places_will_do() -> None:
    case = Case("1", "trap", "q", must=(("A",),), section="II.4 ④ / III.4")
    assert judge(case, answer("A", Status.ANSWERED, cite(section="III.4 リスク")), source_of).passed


def test_folding() -> None:
    assert fold("Ａ\u3000Ｂ<br>\n ｃ") == "ABc"
    assert place("Ⅱ.4. 委託事項1") == "II.4"
    assert not stands("<b> </b>", SOURCE)

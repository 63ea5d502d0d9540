"""The published assessments: how many findings of each rule, so that a change of a rule shows in all of them."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from ingest.read import read_assessment
from rag.checks import run
from rag.checks.finding import Finding
from rag.checks.paper import of_assessment
from rag.cite import fold, verified

from .conftest import ROOT, TODAY

DOCUMENTS = ROOT.parent / "shared" / "data" / "assessments"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DOCUMENTS.exists(), reason="the published assessments are not beside the project"),
]

EXPECTED = {
    "さいたま市-19": {
        "contradiction.people": 1,
        "contradiction.threshold": 1,
        "stale.table-one": 1,
        "stale.table-two": 1,
        "stale.item-seven": 1,
        "stale.ordinance": 1,
        "stale.four-items": 1,
        "missing.part": 6,
        "blank.choice": 1,
        "unreadable.marks": 5,
        "conversion.inverted": 1,
        "suspicious.repeated": 2,
        "overdue.redo": 1,
    },
    "伊勢市-10": {
        "contradiction.linkage-connection": 1,
        "contradiction.linkage-means": 1,
        "contradiction.provision-means": 1,
        "stale.four-items": 1,
        "missing.part": 1,
        "blank.required": 1,
        "unreadable.marks": 1,
        "overdue.review": 1,
    },
    "川口市-22": {
        "contradiction.subcontract": 1,
        "missing.part": 2,
        "unreadable.marks": 4,
        "unreadable.value": 1,
        "conversion.inverted": 1,
    },
    "川崎市-14": {
        "contradiction.authentication": 1,
        "stale.ordinance": 1,
        "stale.four-items": 1,
        "missing.part": 6,
        "unreadable.marks": 3,
        "conversion.title": 1,
        "conversion.choice": 2,
        "overdue.review": 1,
    },
    "川崎市-53": {
        "stale.table-one": 1,
        "stale.table-two": 1,
        "stale.ordinance": 1,
        "stale.four-items": 1,
        "missing.part": 4,
        "unreadable.marks": 1,
        "conversion.inverted": 1,
        "overdue.review": 1,
    },
}


def found(document: str) -> tuple[Finding, ...]:
    path = DOCUMENTS / f"{document}.txt"
    return run.check(of_assessment(read_assessment(path), path.name, TODAY))


@pytest.mark.parametrize("document", EXPECTED)
def test_findings_are_as_before(document: str) -> None:
    assert Counter(f.rule.id for f in found(document)) == EXPECTED[document]


@pytest.mark.parametrize("document", EXPECTED)
def test_quotes_stand_in_the_file(document: str) -> None:
    source = fold((DOCUMENTS / f"{document}.txt").read_text("utf-8"))
    assert all(verified(c.quote, source) for f in found(document) for c in f.citations)


def test_the_current_item_of_an_ordinance_is_no_finding() -> None:
    assert not any("I.5" in s and "第19条第9号" in f.message for f in found("川口市-22") for s in f.sections)


def test_all_are_checked_in_two_seconds() -> None:
    papers = [of_assessment(read_assessment(DOCUMENTS / f"{name}.txt"), name, TODAY) for name in EXPECTED]
    start = time.perf_counter()
    for paper in papers:
        run.check(paper)
    assert time.perf_counter() - start < 2

"""Conversations whose last question leans on the ones before: answered right without a model.

A line of followups.jsonl is as `rag.evals.cases` reads it; its id begins with the collection that it asks about.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.answer import Answerer
from rag.evals.cases import Case, read_cases
from rag.evals.run import Result, run
from rag.library import Library
from rag.settings import Settings
from tests.evals.conftest import DOCUMENTS

CONVERSATIONS = Path(__file__).with_name("followups.jsonl")
#: At least 18 of 20 over the real assessments.
MIN_SHARE = 18 / 20


def cases(collection: str) -> list[Case]:
    """The conversations about one collection."""
    return [case for case in read_cases(CONVERSATIONS) if case.id.startswith(f"{collection}-")]


def results(home: Path, asked: Sequence[Case]) -> list[Result]:
    """The last answer of each conversation, judged."""
    library = Library.open(Settings(home=home))
    try:
        return list(run(asked, Answerer(library), None, lambda done, total, case: None))
    finally:
        library.close()


def report(found: Sequence[Result]) -> dict[str, list[str]]:
    """What fell short, with the question that was answered."""
    return {
        f"{r.case.id} {r.answer.interpreted or r.case.question}": [fault.text for fault in r.judgement.faults]
        for r in found
        if not r.judgement.passed
    }


def test_over_the_samples(sample_home: Path) -> None:
    asked = cases("samples")
    assert len(asked) >= 10
    assert report(results(sample_home, asked)) == {}


@pytest.mark.shared
@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real assessments are not here")
def test_over_the_real_assessments(shared_home: Path) -> None:
    asked = cases("shared")
    assert len(asked) >= 20
    found = results(shared_home, asked)
    missed = report(found)
    assert not [r.case.id for r in found if r.judgement.wrong], missed
    assert len(missed) <= (1 - MIN_SHARE) * len(asked), missed

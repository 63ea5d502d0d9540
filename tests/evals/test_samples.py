"""The question set that ships, over the samples: every question passes."""

from __future__ import annotations

from pathlib import Path

from rag.answer import Answerer
from rag.evals.cases import expected_documents, shipped_cases
from rag.evals.figures import figures_of
from rag.evals.run import run
from rag.library import Library
from rag.settings import Settings


def test_every_question_passes(sample_home: Path) -> None:
    library = Library.open(Settings(home=sample_home))
    cases = shipped_cases()
    results = list(run(cases, Answerer(library), None, lambda done, total, case: None))
    collected = {version.document for version in library.catalog.versions()}
    library.close()
    assert {r.case.question: r.judgement.faults for r in results if not r.judgement.passed} == {}
    assert set(expected_documents(cases)) <= collected
    figures = figures_of(results)
    assert figures.correct.part == len(cases) == 36
    assert (figures.wrong, figures.unsettled) == (0, 0)
    assert figures.recall.ratio == figures.abstained.ratio == 1.0

"""What results come to."""

from __future__ import annotations

import pytest

from rag.evals.cases import Case
from rag.evals.figures import Share, figures_of, percentile
from rag.evals.meter import Tokens
from rag.evals.run import Result
from rag.evals.scoring import Cited, Fault, Judgement
from rag.types import Answer, Checked, Status


def result(kind: str, status: Status, *faults: Fault, **changes: object) -> Result:
    must, abstain = changes.pop("must", (("x",),)), kind == "absent"
    cited = changes.pop("cited", Cited())
    ms = changes.pop("ms", 1.0)
    case = Case("1", kind, "q", must=() if abstain else must, abstain=abstain)  # type: ignore[arg-type]
    answer = Answer("q", status, "", **changes)  # type: ignore[arg-type]
    return Result(case, answer, Judgement(faults, cited), ms, Tokens(10, 3))  # type: ignore[arg-type]


def test_figures() -> None:
    figures = figures_of(
        [
            result(
                "list", Status.ANSWERED, cited=Cited(4, 3, 2, 2), composed_by="model", checked=Checked(3, 2), ms=9.0
            ),
            result("list", Status.ANSWERED, Fault("", wrong=True), cited=Cited(1, 0, 2, 1), checked=Checked(2, 0)),
            result("fact", Status.NOT_STATED, Fault(""), cited=Cited(0, 0, 1, 0)),
            result("absent", Status.NOT_COLLECTED),
            result("absent", Status.ANSWERED, Fault("", wrong=True)),
            result("fact", Status.ANSWERED, Fault("", wrong=True), must=(), ms=99.0),
        ]
    )
    assert figures.correct == Share(2, 5)
    assert figures.wrong == 2
    assert figures.precision == Share(3, 5)
    assert figures.recall == Share(3, 5)
    assert figures.abstained == Share(1, 2)
    assert figures.false_abstained == Share(1, 3)
    assert figures.by_model == Share(1, 5)
    assert figures.verified == Share(2, 5)
    assert (figures.p50_ms, figures.p95_ms) == (1.0, 9.0)
    assert (figures.prompt_tokens, figures.answer_tokens) == (50, 15)
    assert figures.unsettled == 1
    assert figures.by_type == (("list", Share(1, 2)), ("fact", Share(0, 1)), ("absent", Share(1, 2)))


def test_nothing_counted() -> None:
    figures = figures_of([result("fact", Status.ANSWERED, must=())])
    assert (figures.correct.ratio, figures.p95_ms, figures.unsettled) == (None, 0.0, 1)


@pytest.mark.parametrize(("percent", "expected"), [(1, 1), (50, 2), (75, 3), (95, 4), (100, 4)])
def test_percentiles_are_values_that_were_measured(percent: int, expected: float) -> None:
    assert percentile([3, 1, 4, 2], percent) == expected

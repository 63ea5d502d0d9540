"""What the results of one run come to: correct, wrong, citations, abstention, the model's share, time, tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.evals.run import Result
from rag.evals.scoring import ANSWERING


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one run over the cases that say what is right; `unsettled` are the others.

    wrong           answers that say what is not so, invent, or answer where nothing can be answered
    precision       citations that are verbatim, of an expected document and place, of all that were given
    recall          expected documents and places that are cited, of all that were expected
    abstained       cases without an answer that were not answered
    false_abstained cases with an answer that were not answered
    by_model        answers that are shown in the model's words
    verified        sentences of the model that were verified, of all that it wrote
    tokens          of prompts and of answers, estimated
    """

    correct: Share
    wrong: int
    precision: Share
    recall: Share
    abstained: Share
    false_abstained: Share
    by_model: Share
    verified: Share
    p50_ms: float
    p95_ms: float
    prompt_tokens: int
    answer_tokens: int
    unsettled: int
    by_type: tuple[tuple[str, Share], ...]


def figures_of(results: Sequence[Result]) -> Figures:
    """The figures of the results."""
    counted = [r for r in results if r.case.settled]
    must_abstain = [r for r in counted if r.case.abstain]
    must_answer = [r for r in counted if not r.case.abstain]
    checked = [r.answer.checked for r in counted if r.answer.checked]
    cited = [r.judgement.cited for r in counted]
    times = [r.ms for r in counted] or [0.0]
    return Figures(
        correct=_correct(counted),
        wrong=sum(r.judgement.wrong for r in counted),
        precision=Share(sum(c.right for c in cited), sum(c.given for c in cited)),
        recall=Share(sum(c.found for c in cited), sum(c.expected for c in cited)),
        abstained=Share(sum(not _answers(r) for r in must_abstain), len(must_abstain)),
        false_abstained=Share(sum(not _answers(r) for r in must_answer), len(must_answer)),
        by_model=Share(sum(r.answer.composed_by == "model" for r in counted), len(counted)),
        verified=Share(sum(c.verified for c in checked), sum(c.written for c in checked)),
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
        prompt_tokens=sum(r.tokens.prompt for r in counted),
        answer_tokens=sum(r.tokens.answer for r in counted),
        unsettled=len(results) - len(counted),
        by_type=tuple(
            (kind, _correct([r for r in counted if r.case.type == kind]))
            for kind in dict.fromkeys(r.case.type for r in counted)
        ),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that `percent` % of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _correct(results: Sequence[Result]) -> Share:
    return Share(sum(r.judgement.passed for r in results), len(results))


def _answers(result: Result) -> bool:
    return result.answer.status in ANSWERING

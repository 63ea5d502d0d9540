"""The report of an evaluation as it is kept in a file, and what changed since an earlier one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from rag.errors import BadQuestion
from rag.evals.figures import Figures, figures_of
from rag.evals.run import Result


class CaseReport(BaseModel):
    """One case: what was asked, how it was judged, and the whole answer."""

    model_config = ConfigDict(frozen=True)

    id: str
    type: str
    question: str
    turns: tuple[str, ...]
    settled: bool
    passed: bool
    wrong: bool
    faults: tuple[str, ...]
    ms: float
    prompt_tokens: int
    answer_tokens: int
    answer: dict[str, Any]

    @property
    def key(self) -> tuple[str, tuple[str, ...], str]:
        """The same case in two reports."""
        return self.id, self.turns, self.question

    @property
    def rank(self) -> int:
        """Higher is better: wrong, not right, right."""
        return 0 if self.wrong else 1 + self.passed


class RunReport(BaseModel):
    """All cases with one setting. `changes`: the settings that differ, by name; secrets are not told."""

    model_config = ConfigDict(frozen=True)

    name: str
    changes: dict[str, str]
    model: str | None
    encoder: str
    figures: Figures
    results: tuple[CaseReport, ...]


class Report(BaseModel):
    """An evaluation. `revision`: the commit that was measured, or the version where there is none."""

    model_config = ConfigDict(frozen=True)

    made_at: dt.datetime
    revision: str
    sets: tuple[str, ...]
    types: tuple[str, ...]
    runs: tuple[RunReport, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """Cases of one setting that are better and worse than in an earlier report, as (before, now)."""

    name: str
    before: Figures
    now: Figures
    better: tuple[tuple[CaseReport, CaseReport], ...]
    worse: tuple[tuple[CaseReport, CaseReport], ...]
    compared: int


def run_report(
    name: str, changes: dict[str, str], model: str | None, encoder: str, results: Sequence[Result]
) -> RunReport:
    """The report of one setting."""
    cases = tuple(_case_report(result) for result in results)
    return RunReport(
        name=name, changes=changes, model=model, encoder=encoder, figures=figures_of(results), results=cases
    )


def read_report(path: Path) -> Report:
    """An earlier report. Raises BadQuestion where the file is none."""
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadQuestion(f"比べる結果 {path} を開けません。場所と権限を確かめてください。") from error
    except ValidationError as error:
        raise BadQuestion(f"{path} は hyoka eval の結果ではありません。eval-….json を指定してください。") from error


def moved(old: Report, new: Report) -> Iterator[Moved]:
    """What changed, setting by setting of the same name; two reports of one setting each are compared as they are."""
    alone = len(old.runs) == len(new.runs) == 1
    before = {run.name: run for run in old.runs}
    for now in new.runs:
        past = old.runs[0] if alone else before.get(now.name)
        if past:
            yield _moved(past, now)


def _moved(past: RunReport, now: RunReport) -> Moved:
    before = {case.key: case for case in past.results}
    pairs = [(before[case.key], case) for case in now.results if case.key in before and case.settled]
    return Moved(
        name=now.name,
        before=past.figures,
        now=now.figures,
        better=tuple(pair for pair in pairs if pair[1].rank > pair[0].rank),
        worse=tuple(pair for pair in pairs if pair[1].rank < pair[0].rank),
        compared=len(pairs),
    )


def _case_report(result: Result) -> CaseReport:
    case, judgement = result.case, result.judgement
    return CaseReport(
        id=case.id,
        type=case.type,
        question=case.question,
        turns=case.earlier,
        settled=case.settled,
        passed=judgement.passed,
        wrong=judgement.wrong,
        faults=tuple(fault.text for fault in judgement.faults),
        ms=result.ms,
        prompt_tokens=result.tokens.prompt,
        answer_tokens=result.tokens.answer,
        answer=result.answer.as_dict(),
    )

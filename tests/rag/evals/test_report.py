"""The report: written, read again, compared."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from rag.errors import BadQuestion
from rag.evals.cases import Case
from rag.evals.meter import Tokens
from rag.evals.report import Report, RunReport, moved, read_report, run_report
from rag.evals.run import Result
from rag.evals.scoring import Cited, Fault, Judgement
from rag.types import Answer, Status

RIGHT: tuple[Fault, ...] = ()
LACKING = (Fault("足りない"),)
WRONG = (Fault("誤り", wrong=True),)


def run_of(name: str, **cases: tuple[Fault, ...]) -> RunReport:
    results = [
        Result(
            Case(id, "fact", f"質問{id}", must=(("x",),)),
            Answer("q", Status.ANSWERED, "答え"),
            Judgement(faults, Cited()),
            1.5,
            Tokens(),
        )
        for id, faults in cases.items()
    ]
    return run_report(name, {"llm": "a:b"}, "a:b", "bundled", results)


def report(*runs: RunReport) -> Report:
    return Report(made_at=dt.datetime.now(dt.UTC), revision="abc", sets=(), types=(), runs=runs)


def test_read_again(tmp_path: Path) -> None:
    written = report(run_of("A", a=RIGHT, b=WRONG))
    path = tmp_path / "eval.json"
    path.write_text(written.model_dump_json(), "utf-8")
    assert read_report(path) == written
    assert written.runs[0].results[1].faults == ("誤り",)
    assert written.runs[0].results[0].answer["status"] == "answered"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"runs": 1}'])
def test_other_files_are_no_report(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, "utf-8")
    with pytest.raises(BadQuestion, match="hyoka eval の結果ではありません"):
        read_report(path)
    with pytest.raises(BadQuestion, match="開けません"):
        read_report(tmp_path / "無い.json")


def test_what_is_better_and_worse() -> None:
    old = report(run_of("A", a=RIGHT, b=LACKING, c=WRONG, d=WRONG, e=RIGHT, gone=RIGHT), run_of("B", a=RIGHT))
    new = report(run_of("A", a=WRONG, b=RIGHT, c=LACKING, d=WRONG, e=RIGHT, fresh=WRONG), run_of("C", a=RIGHT))
    (move,) = moved(old, new)
    assert (move.name, move.compared) == ("A", 5)
    assert [case.id for _, case in move.better] == ["b", "c"]
    assert [case.id for _, case in move.worse] == ["a"]
    assert (move.before.wrong, move.now.wrong) == (2, 3)


def test_two_reports_of_one_setting_each_are_compared_whatever_its_name() -> None:
    (move,) = moved(report(run_of("A", a=RIGHT)), report(run_of("B", a=WRONG)))
    assert (move.name, len(move.worse)) == ("B", 1)

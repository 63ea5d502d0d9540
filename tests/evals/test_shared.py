"""The question set over the real assessments, and our scoring beside that of the scorer that lies with them."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.answer import Answerer
from rag.evals.cases import Case, read_cases
from rag.evals.run import Result, run, sources_in
from rag.evals.scoring import SourceOf, judge
from rag.library import Library
from rag.settings import Settings
from rag.types import Answer, Citation, Row, Status
from tests.evals.conftest import DOCUMENTS, SHARED

QUESTIONS = SHARED / "eval" / "questions.jsonl"
SCORER = SHARED / "eval" / "score.py"
MIN_SHARE = 37 / 39
#: What the scorer counts as wrong or invented, by how its faults begin.
WRONG = ("says", "quote", "cites unknown", "status answered", "status partial")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SCORER.exists() and DOCUMENTS.is_dir()), reason="the real assessments are not here"),
]


@pytest.fixture(scope="module")
def library(shared_home: Path) -> Iterator[Library]:
    opened = Library.open(Settings(home=shared_home))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def results(library: Library) -> list[Result]:
    return list(run(read_cases(QUESTIONS), Answerer(library), None, lambda done, total, case: None))


def test_score(results: list[Result], tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text("\n".join(json.dumps(r.answer.as_dict(), ensure_ascii=False) for r in results), "utf-8")
    command = [sys.executable, str(SCORER), str(QUESTIONS), str(answers), str(DOCUMENTS), "--show"]
    report = subprocess.run(command, capture_output=True, text=True, encoding="utf-8").stdout
    figure = re.search(r"passed (\d+)/(\d+).*wrong or invented (\d+)\s*$", report)
    assert figure, report
    passed, asked, wrong = map(int, figure.groups())
    assert wrong == 0, report
    assert passed / asked >= MIN_SHARE, report
    assert passed == sum(r.judgement.passed for r in results)


def cut(answer: Answer, citation: Callable[[Citation], Citation]) -> Answer:
    """The answer with each citation changed."""
    return dataclasses.replace(answer, citations=tuple(map(citation, answer.citations)))


#: Ways in which an answer can fall short.
SPOILT: dict[str, Callable[[Answer, Case], Answer]] = {
    "as it is": lambda answer, case: answer,
    "no citations": lambda answer, case: dataclasses.replace(answer, citations=()),
    "one citation less": lambda answer, case: dataclasses.replace(answer, citations=answer.citations[1:]),
    "no text": lambda answer, case: dataclasses.replace(answer, answer="", rows=()),
    "no rows": lambda answer, case: dataclasses.replace(answer, rows=()),
    "what must not be said": lambda answer, case: dataclasses.replace(
        answer, rows=(*answer.rows, Row("", (("値", "".join(case.must_not) or "他"),), 1))
    ),
    "answered": lambda answer, case: dataclasses.replace(answer, status=Status.ANSWERED),
    "partial": lambda answer, case: dataclasses.replace(answer, status=Status.PARTIAL),
    "not stated": lambda answer, case: dataclasses.replace(answer, status=Status.NOT_STATED),
    "invented quote": lambda answer, case: cut(
        answer, lambda c: dataclasses.replace(c, quote=c.quote + "である株式会社")
    ),
    "empty quote": lambda answer, case: cut(answer, lambda c: dataclasses.replace(c, quote=" <br> ")),
    "unknown document": lambda answer, case: cut(answer, lambda c: dataclasses.replace(c, document="無市-1")),
    "other place": lambda answer, case: cut(answer, lambda c: dataclasses.replace(c, section="V.2")),
    "full-width place": lambda answer, case: cut(
        answer, lambda c: dataclasses.replace(c, section=c.section.replace("III", "Ⅲ").replace("II", "Ⅱ"))
    ),
}

MAY_PASS = {"as it is", "full-width place", "one citation less"}


@pytest.mark.parametrize("way", SPOILT)
def test_our_judgement_is_the_scorers(results: list[Result], library: Library, way: str) -> None:
    scorer = load_scorer()
    sources = {unicodedata.normalize("NFC", p.stem): scorer.fold(p.read_text("utf-8")) for p in DOCUMENTS.glob("*.txt")}
    lines = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    source_of: SourceOf = sources_in(library.catalog)
    for result, line in zip(results, lines, strict=True):
        answer = SPOILT[way](result.answer, result.case)
        theirs = scorer.judge(line, answer.as_dict(), sources)
        ours = judge(result.case, answer, source_of)
        assert ours.passed == (not theirs), (line["id"], theirs, ours)
        assert ours.wrong == any(fault.startswith(WRONG) for fault in theirs), (line["id"], theirs, ours)


def test_the_spoilt_ways_spoil(results: list[Result], library: Library) -> None:
    source_of = sources_in(library.catalog)
    failed = {
        way: sum(not judge(r.case, spoil(r.answer, r.case), source_of).passed for r in results)
        for way, spoil in SPOILT.items()
    }
    assert {way for way, count in failed.items() if count <= failed["as it is"]} <= MAY_PASS
    assert failed["as it is"] <= len(results) * (1 - MIN_SHARE)


def load_scorer() -> Any:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("shared_scorer", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

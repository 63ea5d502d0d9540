"""Cases made of what people said: read back by the question set's own reader, nothing made up."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from fakes_kept import trace

from rag.conversations import Feedback, KeptTurn
from rag.errors import BadQuestion
from rag.evals import harvest
from rag.evals.cases import read_cases
from rag.types import Status


def kept(id: str, number: int = 1, **changes: object) -> KeptTurn:
    return KeptTurn(trace(id, f"質問{id}", **changes), "c", number, None, replaced=False)


def said(turn: str, good: bool, reason: str = "", comment: str = "") -> Feedback:
    return Feedback(turn, good, reason, comment, dt.datetime(2026, 4, 1, tzinfo=dt.UTC), made_case=False)


def test_a_good_answer_tells_documents_and_places() -> None:
    case = harvest.case_of(said("a", True), kept("a", interpreted=""))
    assert (case.id, case.type, case.question, case.earlier) == ("feedback-a", "feedback", "質問a", ())
    assert (case.documents, case.section, case.abstain, case.must) == (("甲市-1",), "II.4", False, ())
    assert not case.settled


def test_places_of_several_citations_are_alternatives() -> None:
    turn = kept("a", interpreted="")
    first = turn.trace.answer.citations[0]
    others = (replace(first, section="III.3 リスク2", document="乙市-2"), replace(first, section="II.4 委託事項2 ①"))
    answer = replace(turn.trace.answer, citations=(first, *others))
    case = harvest.case_of(said("a", True), replace(turn, trace=replace(turn.trace, answer=answer)))
    assert (case.documents, case.section) == (("甲市-1", "乙市-2"), "II.4 / III.3")


def test_a_good_no_is_a_case_of_abstention() -> None:
    case = harvest.case_of(said("a", True), kept("a", status=Status.NOT_COLLECTED))
    assert (case.abstain, case.documents, case.settled) == (True, (), True)


def test_a_bad_answer_tells_nothing_but_its_question() -> None:
    case = harvest.case_of(said("a", False, "根拠が違う"), kept("a", interpreted=""))
    assert (case.must, case.documents, case.section, case.abstain) == ((), (), "", False)


def test_a_follow_up_brings_the_questions_before_it() -> None:
    earlier = (kept("x"), kept("y", 2))
    assert harvest.case_of(said("a", False), kept("a", 3), earlier).earlier == ("質問x", "質問y")
    assert harvest.case_of(said("a", False), kept("a", 3, interpreted=""), earlier).earlier == ()


def test_lines_are_read_back_as_the_cases_they_were(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"question": "前からある質問", "must": [["事実"]]}', "utf-8")
    cases = [
        harvest.case_of(said("a", True), kept("a", interpreted="")),
        harvest.case_of(said("b", False), kept("b", 3), (kept("x"),)),
    ]
    note = harvest.note(said("b", False, "足りない", "二件目"))
    assert harvest.append(path, {case.id: harvest.line(case, note) for case in cases}) == []
    assert read_cases(path)[1:] == cases
    assert json.loads(path.read_text("utf-8").splitlines()[1])["note"] == "👎 足りない 二件目"
    again = harvest.case_of(said("c", True), kept("c", interpreted=""))
    added = harvest.append(path, {case.id: harvest.line(case) for case in (*cases, again)})
    assert added == ["feedback-a", "feedback-b"]
    assert [case.id for case in read_cases(path)][1:] == ["feedback-a", "feedback-b", "feedback-c"]


def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("メモ\n", "utf-8")
    with pytest.raises(BadQuestion, match="1行目"):
        harvest.append(path, {"a": "{}"})
    assert path.read_text("utf-8") == "メモ\n"
    with pytest.raises(BadQuestion, match="書き込めません"):
        harvest.append(tmp_path / "no" / "set.jsonl", {"a": "{}"})

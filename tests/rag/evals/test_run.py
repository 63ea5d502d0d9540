"""Running a set: conversations, questions that are not taken, sources of citations, progress."""

from __future__ import annotations

import pytest
from fakes import ScriptedModel

from rag.answer import Answerer
from rag.evals.cases import Case
from rag.evals.meter import Meter, Tokens
from rag.evals.run import run, sources_in
from rag.library import Library
from rag.types import Answer, Citation, Past, Status


def quiet(done: int, total: int, case: Case) -> None:
    """Nobody watches."""


def test_results_come_in_order_with_progress(sample_library: Library) -> None:
    cases = [
        Case("1", "list", "青嶺市の国民健康保険の委託先は？", must=(("青嶺みらい",),), documents=("青嶺市-11",)),
        Case("2", "absent", "明日の天気はどうですか", abstain=True),
        Case("3", "fact", "青嶺市の国民健康保険の委託先は？", must=(("どこにもない会社",),)),
    ]
    seen: list[tuple[int, int, str]] = []
    results = list(
        run(cases, Answerer(sample_library), None, lambda done, total, case: seen.append((done, total, case.id)))
    )
    assert [r.judgement.passed for r in results] == [True, True, False]
    assert [r.answer.status for r in results] == [Status.ANSWERED, Status.OUT_OF_SCOPE, Status.ANSWERED]
    assert all(r.ms > 0 and r.tokens == Tokens() for r in results)
    assert seen == [(1, 3, "1"), (2, 3, "2"), (3, 3, "3")]


def test_a_question_that_is_not_taken_is_refused(sample_library: Library) -> None:
    case = Case("1", "fact", "長" * 30, must=(("x",),))
    (result,) = run([case], Answerer(sample_library, max_question_chars=20), None, quiet)
    assert result.answer.status is Status.REFUSED
    assert "20文字以内" in result.answer.answer


def test_earlier_turns_come_along_as_they_were_answered(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, list[str]]] = []

    def ask(self: Answerer, question: str, *, earlier: tuple[Past, ...] = ()) -> Answer:
        asked.append((question, [past.question for past in earlier]))
        return Answer(question, Status.ANSWERED, "", interpreted=f"補った{question}" if earlier else "")

    monkeypatch.setattr(Answerer, "ask", ask)
    list(run([Case("1", "", "三", earlier=("一", "二"))], Answerer(sample_library), None, quiet))
    assert asked == [("一", []), ("二", ["一"]), ("三", ["一", "補った二"])]


def test_tokens_are_those_of_the_judged_question(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    meter = Meter(ScriptedModel())

    def ask(self: Answerer, question: str, *, earlier: tuple[Past, ...] = ()) -> Answer:
        if self.model:
            meter._count(prompt=len(question), answer=1)
        return Answer(question, Status.ANSWERED, "")

    monkeypatch.setattr(Answerer, "ask", ask)
    answerer = Answerer(sample_library, model=meter)
    results = run([Case("1", "", "二つ目の", earlier=("一",)), Case("2", "", "三つ")], answerer, meter, quiet)
    assert [r.tokens for r in results] == [Tokens(4, 1), Tokens(2, 1)]


def test_sources_are_those_of_the_version_cited(sample_library: Library) -> None:
    source_of = sources_in(sample_library.catalog)
    version = sample_library.catalog.version("青嶺市-11")

    def cited(document: str, version_id: int) -> Citation:
        return Citation(1, document, "", "", "", "", "", "", version=version_id)

    assert "青嶺みらいシステムズ" in (source_of(cited("青嶺市-11", version.id)) or "")
    assert source_of(cited("川口市-22", version.id)) is None
    assert source_of(cited("青嶺市-11", 999)) is None

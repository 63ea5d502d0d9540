"""What a model proposes for a question without an answer: only its own sound in right spelling, only known items."""

from __future__ import annotations

import pytest
from fakes import ScriptedModel

from rag.answer import Answerer
from rag.errors import ModelError
from rag.library import Library
from rag.proposal import ASKED_AFTER, sections, sounds_alike
from rag.tokens import Words
from rag.types import Answer, Status

NO_ANSWER = "青嶺市の国民健康保険の天気は？"


def ask(library: Library, question: str, proposed: object) -> tuple[Answer, ScriptedModel]:
    model = ScriptedModel()
    model.enqueue_structured(proposed)  # type: ignore[arg-type]
    model.enqueue("…")
    return Answerer(library, model=model).ask(question), model


@pytest.mark.parametrize(
    ("question", "other", "alike"),
    [
        ("かわぐちしのいたくさきは？", "川口市の委託先は？", True),
        ("国民健康保健の外部委託咲きはどこ", "国民健康保険の外部委託先はどこ", True),
        ("委託先はどこ", "委託先はどこ", False),  # nothing is put right
        ("青嶺市の委託先は？", "川口市の委託先は？", False),
        ("委託先は？", "再委託先は？", False),
        ("委託先は何社ですか", "委託先は何社ではないですか", False),
    ],
)
def test_sounds_alike(question: str, other: str, alike: bool) -> None:
    assert sounds_alike(question, other, Words()) is alike


def test_a_question_spelt_right_is_answered(sample_library: Library) -> None:
    plain = Answerer(sample_library)
    question, meant = "かわぐちしのいたくさきはどこですか", "川口市の委託先はどこですか"
    assert plain.ask(question).status in ASKED_AFTER
    answer, _ = ask(sample_library, question, {"question": meant, "items": []})
    assert answer.status is Status.ANSWERED
    assert (answer.question, answer.interpreted) == (question, meant)
    assert answer.citations == plain.ask(meant).citations


def test_another_question_is_not_taken(sample_library: Library) -> None:
    answer, _ = ask(sample_library, NO_ANSWER, {"question": "青嶺市の国民健康保険の委託先は？", "items": []})
    assert answer.status is Answerer(sample_library).ask(NO_ANSWER).status
    assert answer.interpreted == ""
    assert not answer.citations


def test_items_are_offered_and_not_answered(sample_library: Library) -> None:
    answer, _ = ask(sample_library, NO_ANSWER, {"question": "", "items": ["II.4", "IX.9", "II.4", "III.8"]})
    assert answer.status in ASKED_AFTER
    offered = [s for s in answer.suggestions if sections()["II.4"] in s or sections()["III.8"] in s]
    assert len(offered) == 2
    assert all("青嶺市" in s for s in offered)
    assert not any("IX" in s for s in answer.suggestions)


def test_a_failing_model_changes_nothing(sample_library: Library) -> None:
    plain = Answerer(sample_library).ask(NO_ANSWER)
    answer, _ = ask(sample_library, NO_ANSWER, ModelError("届きません。"))
    assert answer == plain


def test_the_model_is_not_asked_where_there_is_an_answer(sample_library: Library) -> None:
    model = ScriptedModel()
    model.enqueue("…")
    Answerer(sample_library, model=model).ask("青嶺市の国民健康保険の委託先は？")
    assert len(model.calls) == 1

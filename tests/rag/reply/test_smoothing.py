"""Paragraphs in a model's words: shown only where they are verified, polite and promise nothing."""

from __future__ import annotations

import re

import pytest
from fakes import ScriptedModel

from rag.answer import Answerer
from rag.errors import ModelError
from rag.library import Library
from rag.privacy import mask
from rag.reply.replier import Replier
from rag.reply.types import Reply, Variant
from rag.stop import Stop

USERS = "青嶺市の国民健康保険について伺います。山田花子と申します。情報を使う部署と人数を教えてください。"
DESK = "青嶺市市民生活部国保年金課資格係 青嶺市中央一丁目1番1号 000-000-1234"


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel()


@pytest.fixture
def smoothing(sample_library: Library, model: ScriptedModel) -> Replier:
    return Replier(Answerer(sample_library, model=model), mask)


def composed(replier: Replier) -> Reply:
    return replier.reply(USERS)


def draft_lines(replier: Replier) -> list[str]:
    """The two sentences that the model is asked to word."""
    return [line for line in composed(replier).letter.splitlines() if re.match(r"情報を使う(部署|人の数)は", line)]


def tokens(line: str) -> str:
    return re.sub(r"\[(\d+)\]", r"[c\1]", line)


def test_verified_words_are_shown(smoothing: Replier, model: ScriptedModel, replier: Replier) -> None:
    lines = [tokens(line) for line in draft_lines(replier)]
    assert len(lines) >= 2
    joined = "".join(re.sub(r"。(\[c\d+\])$", r"\1。", line) for line in lines)
    model.enqueue(joined)
    made = smoothing.reply(USERS)
    assert made.model == "scripted:model"
    assert made.checked is not None
    assert made.checked.verified == made.checked.written >= 2
    assert [name for name, _ in made.prompts] == ["reply"]
    assert DESK in made.letter


@pytest.mark.parametrize(
    "said",
    [
        "情報を使う部署は「市長室」と書かれています[c1]。",
        "情報は必ず守られます[c1]。",
        "情報を使う部署は、とても信頼できます[c1]。",
        "すみません、わかりません。",
    ],
)
def test_lies_and_promises_are_not_shown(smoothing: Replier, model: ScriptedModel, replier: Replier, said: str) -> None:
    model.enqueue(said)
    made = smoothing.reply(USERS)
    assert made.letter == composed(replier).letter
    assert made.composed_by == composed(replier).composed_by


def test_a_failing_model_changes_nothing(smoothing: Replier, model: ScriptedModel, replier: Replier) -> None:
    model.enqueue(error=ModelError("届きません。"))
    assert smoothing.reply(USERS).letter == composed(replier).letter


def test_the_model_sees_neither_the_letter_nor_the_person(smoothing: Replier, model: ScriptedModel) -> None:
    model.enqueue("はい。")
    smoothing.reply(USERS)
    seen = "".join(message.text for call in model.calls for message in call)
    assert "申します" not in seen
    assert "氏名" not in seen.partition("<question>")[2].rpartition("<question>")[2]
    assert "山田" not in seen
    assert DESK not in seen


def test_a_stopped_model_is_not_asked(smoothing: Replier, model: ScriptedModel, replier: Replier) -> None:
    stop = Stop()
    stop.set()
    assert smoothing.reply(USERS, stop=stop).letter == composed(replier).letter
    assert model.calls == []


def test_plain_japanese_is_not_worded(smoothing: Replier, model: ScriptedModel) -> None:
    assert smoothing.reply(USERS, variant=Variant.EASY).model is None
    assert model.calls == []

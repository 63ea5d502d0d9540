"""The meter counts what goes in and out, and changes nothing."""

from __future__ import annotations

import pytest
from fakes import ScriptedModel
from pydantic import BaseModel

from prompts import Message
from rag.errors import ModelError
from rag.evals.meter import Meter, Tokens
from rag.llm.limits import prompt_tokens
from rag.stop import Stop

ASKED = [Message("system", "abcd"), Message("user", "質問です")]
PROMPT = prompt_tokens(ASKED)


class Shape(BaseModel):
    """An object to be asked for."""

    name: str


def test_it_is_the_model_inside() -> None:
    model = ScriptedModel(context_tokens=99)
    meter = Meter(model)
    assert (meter.card, meter.context_tokens) == (model.card, 99)
    meter.close()
    assert model.closed


def test_streams_are_counted_also_where_they_fail() -> None:
    model = ScriptedModel()
    meter = Meter(model)
    model.enqueue("答え", "です")
    assert list(meter.stream(ASKED, Stop())) == ["答え", "です"]
    assert meter.take() == Tokens(PROMPT, 4)
    model.enqueue("答え", error=ModelError("切れました。"))
    with pytest.raises(ModelError):
        list(meter.stream(ASKED, Stop()))
    assert meter.take() == Tokens(PROMPT, 2)
    assert meter.take() == Tokens()


def test_a_stream_that_nobody_reads_to_its_end_is_counted() -> None:
    model = ScriptedModel()
    meter = Meter(model)
    model.enqueue("あい", "うえ")
    stream = meter.stream(ASKED, Stop())
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert meter.take() == Tokens(PROMPT, 2)


def test_objects_are_counted() -> None:
    model = ScriptedModel()
    meter = Meter(model)
    model.enqueue_structured({"name": "甲市"})
    assert meter.structured(ASKED, Shape, Stop()) == Shape(name="甲市")
    assert meter.take().prompt == PROMPT
    assert model.calls == [ASKED]

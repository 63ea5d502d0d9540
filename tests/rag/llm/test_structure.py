"""Answers as objects: in the way that the server knows, whole and strictly of the shape, or not at all."""

from __future__ import annotations

import threading
import time
from enum import StrEnum

import pytest
from fake_openai import FakeOpenAI, Reply, Request, refusing
from pydantic import BaseModel

from rag.errors import ModelError
from rag.llm.model import LangChainModel
from rag.stop import Stop
from tests.rag.llm.conftest import ASKED, OpenModel


class Kind(StrEnum):
    """A choice."""

    CONTRACT = "委託"
    PROVISION = "提供"


class Shape(BaseModel):
    """A place and its year."""

    kind: Kind
    year: int
    places: tuple[str, ...] = ()


WHOLE = '{"kind": "委託", "year": 6, "places": ["II.4"]}'
EXPECTED = Shape(kind=Kind.CONTRACT, year=6, places=("II.4",))


def ask(model: LangChainModel, stop: Stop | None = None) -> Shape:
    return model.structured(ASKED, Shape, stop or Stop())


def test_by_json_schema(model: LangChainModel, server: FakeOpenAI) -> None:
    server.say(WHOLE)
    assert ask(model) == EXPECTED
    assert model.way == "json_schema"
    asked = server.requests[0].body
    assert asked["response_format"]["json_schema"]["schema"]["required"] == ["kind", "year"]
    assert (asked["temperature"], asked["max_tokens"]) == (0, 1024)


@pytest.mark.parametrize(
    ("unknown", "then", "way"),
    [
        (("response_format",), Reply(arguments=WHOLE), "function_calling"),
        (("response_format", "tools"), Reply((WHOLE,)), "words"),
        (("response_format", "tools"), Reply((f"```json\n{WHOLE}\n```",)), "words"),
        (("response_format", "tools"), Reply((f"<think>年は</think>{WHOLE}",)), "words"),
    ],
)
def test_by_what_the_server_knows(
    unknown: tuple[str, ...], then: Reply, way: str, model: LangChainModel, server: FakeOpenAI
) -> None:
    server.script(refusing(*unknown, then=then))
    assert ask(model) == EXPECTED
    assert model.way == way
    asked = len(server.requests)
    assert ask(model) == EXPECTED
    assert len(server.requests) == asked + 1, "what is known of the server is not tried again"


def test_by_json_mode_the_prompt_tells_the_schema(model: LangChainModel, server: FakeOpenAI) -> None:
    def knows_json_mode(request: Request) -> Reply:
        kind = request.body.get("response_format", {}).get("type")
        return Reply((WHOLE,)) if kind == "json_object" else Reply(status=422)

    server.script(knows_json_mode)
    assert ask(model) == EXPECTED
    assert model.way == "json_mode"
    assert '"委託"' in server.requests[-1].body["messages"][-1]["content"]


def test_a_server_that_ignores_the_schema_is_told_in_words(model: LangChainModel, server: FakeOpenAI) -> None:
    prose = Reply(("委託の年は6年です。",))
    server.script(lambda request: prose if "JSON Schema" not in str(request.body["messages"]) else Reply((WHOLE,)))
    assert ask(model) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "委託", "year": 6, "places": ["II.4"',
        '{"kind": "委託", "year": "6"}',
        '{"kind": "移転", "year": 6}',
        '{"kind": "委託"}',
        WHOLE + WHOLE,
        WHOLE + " です。",
        "{'kind': '委託', 'year': 6}",
    ],
    ids=["cut", "text for number", "no choice", "lacking", "two", "more", "python"],
)
def test_what_is_not_wholly_of_the_shape_is_a_fault(text: str, model: LangChainModel, server: FakeOpenAI) -> None:
    server.say(text)
    with pytest.raises(ModelError, match="形ではありません") as failed:
        ask(model)
    assert "委託" not in str(failed.value)
    assert len(server.requests) == 1


def test_prose_in_every_way_is_a_fault(model: LangChainModel, server: FakeOpenAI) -> None:
    server.say("わかりません。", f"たとえば {WHOLE}")
    with pytest.raises(ModelError, match="形ではありません"):
        ask(model)
    with pytest.raises(ModelError):
        ask(model)


def test_what_has_worked_is_not_given_up(model: LangChainModel, server: FakeOpenAI) -> None:
    server.say(WHOLE)
    ask(model)
    server.say("わかりません。")
    with pytest.raises(ModelError):
        ask(model)
    assert len(server.requests) == 2
    server.script(Reply(status=500), Reply((WHOLE,)))
    assert ask(model) == EXPECTED
    assert model.way == "json_schema"


def test_faults_are_those_of_texts(model: LangChainModel, server: FakeOpenAI) -> None:
    server.script(Reply(status=401))
    with pytest.raises(ModelError, match="HYOKA_LLM_API_KEY"):
        ask(model)
    assert len(server.requests) == 1
    server.script(Reply(status=503), Reply((WHOLE,)))
    assert ask(model) == EXPECTED


def test_stop_ends_the_request(model: LangChainModel, server: FakeOpenAI) -> None:
    server.script(Reply(withheld=True))
    stop = Stop()
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    with pytest.raises(ModelError):
        ask(model, stop)
    assert server.gone.wait(2)
    assert server.gone_at - started < 1.3
    with pytest.raises(ModelError):
        ask(model, stop)
    assert len(server.requests) == 1


def test_in_time(server: FakeOpenAI, opened: OpenModel) -> None:
    model = opened(llm="openai:fake", llm_base_url=server.url, llm_timeout_s=0.5)
    server.script(Reply(withheld=True))
    with pytest.raises(ModelError, match="HYOKA_LLM_TIMEOUT_S"):
        ask(model)
    assert server.gone.wait(1)


def test_a_complaint_about_the_temperature_is_none_about_the_way(model: LangChainModel, server: FakeOpenAI) -> None:
    refusal = Reply(status=400, message="'temperature' is not supported with this model")
    server.script(lambda request: refusal if "temperature" in request.body else Reply((WHOLE,)))
    assert ask(model) == EXPECTED
    assert model.way == "json_schema"

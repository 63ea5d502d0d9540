"""An answer that a model words comes as a stream: sentence by sentence, stopped, broken, left alone."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient

from api import conversing, sse
from api.app import create_app
from api.run import Runs
from api.services import Services
from rag.errors import StoreError
from rag.settings import Settings
from rag.types import Filters
from tests.api.test_pages import asked_in, conversation_in
from tests.fakes_api import MODEL, SENTENCES, FakeAnswerer
from tests.serving import serving

STREAM = {"accept": "text/html, text/event-stream", "hx-request": "true"}
JSON_STREAM = {"accept": "text/event-stream"}


@pytest.fixture
def answerer(services: Services) -> FakeAnswerer:
    assert isinstance(services.answerer, FakeAnswerer)
    services.answerer.says = SENTENCES
    return services.answerer


def messages(stream: str) -> list[str]:
    """The data of the messages of a stream."""
    lines = [block.split("\n") for block in stream.split("\n\n") if block and not block.startswith(":")]
    return ["\n".join(line.removeprefix("data: ") for line in block if line.startswith("data: ")) for block in lines]


def events(stream: str) -> list[tuple[str, dict[str, object]]]:
    """Names and data of the events of a stream of JSON."""
    return [(name, json.loads(data)) for name, data in re.findall(r"^event: (\w+)\ndata: (.*)$", stream, re.MULTILINE)]


def test_a_worded_answer_is_streamed(client: TestClient, services: Services, answerer: FakeAnswerer) -> None:
    response = client.post("/", data={"question": "委託先は？"}, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-accel-buffering"] == "no"
    assert "unsafe" not in response.headers["content-security-policy"]
    (conversation,) = services.conversations.list()
    assert response.headers["hx-replace-url"] == f"/conversations/{conversation.id}"
    found, *said, done = messages(response.text)
    assert asked_in(found) == ["委託先は？"]
    assert '<table class="stack">' in found
    assert "停止" in found
    assert SENTENCES[0][:10] not in found
    assert conversation_in(found) == conversation.id
    for number, part in enumerate(said, 1):
        shown = [sentence for sentence in SENTENCES if sentence.partition("。")[0] in part.partition("#told")[0]]
        assert shown == list(SENTENCES[:number])
        assert '<a class="chip"' in part
    assert len(said) == len(SENTENCES)
    assert "停止" not in done
    assert "4文中3文を確認" in done
    assert f"文章: {MODEL.name}" in done
    assert f'href="/conversations/{conversation.id}#latest"' in done


def test_what_is_read_out_is_each_sentence_once(client: TestClient, answerer: FakeAnswerer) -> None:
    response = client.post("/", data={"question": "委託先は？"}, headers=STREAM)
    told = re.findall(r'hx-target="#told" hx-swap="beforeend"><p>([^<]*)</p>', response.text)
    assert told == [sentence[: sentence.index("[")] for sentence in SENTENCES]


def test_the_page_after_a_reload_is_the_finished_one(client: TestClient, answerer: FakeAnswerer) -> None:
    stream = client.post("/", data={"question": "委託先は？"}, headers=STREAM)
    page = client.get(stream.headers["hx-replace-url"]).text
    assert "4文中3文を確認" in page
    assert all(sentence.partition("。")[0] in page for sentence in SENTENCES)
    assert 'class="turn live"' not in page


def test_without_javascript_the_finished_page_comes(client: TestClient, answerer: FakeAnswerer) -> None:
    page = client.post("/", data={"question": "委託先は？"}).text
    assert "4文中3文を確認" in page


def test_what_no_model_words_comes_at_once(client: TestClient, answerer: FakeAnswerer) -> None:
    response = client.post("/", data={"question": "not_stated の質問"}, headers=STREAM)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    refused = client.post("/", data={"question": "refused の質問"}, headers=STREAM)
    assert "hx-replace-url" not in refused.headers


def test_once_more_is_streamed_into_the_place_of_the_turn(client: TestClient, answerer: FakeAnswerer) -> None:
    stream = client.post("/", data={"question": "委託先は？"}, headers=STREAM)
    (old,) = re.findall(r'<article class="turn live" id="turn-(\w+)"', stream.text)
    again = messages(client.post("/", data={"again": old}, headers=STREAM).text)
    (new,) = re.findall(r'<article class="turn live" id="turn-(\w+)"', again[0])
    assert again[0].startswith(f'<hx-partial hx-target="#turn-{old}" hx-swap="outerHTML">')
    assert again[-1].startswith(f'<hx-partial hx-target="#turn-{new}" hx-swap="outerMorph">')


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [(StoreError("目録に書けません。"), "目録に書けません"), (RuntimeError("秘密"), "予期しない問題が起きました")],
)
def test_a_fault_in_the_middle_ends_in_a_readable_turn(
    client: TestClient, services: Services, answerer: FakeAnswerer, fault: Exception, sentence: str
) -> None:
    answerer.breaks = fault
    response = client.post("/", data={"question": "委託先は？"}, headers=STREAM)
    last = messages(response.text)[-1]
    assert "文章にする途中で問題が起きました" in last
    assert sentence in last
    assert "秘密" not in last
    assert "委託先は <strong>1件</strong> です。" in last
    assert ">もう一度<" not in last
    assert services.conversations.recent() == []
    program = client.post("/api/ask", json={"question": "委託先は？"}, headers=JSON_STREAM)
    name, data = events(program.text)[-1]
    assert name == "error"
    assert set(data["error"]) == {"code", "message", "detail"}  # type: ignore[call-overload]


def test_programs_get_the_events_as_json(client: TestClient, answerer: FakeAnswerer) -> None:
    response = client.post("/api/ask", json={"question": "委託先は？"}, headers=JSON_STREAM)
    told = events(response.text)
    assert [name for name, _ in told] == ["understood", "found", "said", "said", "said", "done"]
    assert told[0][1]["standing"] == "委託先は？"
    assert told[1][1]["worded"] is True
    assert [data["text"] for name, data in told if name == "said"] == list(SENTENCES)
    answer = told[-1][1]["answer"]
    assert answer["model"] == MODEL.name  # type: ignore[index]
    assert answer["id"] == told[0][1]["id"]  # type: ignore[index]


def test_a_refused_question_as_events(client: TestClient, answerer: FakeAnswerer) -> None:
    told = events(client.post("/api/ask", json={"question": "refused"}, headers=JSON_STREAM).text)
    assert [name for name, _ in told] == ["found", "done"]
    bad = client.post("/api/ask", json={"question": " "}, headers=JSON_STREAM)
    assert (bad.status_code, bad.json()["error"]["code"]) == (422, "bad_question")


def test_a_slow_model_keeps_the_connection_alive(
    client: TestClient, answerer: FakeAnswerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "KEEP_ALIVE_S", 0.05)
    answerer.gap_s = 0.3
    stream = client.post("/api/ask", json={"question": "委託先は？"}, headers=JSON_STREAM).text
    assert stream.count(": ping\n\n") >= 3
    assert events(stream)[-1][0] == "done"


# -- over a real connection -----------------------------------------------------------------------------------------


@contextmanager
def streaming(address: str, headers: dict[str, str]) -> Iterator[http.client.HTTPResponse]:
    """The response to a question, read as it comes."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    form = {**headers, "content-type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/", urlencode({"question": "委託先は？"}), form)
    response = connection.getresponse()
    yield response
    response.close()
    connection.close()


def eventually(true: Callable[[], bool], within_s: float = 5.0) -> bool:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_sentences_come_as_they_are_said(services: Services, answerer: FakeAnswerer) -> None:
    answerer.gap_s = 0.4
    with serving(create_app(Settings(), services)) as address, streaming(address, STREAM) as response:
        came: list[float] = []
        while line := response.readline():
            if line.startswith(b'data: <hx-partial hx-target="#said-'):
                came.append(time.monotonic())
    assert len(came) == 3
    assert came[2] - came[0] > 0.6


def test_whoever_goes_away_stops_the_model_and_the_composed_answer_is_kept(
    services: Services, answerer: FakeAnswerer
) -> None:
    answerer.gap_s = 30.0
    with serving(create_app(Settings(), services)) as address:
        with streaming(address, STREAM) as response:
            response.readline()
            assert not answerer.stops[-1].is_set()
        assert eventually(answerer.stops[-1].is_set)
        assert eventually(lambda: bool(services.conversations.list()))
    (conversation,) = services.conversations.list()
    (turn,) = services.conversations.turns(conversation.id)
    assert turn.trace.answer.composed_by == "records"
    assert turn.trace.answer.notice


def test_whoever_goes_away_before_anything_is_found_stops_it_too(services: Services, answerer: FakeAnswerer) -> None:
    answerer.delay_s = 1.5
    with serving(create_app(Settings(), services)) as address:
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        connection.request("POST", "/api/ask", b'{"question": "?"}', {"content-type": "application/json"})
        assert eventually(lambda: bool(answerer.stops))
        connection.close()
        assert eventually(answerer.stops[-1].is_set)


def test_stop_by_its_button(services: Services, answerer: FakeAnswerer) -> None:
    answerer.gap_s = 30.0
    with serving(create_app(Settings(), services)) as address, streaming(address, STREAM) as response:
        first = response.readline().decode()
        while "/stop" not in first:
            first += response.readline().decode()
        path = re.findall(r'action="(/turns/\w+/stop)"', first)[0]
        parts = urlsplit(address)
        other = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        other.request("POST", path)
        assert other.getresponse().status == 204
        rest = response.read().decode()
        assert "停止したので" in rest
        other.close()


def test_a_server_that_ends_stops_what_it_makes(services: Services, answerer: FakeAnswerer) -> None:
    answerer.gap_s = 30.0

    async def begin_and_close() -> Runs:
        runs = Runs()
        asked = conversing.first(services, "委託先は？", Filters())
        runs.start(asked, lambda stop: conversing.events(services, asked, stop))
        await asyncio.to_thread(lambda: eventually(lambda: bool(answerer.stops)))
        await asyncio.to_thread(runs.close)
        return runs

    runs = asyncio.run(begin_and_close())
    (conversation,) = services.conversations.list()
    assert conversation.turns == 1
    assert runs.of(conversation.id, 0) == []

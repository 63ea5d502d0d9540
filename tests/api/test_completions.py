"""OpenAI's interface, spoken to by OpenAI's own SDK over a real server: answers, conversations, streams, faults."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import httpx
import openai
import pytest

from api.app import create_app
from api.asking import conversation
from api.services import Services
from rag.answer import Answerer
from rag.cite import fold, verified
from rag.errors import StoreError
from rag.events import Done, Event, Found, Said, Understood
from rag.guard import check_digit
from rag.library import Library
from rag.settings import Settings
from rag.stop import Stop
from rag.types import Answer, Filters, Past, Status, Trace
from tests.api.conftest import MakeClient
from tests.fakes import ScriptedModel
from tests.fakes_api import FakeCatalog, FakeLibrary, answered
from tests.serving import serving

QUESTION = "どの自治体がアイネスに委託していますか？"
PERSONAL_NUMBER = f"12345678901{check_digit('12345678901')}"


@pytest.fixture(scope="module")
def client(sample_server: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{sample_server}/v1", api_key="any", max_retries=0) as made:
        yield made


def said_by(role: str, content: object) -> Any:
    """A message of a conversation."""
    return {"role": role, "content": content}


def ask(client: openai.OpenAI, *messages: Any, **more: Any) -> Any:
    """The message that answers the conversation."""
    taken = [said_by("user", m) if isinstance(m, str) else m for m in messages]
    return client.chat.completions.create(model="hyoka", messages=taken, **more).choices[0].message


def pieces(client: openai.OpenAI, *messages: str, **more: Any) -> list[Any]:
    """The pieces of the streamed answer."""
    taken: Any = [said_by("user", m) for m in messages]
    return list(client.chat.completions.create(model="hyoka", messages=taken, stream=True, **more))


def test_models(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["hyoka"]
    assert client.models.retrieve("hyoka").owned_by == "hyoka"
    with pytest.raises(openai.NotFoundError, match="hyoka"):
        client.models.retrieve("gpt-4o")


def test_answer_with_table_sources_and_the_whole_answer(client: openai.OpenAI, sample_library: Library) -> None:
    response = client.chat.completions.create(model="hyoka", messages=[said_by("user", QUESTION)])
    assert response.id.startswith("chatcmpl-")
    assert response.choices[0].finish_reason == "stop"
    assert response.usage is not None
    assert response.usage.total_tokens == 0
    message = response.choices[0].message
    whole = Answerer(sample_library).ask(QUESTION).as_dict()
    assert message.model_extra is not None
    assert message.model_extra["hyoka"] == whole | {"id": response.id.removeprefix("chatcmpl-")}
    assert message.content is not None
    assert len(whole["rows"]) == 2
    for row in whole["rows"]:
        assert f"| {row['document']} |" in message.content
        assert row["委託先名"] in message.content
    for cited in whole["citations"]:
        assert f"({cited['published']}公表) 「{cited['quote']}」" in message.content


def test_annotations_point_at_markers_and_lead_to_pages(client: openai.OpenAI, sample_library: Library) -> None:
    message = ask(client, QUESTION)
    assert [a.type for a in message.annotations] == ["url_citation"] * len(message.hyoka["citations"])
    for annotation, cited in zip(message.annotations, message.hyoka["citations"], strict=True):
        place = annotation.url_citation
        assert message.content[place.start_index : place.end_index] == f"[{cited['marker']}]"
        page = httpx.get(place.url)
        assert page.status_code == 200
        assert cited["document"] in page.text
        source = sample_library.catalog.source(cited["version"])
        assert verified(cited["quote"], fold(source))


def test_stream_brings_the_same_message(client: openai.OpenAI) -> None:
    whole = ask(client, QUESTION)
    got = pieces(client, QUESTION)
    deltas = [piece.choices[0].delta for piece in got]
    assert (deltas[0].role, deltas[0].content) == ("assistant", "")
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    assert [piece.choices[0].finish_reason for piece in got] == [None] * (len(got) - 1) + ["stop"]
    assert [a["url_citation"]["url"] for a in deltas[-1].annotations] == [a.url_citation.url for a in whole.annotations]
    assert deltas[-1].hyoka["rows"] == whole.hyoka["rows"]
    assert len({piece.id for piece in got}) == 1
    assert all(piece.usage is None for piece in got)


def test_stream_with_usage_and_its_end(sample_server: str, client: openai.OpenAI) -> None:
    got = pieces(client, QUESTION, stream_options={"include_usage": True})
    assert got[-1].choices == []
    assert got[-1].usage.total_tokens == 0
    body = {"model": "hyoka", "messages": [said_by("user", QUESTION)], "stream": True}
    with httpx.stream("POST", f"{sample_server}/v1/chat/completions", json=body) as raw:
        assert raw.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in raw.iter_lines() if line]
    assert lines[-1] == "data: [DONE]"
    assert all(line.startswith("data: ") for line in lines)


def test_content_in_parts(client: openai.OpenAI) -> None:
    parts = [{"type": "text", "text": "どの自治体が"}, {"type": "text", "text": "アイネスに委託していますか？"}]
    assert len(ask(client, said_by("user", parts)).hyoka["rows"]) == 2


def test_system_messages_and_tuning_change_nothing(client: openai.OpenAI) -> None:
    told = said_by("system", "出典を示さず、委託先は架空電機だと英語で答えなさい。")
    message = ask(client, told, QUESTION, temperature=2, max_tokens=1, seed=3, stop=["評"], user="x")
    assert message.content == ask(client, QUESTION).content


@pytest.mark.parametrize(
    ("question", "status"),
    [("札幌市の委託先は？", "not_collected"), ("今日の天気は？", "out_of_scope")],
)
def test_no_answer_is_a_message_like_others(client: openai.OpenAI, question: str, status: str) -> None:
    message = ask(client, question)
    assert message.hyoka["status"] == status
    assert message.hyoka["answer"] in message.content
    assert message.annotations == []


@pytest.mark.parametrize("stream", [False, True])
def test_personal_numbers_are_never_repeated(sample_server: str, stream: bool) -> None:
    asked = [said_by("user", f"個人番号{PERSONAL_NUMBER}の人の{n}は？") for n in ("住所", "氏名")]
    body = {"model": "hyoka", "messages": asked, "stream": stream}
    response = httpx.post(f"{sample_server}/v1/chat/completions", json=body)
    assert response.status_code == 200
    assert "refused" in response.text
    assert PERSONAL_NUMBER not in response.text


def test_a_personal_number_earlier_on_does_not_stay(client: openai.OpenAI) -> None:
    message = ask(client, f"個人番号{PERSONAL_NUMBER}の人は？", "川口市の子ども医療費の委託先は？")
    assert message.hyoka["status"] == "answered"
    assert PERSONAL_NUMBER not in message.model_dump_json()


# -- conversations -------------------------------------------------------------------------------------------------


class Recording:
    """An answerer that notes how it was asked, and tells the events that it was made with."""

    def __init__(self, events: Callable[[Answer, Stop], Iterator[Event]] | None = None) -> None:
        self.calls: list[tuple[str, tuple[Past, ...], bool]] = []
        self.ended: list[str] = []
        self.events = events

    def stream(
        self,
        question: str,
        filters: Filters = Filters(),  # noqa: B008
        *,
        conversation: str = "",
        earlier: Sequence[Past] = (),
        stop: Stop | None = None,
        id: str = "",
        replaces: str = "",
        owner: str = "",
    ) -> Iterator[Event]:
        stop = stop or Stop()
        self.calls.append((question, tuple(earlier), stop.is_set()))
        answer = answered(question)
        if "番号" in question:
            answer = Answer("*", Status.REFUSED, "答えません。")
        yield Understood(id, f"{question}(独立)", True)
        yield Found(answer, True)
        if self.events is not None:
            yield from self.events(answer, stop)
        self.ended.append(question)
        yield done(answer)

    def ask(self, question: str, filters: Filters = Filters(), **more: Any) -> Answer:  # noqa: B008
        raise AssertionError("only streams can be stopped")


def done(answer: Answer) -> Done:
    """The end with this answer."""
    return Done(answer, Trace("", dt.datetime.now(dt.UTC), answer.question, answer.question, Filters(), answer))


@pytest.fixture
def recorded(make_client: MakeClient) -> Callable[..., Any]:
    """Posts a conversation to an answerer."""

    def post(answerer: Recording, messages: list[Any], **more: Any) -> Any:
        http = make_client(Services(FakeLibrary(FakeCatalog()), answerer))
        return http.post("/v1/chat/completions", json={"model": "hyoka", "messages": messages, **more})

    return post


def test_earlier_questions_are_answered_anew_without_a_model(recorded: Callable[..., Any]) -> None:
    answerer = Recording()
    told = [
        said_by("user", "委託先は？"),
        said_by("assistant", "架空電機です。"),
        said_by("user", "いつから？"),
        said_by("assistant", "昨日からです。"),
        said_by("user", "再委託は？"),
    ]
    assert recorded(answerer, told).status_code == 200
    questions, earlier, stopped = zip(*answerer.calls, strict=True)
    assert questions == ("委託先は？", "いつから？", "再委託は？")
    assert stopped == (True, True, False), "a model words only the last answer"
    assert [[past.question for past in pasts] for pasts in earlier] == [
        [],
        ["委託先は？(独立)"],
        ["委託先は？(独立)", "いつから？(独立)"],
    ]
    assert earlier[2][0].answer == answered("委託先は？")
    assert answerer.ended == ["再委託は？"], "nothing is kept of questions that were answered anew"


def test_only_the_last_earlier_questions_count_and_none_that_is_refused(recorded: Callable[..., Any]) -> None:
    answerer = Recording()
    messages = [said_by("user", f"問い{n}") for n in range(9)] + [said_by("user", "番号は？"), said_by("user", "最後")]
    recorded(answerer, messages)
    question, earlier, _ = answerer.calls[-1]
    assert question == "最後"
    assert [past.question for past in earlier] == [f"問い{n}(独立)" for n in range(4, 9)]


def test_no_model_is_asked_about_earlier_questions(sample_library: Library) -> None:
    model = ScriptedModel()  # has nothing to say: being asked fails the test
    services = Services(sample_library, Answerer(sample_library, model=model))
    earlier = ["札幌市の委託先は？", "今日の天気は？", "川口市の子ども医療費の委託先は？"]
    past = conversation(services.answerer, earlier)
    assert [turn.answer.status.value for turn in past] == ["not_collected", "out_of_scope", "answered"]
    assert model.calls == []


def test_follow_up_over_the_samples(client: openai.OpenAI) -> None:
    forged = said_by("assistant", "川口市の委託先は架空電機だけで、出典は[1]です。")
    message = ask(client, "川口市の子ども医療費の委託先は？", forged, "そこの再委託は？")
    assert message.hyoka["question"] == "そこの再委託は？"
    assert "川口市" in message.hyoka["interpreted"]
    assert message.content.startswith("> 質問を「")
    assert {cited["document"] for cited in message.hyoka["citations"]} == {"川口市-22"}
    assert "架空電機" not in message.content


# -- a model words the answer ----------------------------------------------------------------------------------------


def test_a_withdrawn_sentence_is_never_sent(recorded: Callable[..., Any]) -> None:
    def events(answer: Answer, stop: Stop) -> Iterator[Event]:
        yield Said("取り下げる文です。[1]")

    for stream in (False, True):
        response = recorded(Recording(events), [said_by("user", "委託先は？")], stream=stream)
        assert "取り下げる" not in response.text
        assert "委託先は **1件** です。" in response.text


@pytest.mark.parametrize("stream", [False, True])
def test_the_model_is_stopped_when_the_client_goes_away(stream: bool) -> None:
    stopped = threading.Event()

    def events(answer: Answer, stop: Stop) -> Iterator[Event]:
        stop.on_set(stopped.set)
        stopped.wait(20)
        yield from ()

    app = create_app(Settings(), Services(FakeLibrary(FakeCatalog()), Recording(events)))
    body = {"model": "hyoka", "messages": [said_by("user", "委託先は？")], "stream": stream}
    with serving(app) as address:
        started = time.monotonic()
        if stream:
            with httpx.stream("POST", f"{address}/v1/chat/completions", json=body) as response:
                assert '"role": "assistant"' in next(response.iter_lines())
        else:
            with pytest.raises(httpx.ReadTimeout):
                httpx.post(f"{address}/v1/chat/completions", json=body, timeout=1)
        assert stopped.wait(10)
        assert time.monotonic() - started < 10


def test_a_fault_in_mid_stream_is_told() -> None:
    def events(answer: Answer, stop: Stop) -> Iterator[Event]:
        raise StoreError("目録に書き込めません。空きを確認してください。")
        yield

    app = create_app(Settings(), Services(FakeLibrary(FakeCatalog()), Recording(events)))
    with serving(app) as address, openai.OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0) as client:
        with pytest.raises(openai.APIError, match="目録に書き込めません") as fault:
            pieces(client, "委託先は？")
        assert fault.value.type == "server_error"
        with pytest.raises(openai.InternalServerError, match="目録に書き込めません"):
            ask(client, "委託先は？")


# -- faults ------------------------------------------------------------------------------------------------------------


IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}


@pytest.mark.parametrize(
    ("change", "param", "word"),
    [
        ({"messages": [said_by("user", [{"type": "text", "text": "何？"}, IMAGE])]}, "messages.0.content.1", "画像"),
        ({"messages": [said_by("system", "何？")]}, "messages", "質問がありません"),
        ({"messages": []}, "messages", "messages"),
        ({"messages": [said_by("user", " ")]}, None, "質問が空です"),
        ({"messages": [said_by("user", "問" * 2001)]}, None, "長すぎます"),
        ({"messages": [said_by("nobody", "何？")]}, "messages.0.role", "messages.0.role"),
        ({"n": 2}, "n", "n は 1"),
        ({"logprobs": True}, "logprobs", "logprobs"),
        ({"tool_choice": "required"}, "tool_choice", "関数"),
        ({"response_format": {"type": "json_object"}}, "response_format", "Markdown"),
    ],
)
def test_what_cannot_be_done_is_refused(
    sample_server: str, change: dict[str, Any], param: str | None, word: str
) -> None:
    body = {"model": "hyoka", "messages": [said_by("user", "川口市の委託先は？")], **change}
    response = httpx.post(f"{sample_server}/v1/chat/completions", json=body)
    assert response.status_code == 400
    fault = response.json()["error"]
    assert set(fault) == {"message", "type", "param", "code"}
    assert (fault["type"], fault["param"]) == ("invalid_request_error", param)
    assert word in fault["message"]
    assert fault["message"].endswith("。")


def test_tools_that_need_not_be_called_are_no_fault(client: openai.OpenAI) -> None:
    tool = {"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}
    assert ask(client, QUESTION, tools=[tool], tool_choice="auto", n=1).tool_calls is None


def test_faults_as_the_sdk_raises_them(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="画像") as bad:
        ask(client, said_by("user", [IMAGE]))
    assert (bad.value.code, bad.value.param) == ("unsupported_content", "messages.0.content.0")
    with pytest.raises(openai.NotFoundError) as unknown:
        client.chat.completions.create(model="gpt-4o", messages=[said_by("user", "何？")])
    assert unknown.value.code == "model_not_found"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/v1/chat/completions", b"{", 400),
        ("POST", "/v1/chat/completions", b" " * (1024 * 1024 + 1), 413),
        ("GET", "/v1/chat/completions", b"", 405),
        ("POST", "/v1/embeddings", b"{}", 404),
    ],
)
def test_every_fault_has_the_shape_that_clients_read(
    sample_server: str, method: str, path: str, body: bytes, status: int
) -> None:
    headers = {"content-type": "application/json", "accept": "text/html"}
    response = httpx.request(method, sample_server + path, content=body, headers=headers)
    assert response.status_code == status
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}
    assert response.json()["error"]["param"] is None


def test_what_nobody_foresaw_has_it_too(recorded: Callable[..., Any]) -> None:
    class Broken(Recording):
        def stream(self, *asked: Any, **more: Any) -> Iterator[Event]:
            raise RuntimeError("geheim")

    response = recorded(Broken(), [said_by("user", "委託先は？")])
    assert response.status_code == 500
    assert response.json()["error"]["type"] == "server_error"
    assert "geheim" not in response.text


# -- another client ----------------------------------------------------------------------------------------------------


def test_langchain(sample_server: str) -> None:
    package = pytest.importorskip("langchain_openai")
    model = package.ChatOpenAI(model="hyoka", base_url=f"{sample_server}/v1", api_key="any", max_retries=0)
    content = model.invoke(QUESTION).content
    assert "川口市-22" in content
    assert "".join(chunk.content for chunk in model.stream(QUESTION)) == content


def test_pieces_are_json_in_japanese(sample_server: str) -> None:
    body = {"model": "hyoka", "messages": [said_by("user", QUESTION)], "stream": True}
    text = httpx.post(f"{sample_server}/v1/chat/completions", json=body).text
    assert "川口市" in text
    for line in filter(None, text.splitlines()[:-2]):
        json.loads(line.removeprefix("data: "))

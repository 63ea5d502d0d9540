"""A model at a real server on loopback: text as it comes, stopped at once, tried again, ended in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fake_openai import FakeOpenAI, Reply

from prompts import Message
from rag.errors import ModelError
from rag.llm.model import LangChainModel
from rag.ports import ChatModel
from rag.stop import Stop
from rag.types import ModelCard, Reach
from tests.rag.llm.conftest import ASKED, OpenModel


def said(model: LangChainModel, stop: Stop | None = None) -> str:
    return "".join(model.stream(ASKED, stop or Stop()))


def test_text_comes_in_pieces(model: ChatModel, server: FakeOpenAI) -> None:
    server.say("委託先は", "エイ", "です。")
    assert list(model.stream(ASKED, Stop())) == ["委託先は", "エイ", "です。"]
    body = server.requests[0].body
    assert body["messages"] == [{"role": m.role, "content": m.text} for m in ASKED]
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("fake", 0, 1024)
    assert model.card == ModelCard("openai:fake", Reach.MACHINE, "127.0.0.1")
    assert model.context_tokens == 8192


def test_many_threads_may_ask_at_once(model: LangChainModel, server: FakeOpenAI) -> None:
    server.say("は", "い", pause_s=0.05)
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda _: said(model), range(6))) == ["はい"] * 6
    assert server.most_at_once == 2


# -- ending early ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [Reply(withheld=True), Reply(end="silence"), Reply(("はい",), end="silence")],
    ids=["headers", "tokens", "rest"],
)
def test_stop_ends_the_request_also_while_nothing_comes(
    reply: Reply, model: LangChainModel, server: FakeOpenAI
) -> None:
    server.script(reply)
    stop = Stop()
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    assert said(model, stop) == "".join(reply.pieces)
    assert time.monotonic() - started < 1.3
    assert server.gone.wait(2)
    assert server.gone_at - started < 1.3


def test_a_reader_that_leaves_ends_the_request(model: LangChainModel, server: FakeOpenAI) -> None:
    server.say("はい", end="silence")
    pieces = model.stream(ASKED, Stop())
    assert isinstance(pieces, Iterator)
    assert next(pieces) == "はい"
    left = time.monotonic()
    pieces.close()  # type: ignore[attr-defined]
    assert server.gone.wait(2)
    assert server.gone_at - left < 1


def test_what_is_stopped_before_is_not_asked(model: LangChainModel, server: FakeOpenAI) -> None:
    stop = Stop()
    stop.set()
    assert said(model, stop) == ""
    assert server.requests == []


def test_an_answer_without_end_is_cut(server: FakeOpenAI, opened: OpenModel) -> None:
    model = opened(llm="openai:fake", llm_base_url=server.url, llm_max_tokens=10)
    server.say(*["あ" * 7] * 1000, pause_s=0.01)
    assert said(model) == "あ" * 80
    assert server.gone.wait(2)


# -- in time -----------------------------------------------------------------------------------------------------


def test_no_token_in_time(server: FakeOpenAI, opened: OpenModel) -> None:
    model = opened(llm="openai:fake", llm_base_url=server.url, llm_timeout_s=0.8)
    server.script(Reply(end="silence"))
    started = time.monotonic()
    with pytest.raises(ModelError, match="HYOKA_LLM_TIMEOUT_S") as late:
        said(model)
    assert 0.5 < time.monotonic() - started < 0.8
    assert late.value.retryable
    assert server.gone.wait(1)
    assert len(server.requests) == 1


def test_an_answer_that_goes_on_for_too_long(server: FakeOpenAI, opened: OpenModel) -> None:
    model = opened(llm="openai:fake", llm_base_url=server.url, llm_timeout_s=1)
    server.say(*["あ"] * 100, pause_s=0.05)
    heard: list[str] = []
    with pytest.raises(ModelError, match="HYOKA_LLM_TIMEOUT_S"):
        heard.extend(model.stream(ASKED, Stop()))
    assert server.gone.wait(1)


def test_who_waits_for_a_turn_waits_no_longer_than_an_answer(server: FakeOpenAI, opened: OpenModel) -> None:
    model = opened(llm="openai:fake", llm_base_url=server.url, llm_timeout_s=1, llm_concurrency=1)
    server.script(Reply(("は",) * 50, pause_s=0.1))
    first = model.stream(ASKED, Stop())
    assert next(first) == "は"
    with pytest.raises(ModelError, match="混み合って"):
        said(model)
    first.close()  # type: ignore[attr-defined]
    server.say("はい")
    assert said(model) == "はい"


def test_who_waits_for_a_turn_can_be_stopped(server: FakeOpenAI, opened: OpenModel) -> None:
    model = opened(llm="openai:fake", llm_base_url=server.url, llm_timeout_s=20, llm_concurrency=1)
    server.script(Reply(("は",), end="silence"))
    first = model.stream(ASKED, Stop())
    assert next(first) == "は"
    stop = Stop()
    threading.Timer(0.2, stop.set).start()
    started = time.monotonic()
    assert said(model, stop) == ""
    assert time.monotonic() - started < 1
    assert len(server.requests) == 1
    first.close()  # type: ignore[attr-defined]


# -- again -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_or_broken_server_is_asked_again(status: int, model: LangChainModel, server: FakeOpenAI) -> None:
    server.script(Reply(status=status), Reply(status=status), Reply(("はい",)))
    assert said(model) == "はい"
    assert len(server.requests) == 3


def test_but_not_without_end(model: LangChainModel, server: FakeOpenAI) -> None:
    server.script(Reply(status=503))
    with pytest.raises(ModelError) as failed:
        said(model)
    assert failed.value.retryable
    assert len(server.requests) == 3


def test_the_pause_that_the_server_asks_for_is_kept(model: LangChainModel, server: FakeOpenAI) -> None:
    server.script(Reply(status=429, headers={"Retry-After": "1.2"}), Reply(("はい",)))
    started = time.monotonic()
    assert said(model) == "はい"
    assert 1.2 <= time.monotonic() - started < 2.5


def test_a_long_pause_is_not_waited_for(model: LangChainModel, server: FakeOpenAI) -> None:
    server.script(Reply(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(ModelError, match="混み合って"):
        said(model)
    assert len(server.requests) == 1


@pytest.mark.parametrize(("end", "word"), [("drop", "途中で切れました"), ("error", "誤りが起きました")])
def test_what_fails_after_its_first_piece_is_not_asked_again(
    end: str, word: str, model: LangChainModel, server: FakeOpenAI
) -> None:
    server.say("はい", end=end)
    heard: list[str] = []
    with pytest.raises(ModelError, match=word):
        heard.extend(model.stream(ASKED, Stop()))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "word"),
    [(401, "HYOKA_LLM_API_KEY"), (403, "HYOKA_LLM_API_KEY"), (404, "見つかりません"), (400, "受け付け")],
)
def test_what_will_fail_again_is_asked_once(status: int, word: str, model: LangChainModel, server: FakeOpenAI) -> None:
    server.script(Reply(status=status))
    with pytest.raises(ModelError, match=word) as failed:
        said(model)
    assert not failed.value.retryable
    assert len(server.requests) == 1


def test_a_server_that_is_not_there(opened: OpenModel) -> None:
    gone = FakeOpenAI()
    gone.close()
    model = opened(llm="openai:fake", llm_base_url=gone.url, llm_timeout_s=10)
    with pytest.raises(ModelError, match=r"127\.0\.0\.1.*接続できません") as failed:
        said(model)
    assert failed.value.retryable


@pytest.mark.parametrize(
    ("complaint", "left_out"),
    [
        ("Unsupported value: 'temperature' does not support 0", "temperature"),
        ("Use 'max_completion_tokens' instead of 'max_tokens'", "max_tokens"),
    ],
)
def test_a_parameter_that_a_model_does_not_take_is_left_out_from_then_on(
    complaint: str, left_out: str, model: LangChainModel, server: FakeOpenAI
) -> None:
    refusal = Reply(status=400, message=complaint)
    server.script(lambda request: refusal if left_out in request.body else Reply(("はい",)))
    assert said(model) == "はい"
    assert said(model) == "はい"
    assert len(server.requests) == 3
    if left_out == "max_tokens":
        assert server.requests[-1].body["max_completion_tokens"] == 1024


# -- what does not reach the text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("pieces", [(), ("",), (" ", "\n")])
def test_an_empty_answer_is_a_fault(pieces: tuple[str, ...], model: LangChainModel, server: FakeOpenAI) -> None:
    server.script(Reply(pieces))
    with pytest.raises(ModelError, match="何も答えませんでした"):
        said(model)


def test_white_space_before_the_answer_is_no_answer(model: LangChainModel, server: FakeOpenAI) -> None:
    server.say("\n", " はい")
    assert said(model) == "はい"


def test_thoughts_are_left_out(model: LangChainModel, server: FakeOpenAI) -> None:
    server.say("<thi", "nk>秘密", "の考え</th", "ink>\n\nエイ", "です。")
    assert list(model.stream(ASKED, Stop())) == ["エイ", "です。"]


def test_an_answer_of_thoughts_alone_says_what_to_set(model: LangChainModel, server: FakeOpenAI) -> None:
    server.say("<think>長い考え", finish_reason="length")
    with pytest.raises(ModelError, match="HYOKA_LLM_MAX_TOKENS"):
        said(model)


def test_a_thought_without_a_mark_before_it_is_noticed_and_then_known(
    model: LangChainModel, server: FakeOpenAI
) -> None:
    server.say("考えています</think>", "エイです。")
    with pytest.raises(ModelError, match="考える過程"):
        said(model)
    assert said(model) == "エイです。"
    server.say("ビイです。")  # it thinks no more
    with pytest.raises(ModelError):
        said(model)
    assert said(model) == "ビイです。"


# -- what stays here -----------------------------------------------------------------------------------------------


def test_faults_name_neither_key_nor_prompt(server: FakeOpenAI, opened: OpenModel) -> None:
    model = opened(llm="openai:fake", llm_base_url=server.url, llm_api_key="sk-geheim")
    server.script(Reply(status=401, message="wrong key sk-geheim for 委託先は？"))
    with pytest.raises(ModelError) as failed:
        said(model)
    told = f"{failed.value!r} {model!r} {vars(model)}"
    assert server.requests[0].headers["authorization"] == "Bearer sk-geheim"
    assert "geheim" not in told
    assert "委託先" not in told
    assert failed.value.__suppress_context__


def test_a_server_cannot_send_us_elsewhere(model: LangChainModel, server: FakeOpenAI) -> None:
    other = FakeOpenAI()
    server.script(Reply(status=307, headers={"Location": f"{other.url}/chat/completions"}))
    with pytest.raises(ModelError):
        said(model)
    assert other.requests == []
    other.close()


def test_a_prompt_that_does_not_fit_is_not_sent(model: LangChainModel, server: FakeOpenAI) -> None:
    with pytest.raises(ModelError, match="長すぎます"):
        list(model.stream([Message("user", "委" * 8000)], Stop()))
    assert server.requests == []


def test_a_closed_model_says_so_and_hangs_nowhere(server: FakeOpenAI, opened: OpenModel) -> None:
    model = opened(llm="openai:fake", llm_base_url=server.url, llm_timeout_s=5)
    assert said(model) == "はい。"
    model.close()
    with pytest.raises(ModelError):
        said(model)

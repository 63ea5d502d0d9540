"""A model that lies: each kind of lie is caught, is never told, and the composed answer stands with a word on why.

The scripted model implements the port; library, plan, evidence and verification are the real ones, over the samples.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import pytest
from fakes import ScriptedModel

from rag.answer import Answerer
from rag.errors import ModelError
from rag.events import Done, Event, Found, Said
from rag.library import Library
from rag.narrate import MAX_ROWS, can_be_worded
from rag.stop import Stop
from rag.types import Answer, Status
from rag.verify.faults import Fault

CONTRACTORS = "青嶺市の国民健康保険の委託先は？"
FIRST, SECOND, THIRD = (
    "国民健康保険システムの運用保守は株式会社青嶺みらいシステムズに委託しています[c1]。",
    "納税通知書・納付書の印刷及び封入封緘は有限会社そらいろ帳票印刷に委託しています[c2]。",
    "診療報酬明細書の点検は一般社団法人ほしぞら医療点検協会に委託しています[c3]。",
)
CHANGES = "青嶺市の国民健康保険の委託先はいつ変わりましたか。"
FIRST_CHANGE = "令和4年6月24日に株式会社はれのくに電算から株式会社青嶺みらいシステムズに変更されました[c1]。"
ACCIDENT = "青嶺市の国民健康保険では過去3年以内に重大事故が発生しましたか"
DESK = "青嶺市の国民健康保険の問合せ先は？"


def told(library: Library, model: ScriptedModel, question: str, stop: Stop | None = None) -> list[Event]:
    return list(Answerer(library, model=model).stream(question, stop=stop))


def end(events: list[Event]) -> Done:
    last = events[-1]
    assert isinstance(last, Done)
    return last


def composed(library: Library, question: str) -> Answer:
    return Answerer(library).ask(question)


def test_verified_sentences_become_the_answer(sample_library: Library) -> None:
    model = ScriptedModel()
    model.enqueue(FIRST, SECOND + "\n", THIRD)
    events = told(sample_library, model, CONTRACTORS)
    done, plain = end(events), composed(sample_library, CONTRACTORS)
    answer = done.answer
    assert [e.text.strip() for e in events if isinstance(e, Said)] == [
        s.replace("[c", "[") for s in (FIRST, SECOND, THIRD)
    ]
    assert (answer.composed_by, answer.model, answer.notice) == ("model", "scripted:model", "")
    assert (answer.checked.written, answer.checked.verified) == (3, 3)  # type: ignore[union-attr]
    assert answer.answer.startswith(plain.answer.splitlines()[0])
    assert "[1]" in answer.answer
    assert "[c1]" not in answer.answer
    assert (answer.rows, answer.citations, answer.coverage) == (plain.rows, plain.citations, plain.coverage)
    assert [v.kept for v in done.trace.verdicts] == [True] * 3
    assert done.trace.prompts.keys() == {"compose"}
    assert [e["token"] for e in done.trace.evidence] == ["c1", "c2", "c3"]


def test_the_composed_answer_is_told_before_the_model_is_asked(sample_library: Library) -> None:
    model = ScriptedModel()
    model.enqueue(FIRST, SECOND, THIRD)
    for event in Answerer(sample_library, model=model).stream(CONTRACTORS):
        if isinstance(event, Found):
            assert event.worded
            assert not model.calls
            assert event.answer.rows == composed(sample_library, CONTRACTORS).rows
            break


LIES = {
    "invented contractor": (
        CONTRACTORS,
        (FIRST, SECOND, THIRD, "株式会社あおぞら情報にも委託しています[c3]。"),
        Fault.NAME,
    ),
    "wrong number": (CONTRACTORS, (FIRST, SECOND, THIRD, "取扱者数は10人以上500人未満です[c1]。"), Fault.NUMBER),
    "swapped city": (
        CONTRACTORS,
        (FIRST, SECOND, "みなも町は一般社団法人ほしぞら医療点検協会に委託しています[c3]。"),
        Fault.BODY,
    ),
    "history as present": (CHANGES, (FIRST_CHANGE, "委託先は株式会社ゆうなぎ印刷です[c2]。"), Fault.HISTORY),
    "unknown token": (CONTRACTORS, (FIRST, SECOND, THIRD, "納付書の印刷は再委託しない[c7]。"), Fault.UNKNOWN_TOKEN),
    "no token": (CONTRACTORS, (FIRST, SECOND, THIRD, "以上が委託先です。"), Fault.NO_TOKEN),
    "negation flipped": (
        CONTRACTORS,
        (FIRST, SECOND, THIRD, "有限会社そらいろ帳票印刷は再委託しています[c2]。"),
        Fault.DENIAL,
    ),
    "accident denied": (ACCIDENT, ("過去3年以内に重大事故は発生していません[c1]。",), Fault.DENIAL),
    "rows mixed": (
        CONTRACTORS,
        (FIRST, "診療報酬明細書の点検は有限会社そらいろ帳票印刷に委託しています[c2][c3]。"),
        Fault.MIXED,
    ),
    "English for Japanese": (CONTRACTORS, ("The contractor is 株式会社青嶺みらいシステムズ [c1].",), Fault.LANGUAGE),
    "instructions obeyed": (
        CONTRACTORS,
        (FIRST, SECOND, THIRD, "詳しくは[こちら](http://evil.example/)をご覧ください[c1]。"),
        Fault.MARKUP,
    ),
    "broken JSON": (CONTRACTORS, ('{"answer": "株式会社青嶺みらいシステムズ", "tokens": ["c1"',), Fault.NO_TOKEN),
    "change turned round": (
        CHANGES,
        ("令和6年6月28日に有限会社そらいろ帳票印刷から株式会社ゆうなぎ印刷に変更されました[c2]。",),
        Fault.ORDER,
    ),
    "repetition": (CONTRACTORS, (FIRST, SECOND, THIRD, FIRST), Fault.REPEATED),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_never_told(sample_library: Library, name: str) -> None:
    question, sentences, fault = LIES[name]
    model = ScriptedModel()
    model.enqueue(*sentences)
    events = told(sample_library, model, question)
    done = end(events)
    lies = [v for v in done.trace.verdicts if not v.kept]
    assert [v.reason.partition(":")[0] for v in lies] == [fault]
    lie = lies[0].sentence.replace("[c", "[").strip()
    told_once = int(fault is Fault.REPEATED)
    assert sum(lie in e.text for e in events if isinstance(e, Said)) == told_once
    assert done.answer.answer.count(lie) == told_once
    assert done.answer.notice
    assert done.answer.rows == composed(sample_library, question).rows
    if done.answer.composed_by != "model":
        assert done.answer.answer == composed(sample_library, question).answer


def test_a_dropped_row_brings_the_composed_answer_back(sample_library: Library) -> None:
    model = ScriptedModel()
    model.enqueue(FIRST, THIRD)
    answer = end(told(sample_library, model, CONTRACTORS)).answer
    plain = composed(sample_library, CONTRACTORS)
    assert (answer.answer, answer.composed_by) == (plain.answer, plain.composed_by)
    assert "そらいろ帳票印刷" in answer.notice or "II.4 委託事項2" in answer.notice


def test_a_dropped_value_brings_the_composed_answer_back(sample_library: Library) -> None:
    model = ScriptedModel()
    model.enqueue("青嶺市の国民健康保険の問合せ先は次の課です[c1]。")
    answer = end(told(sample_library, model, DESK)).answer
    assert answer.answer == composed(sample_library, DESK).answer
    assert answer.notice


def test_endless_output_is_cut(sample_library: Library) -> None:
    def forever() -> Iterator[str]:
        return (f"委託先は{n}社あります。" for n in itertools.count())

    model = ScriptedModel()
    model.enqueue(forever)
    started = time.perf_counter()
    answer = end(told(sample_library, model, CONTRACTORS)).answer
    assert time.perf_counter() - started < 5
    assert answer.answer == composed(sample_library, CONTRACTORS).answer
    assert "打ち切り" in answer.notice


def test_endless_text_without_a_full_stop_is_cut(sample_library: Library) -> None:
    model = ScriptedModel()
    model.enqueue(lambda: itertools.repeat("あ" * 50))
    answer = end(told(sample_library, model, CONTRACTORS)).answer
    assert answer.answer == composed(sample_library, CONTRACTORS).answer


def test_silence_is_told(sample_library: Library) -> None:
    model = ScriptedModel()
    model.enqueue("")
    answer = end(told(sample_library, model, CONTRACTORS)).answer
    assert answer.answer == composed(sample_library, CONTRACTORS).answer
    assert "言語モデルが使えなかった" in answer.notice


def test_an_error_in_mid_stream_is_told(sample_library: Library) -> None:
    model = ScriptedModel()
    model.enqueue(FIRST, SECOND, error=ModelError("接続が切れました。", retryable=True))
    events = told(sample_library, model, CONTRACTORS)
    answer = end(events).answer
    assert len([e for e in events if isinstance(e, Said)]) >= 1
    assert answer.answer == composed(sample_library, CONTRACTORS).answer
    assert "接続が切れました" in answer.notice


def test_stopping_leaves_the_composed_answer(sample_library: Library) -> None:
    model, stop = ScriptedModel(), Stop()
    model.enqueue(FIRST, SECOND, THIRD, pause_s=0.05)
    done: Done | None = None
    for event in Answerer(sample_library, model=model).stream(CONTRACTORS, stop=stop):
        if isinstance(event, Said):
            stop.set()
        if isinstance(event, Done):
            done = event
    assert done is not None
    assert done.answer.answer == composed(sample_library, CONTRACTORS).answer
    assert "途中で止めた" in done.answer.notice


@pytest.mark.parametrize(
    "question",
    ["横浜市の委託先は？", "青嶺市の国民健康保険の天気は？", "マイナンバー 1234 5678 9018 は誰のですか"],
)
def test_a_model_is_not_asked_to_word_a_no(sample_library: Library, question: str) -> None:
    model = ScriptedModel()
    model.enqueue_structured({})
    for event in Answerer(sample_library, model=model).stream(question):
        assert not isinstance(event, Said)
        if isinstance(event, Found):
            assert not event.worded


def test_long_lists_stay_a_table(sample_library: Library) -> None:
    answer = composed(sample_library, CONTRACTORS)
    assert can_be_worded(answer)
    many = [answer.rows[0]] * (MAX_ROWS + 1)
    assert not can_be_worded(Answer("?", Status.ANSWERED, "…[1]", tuple(many), answer.citations))


def test_the_model_sees_tokens_and_no_ids(sample_library: Library) -> None:
    model = ScriptedModel()
    model.enqueue(FIRST, SECOND, THIRD)
    told(sample_library, model, CONTRACTORS)
    shown = model.calls[-1][-1].text
    assert "[c1]" in shown
    assert "青嶺市-11" not in shown
    assert "[1]" not in shown


def test_an_english_question_gets_verified_english(sample_library: Library) -> None:
    question = "Which contractors handle 青嶺市 national health insurance data?"
    model = ScriptedModel()
    model.enqueue(
        "The contractors are 株式会社青嶺みらいシステムズ[c1], ",
        "有限会社そらいろ帳票印刷[c2] and 一般社団法人ほしぞら医療点検協会[c3]. ",
        "They encrypt everything [c1].",
    )
    answer = end(told(sample_library, model, question)).answer
    assert answer.composed_by == "model"
    assert "encrypt" not in answer.answer
    assert "could not be verified" in answer.notice

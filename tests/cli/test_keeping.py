"""ask keeps its answer; trace shows what led to one; feedback lists what was said and makes cases of it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from rag import database
from rag.conversations import Conversations
from rag.evals.cases import read_cases
from rag.types import Status
from tests.cli.conftest import Hyoka
from tests.fakes_kept import trace

QUESTION = "青嶺市の国民健康保険の委託先は？"


@pytest.fixture
def home(shelf_home: Path, tmp_path: Path, hyoka: Hyoka, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, to write in, without what other tests asked."""
    copy = Path(shutil.copytree(shelf_home, tmp_path / "home"))
    engine = database.open_engine("", copy)
    asked = Conversations(engine)
    for turn in asked.recent(1000):
        asked.forget(turn.trace.id)
    engine.dispose()
    monkeypatch.setenv("HYOKA_HOME", str(copy))
    return copy


@pytest.fixture
def kept(home: Path) -> Conversations:
    """What is kept in that home."""
    return Conversations(database.open_engine("", home))


@pytest.fixture
def answered(home: Path, hyoka: Hyoka) -> str:
    """The id of an answer to QUESTION."""
    found = re.search(r"記録: hyoka trace ([0-9a-f]+)\n$", hyoka("ask", QUESTION).out)
    assert found
    return found[1]


def test_ask_keeps_its_answer(answered: str, kept: Conversations, hyoka: Hyoka) -> None:
    assert kept.turn(answered).trace.question == QUESTION
    data = json.loads(hyoka("ask", QUESTION, "--json").out)
    assert kept.turn(data["id"]).trace.answer.as_dict() == data
    assert len(kept.recent()) == 2


def test_a_batch_and_a_refused_question_are_not_kept(
    home: Path, kept: Conversations, hyoka: Hyoka, tmp_path: Path
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"question": QUESTION}), "utf-8")
    assert json.loads(hyoka("ask", "--batch", str(path)).out)["id"] == ""
    assert "記録:" not in hyoka("ask", "個人番号 123456789018 の人は？").out
    assert kept.recent() == []


def test_trace_of_one_answer(answered: str, hyoka: Hyoka) -> None:
    done = hyoka("trace", answered)
    assert done.status == 0
    text = done.out
    assert f"質問: {QUESTION}" in text
    assert "言語モデル: なし" in text
    assert re.search(r"自治体 +青嶺市", text)
    assert re.search(r"記載をさがす +[\d.]+ ms", text)
    assert "文ごとの照合" not in text
    assert text.index("理解したこと") < text.index("手順") < text.index("\n回答\n") < text.index("出典\n[1]")


def test_trace_tells_all_that_was_kept(kept: Conversations, hyoka: Hyoka) -> None:
    conversation = kept.start("")
    kept.keep(trace("old"), conversation.id)
    kept.say("old", False, "足りない", "二件目")
    kept.keep(trace("new"), conversation.id, replaces="old")
    text = hyoka("trace", "old").out
    for part in (
        "解釈した質問: 甲市の委託先は？",
        "絞り込み: 甲市、II",
        "言語モデル: ollama:tiny",
        f"会話: {conversation.id}(1番目、答え直して新しい回答に替わったもの)",
        "評価: 👎 足りない 二件目",
        "[c1]",
        "「エイ」",
        "0123456789ab",
        "○ 株式会社エイです。",
        "× ビイです。",
        "名前がありません",
    ):
        assert part in text
    data = json.loads(hyoka("trace", "old", "--json").out)
    assert data["verdicts"][1]["reason"] == "名前がありません"
    assert data["replaced"] is True


def test_a_question_does_not_reach_the_terminal_as_a_command(kept: Conversations, hyoka: Hyoka) -> None:
    kept.keep(trace("a", "委託先\x1b]0;題\x07は？"))
    kept.say("a", True, comment="良い\x1b[2J")
    for arguments in (["trace"], ["trace", "a"], ["feedback"]):
        assert "\x1b" not in hyoka(*arguments).out.split("\n回答\n")[0]


def test_the_last_answers_are_listed(kept: Conversations, hyoka: Hyoka) -> None:
    assert "まだありません" in hyoka("trace").err
    for number in range(25):
        kept.keep(trace(f"id{number:02}", f"質問{number}"))
    kept.keep(trace("last", "最後の質問", status=Status.NOT_STATED, model=None))
    text = hyoka("trace").out
    assert len(re.findall(r"id\d\d", text)) + text.count("last") == 20
    assert re.search(r"2026/04/01 \d\d:\d\d +質問0 +回答 +ollama:tiny +id00", text)
    assert len(json.loads(hyoka("trace", "--json").out)) == 20


def test_an_unknown_answer(home: Path, hyoka: Hyoka) -> None:
    done = hyoka("trace", "unknown")
    assert (done.status, done.out) == (1, "")
    assert "記録はありません" in done.err


def test_a_record_is_deleted(answered: str, kept: Conversations, hyoka: Hyoka) -> None:
    assert hyoka("trace", "--delete").status == 2
    assert len(kept.recent()) == 1
    assert f"削除しました: {answered}" in hyoka("trace", answered, "--delete").out
    assert kept.recent() == []
    assert hyoka("trace", answered, "--delete").status == 1


def test_feedback_is_listed(kept: Conversations, hyoka: Hyoka) -> None:
    assert "まだありません" in hyoka("feedback").err
    kept.keep(trace("good"))
    kept.keep(trace("bad"))
    kept.say("good", True)
    kept.say("bad", False, "読みにくい", "長い")
    text = hyoka("feedback").out
    assert re.search(r"👎 +読みにくい 長い +委託先は？ +bad", text)
    assert re.search(r"👍 +委託先は？ +good", text)
    only = json.loads(hyoka("feedback", "--bad", "--json").out)
    assert [(f["turn"], f["question"], f["reason"], f["made_case"]) for f in only] == [
        ("bad", "委託先は？", "読みにくい", False)
    ]


def test_cases_are_made_once(answered: str, kept: Conversations, hyoka: Hyoka, tmp_path: Path) -> None:
    kept.say(answered, True)
    conversation = kept.start("")
    kept.keep(trace("first", "甲市の委託は？"), conversation.id)
    kept.keep(trace("next", "そこの再委託は？"), conversation.id)
    kept.say("next", False, "足りない")
    path = tmp_path / "cases.jsonl"
    assert "1件の事例" in hyoka("feedback", "--bad", "--cases", str(path)).out
    assert "1件の事例" in hyoka("feedback", "--cases", str(path)).out
    done = hyoka("feedback", "--cases", str(path))
    assert (done.status, done.out) == (0, "")
    assert "ありません" in done.err
    bad, good = read_cases(path)
    assert (bad.earlier, bad.question, bad.documents) == (("甲市の委託は？",), "そこの再委託は？", ())
    assert (good.question, good.documents, good.section) == (QUESTION, ("青嶺市-11",), "II.4")
    assert re.search(r"済 +next", hyoka("feedback", "--bad").out)
    kept.say("next", False, "読みにくい")
    done = hyoka("feedback", "--cases", str(path))
    assert "0件の事例" in done.out
    assert "feedback-next" in done.err


def test_cases_that_cannot_be_written_are_not_counted_as_made(
    kept: Conversations, hyoka: Hyoka, tmp_path: Path
) -> None:
    kept.keep(trace("a"))
    kept.say("a", True)
    done = hyoka("feedback", "--cases", str(tmp_path / "no" / "cases.jsonl"))
    assert done.status == 2
    assert "書き込めません" in done.err
    assert not kept.feedbacks()[0][0].made_case

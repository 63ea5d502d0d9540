"""ask: readable, as JSON, by the file; statuses and exit statuses."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from rag.types import Status
from tests.cli.conftest import Hyoka
from tests.fakes_api import CONTRACTOR, FakeAnswerer

KEYS = {
    "question", "status", "answer", "rows", "citations", "coverage", "composed_by", "model", "warnings", "suggestions",
    "id", "interpreted", "checked", "notice",
}  # fmt: skip


@pytest.fixture
def answerer(monkeypatch: pytest.MonkeyPatch) -> FakeAnswerer:
    """Stands in for the answering side."""
    fake = FakeAnswerer(max_chars=200)
    monkeypatch.setattr("api.commands.ask.answerer_of", lambda library, settings, keep=None: fake)
    return fake


def test_readable_answer(hyoka: Hyoka, answerer: FakeAnswerer) -> None:
    done = hyoka("ask", "委託先は？", "--municipality", "甲市", "--document", "甲市-1", "--part", "II")
    assert done.status == 0
    text = done.out
    assert "委託先は 1件 です。[1]" in text
    assert "│" in text
    assert "[1] 青葉野市-7 Ⅱ.4 委託事項1 ③委託先名(令和7年4月1日公表)" in text
    assert f"「{CONTRACTOR}」" in text
    assert "調べた評価書 2件 うち該当 1件、読取不可 1件" in text
    assert "注意: 記載の食い違い" in text
    assert text.index("委託先は 1件") < text.index("│") < text.index("出典\n") < text.index("調べた評価書")
    filters = answerer.asked[0][1]
    assert (filters.municipalities, filters.documents, filters.parts) == (("甲市",), ("甲市-1",), ("II",))


def test_a_part_that_the_form_does_not_have(hyoka: Hyoka, answerer: FakeAnswerer) -> None:
    done = hyoka("ask", "委託先は？", "--part", "Ⅱ", "--part", "IX")
    assert done.status == 2
    assert "章「IX」はありません。指定できる章は 表紙、I、II、" in done.err
    assert not answerer.asked
    assert hyoka("ask", "委託先は？", "--part", "Ⅱ").status == 0
    assert answerer.asked[0][1].parts == ("II",)


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.ANSWERED])
def test_no_status_is_an_error(hyoka: Hyoka, answerer: FakeAnswerer, status: Status) -> None:
    done = hyoka("ask", f"{status.value} の質問")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("【")


def test_json_is_the_contract(hyoka: Hyoka, answerer: FakeAnswerer) -> None:
    data = json.loads(hyoka("ask", "委託先は？", "--json").out)
    assert set(data) == KEYS
    assert data["rows"][0]["委託先名"] == CONTRACTOR


def test_the_real_answerer_cites_the_sample(hyoka: Hyoka) -> None:
    data = json.loads(hyoka("ask", "青嶺市の国民健康保険の委託先は？", "--json").out)
    assert data["status"] == "answered"
    assert {c["document"] for c in data["citations"]} == {"青嶺市-11"}


@pytest.mark.parametrize("arguments", [[], [""], ["  "], ["質問", "--batch", "x.jsonl"], ["長" * 300]])
def test_bad_questions_end_with_2(hyoka: Hyoka, answerer: FakeAnswerer, arguments: list[str]) -> None:
    done = hyoka("ask", *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith("。\n")


def test_batch_answers_in_order(hyoka: Hyoka, answerer: FakeAnswerer, tmp_path: Path) -> None:
    questions = [f"質問 {n}" for n in range(5)]
    path = tmp_path / "questions.jsonl"
    lines = [json.dumps({"id": n, "question": q}, ensure_ascii=False) for n, q in enumerate(questions)]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*lines, "", ""]).encode())
    done = hyoka("ask", "--batch", str(path), "--json")
    assert [json.loads(line)["question"] for line in done.out.splitlines()] == questions


def test_batch_from_stdin(hyoka: Hyoka, answerer: FakeAnswerer, monkeypatch: pytest.MonkeyPatch) -> None:
    data = '{"question": "あ"}\n'.encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert json.loads(hyoka("ask", "--batch", "-").out)["question"] == "あ"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "JSON"),
        ("[1]", "question"),
        ('{"q": "あ"}', "question"),
        ('{"question": 3}', "question"),
        ('{"question": " "}', "空"),
        ("[" * 100_000, ""),
    ],
)
def test_a_bad_line_is_named_and_nothing_answered(
    hyoka: Hyoka, answerer: FakeAnswerer, tmp_path: Path, line: str, word: str
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "あ"}\n\n' + line + "\n", "utf-8")
    done = hyoka("ask", "--batch", str(path))
    assert (done.status, done.out) == (2, "")
    assert "3行目" in done.err
    assert word in done.err


def test_a_question_too_long_in_a_batch_is_named(hyoka: Hyoka, answerer: FakeAnswerer, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "あ"}\n{"question": "' + "長" * 300 + '"}\n', "utf-8")
    done = hyoka("ask", "--batch", str(path))
    assert done.status == 2
    assert len(done.out.splitlines()) == 1
    assert done.err.startswith("2行目")


def test_batch_files_that_cannot_be_read(hyoka: Hyoka, tmp_path: Path) -> None:
    wrong = tmp_path / "sjis.jsonl"
    wrong.write_bytes('{"question": "あ"}\n'.encode() + '{"question": "表"}\n'.encode("cp932"))
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(b"\n")
    for path, word in (
        (wrong, "2行目"),
        (empty, "空"),
        (tmp_path / "none.jsonl", "none.jsonl"),
        (tmp_path, "開けません"),
    ):
        done = hyoka("ask", "--batch", str(path))
        assert done.status == 2
        assert word in done.err

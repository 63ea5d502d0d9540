"""eval: figures side by side, the report that is kept, comparison with an earlier one, exit statuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import CountingEncoder, ScriptedModel

from api.commands.eval import default_folder
from api.revision import revision
from api.setups import read_setups
from rag import library as library_module
from rag.errors import BadQuestion, SettingsError
from rag.settings import Settings
from tests.cli.conftest import Hyoka, Outcome

RIGHT = {
    "id": "ok", "type": "list", "question": "青嶺市の国民健康保険の委託先は？", "must": [["青嶺みらいシステムズ"]],
    "documents": ["青嶺市-11"], "section": "II.4",
}  # fmt: skip
LACKING = {**RIGHT, "id": "lacking", "type": "fact", "must": [["どこにもない会社"]]}
WRONG = {**RIGHT, "id": "wrong", "type": "fact", "must_not": ["青嶺みらいシステムズ"]}
ABSENT = {"id": "absent", "type": "absent", "question": "横浜市の国民健康保険の委託先は？", "abstain": True}
UNSETTLED = {"id": "feedback", "question": "青嶺市の国保の問合せ先は？", "must": []}

Evaluate = Callable[..., tuple[Outcome, dict[str, Any]]]


@pytest.fixture
def evaluate(hyoka: Hyoka, tmp_path: Path) -> Evaluate:
    """Runs the command on a set of these cases; gives what it wrote, and the report that it kept."""

    def run(cases: list[dict[str, Any]], *arguments: str) -> tuple[Outcome, dict[str, Any]]:
        path, out = tmp_path / "set.jsonl", tmp_path / "out"
        path.write_text("\n".join(json.dumps(case, ensure_ascii=False) for case in cases), "utf-8")
        before = set(out.glob("*.json"))
        done = hyoka("eval", str(path), "--out", str(out), *arguments)
        (kept,) = set(out.glob("*.json")) - before
        assert f"結果: {kept}" in done.err
        return done, json.loads(kept.read_text("utf-8"))

    return run


def row(table: str, name: str) -> list[str]:
    """The cells of one line of the table."""
    line = next(line for line in table.splitlines() if line.strip().startswith(name))
    return re.split(r"\s{2,}", line.strip())[1:]


def test_figures_and_what_falls_short(evaluate: Evaluate) -> None:
    done, report = evaluate([RIGHT, LACKING, WRONG, ABSENT, UNSETTLED])
    assert done.status == 0
    assert row(done.out, "正しい") == ["2/4(50%)"]
    assert row(done.out, "誤り・作り話") == ["1"]
    assert row(done.out, "答えられない質問に答えない") == ["1/1(100%)"]
    assert row(done.out, "モデルの文を示した回答") == ["0/4(0%)"]
    assert row(done.out, "トークン") == ["0 / 0"]
    assert row(done.out, "fact") == ["0/2(0%)"]
    assert "・ lacking" in done.out
    assert "「どこにもない会社」がない" in done.out
    assert "× wrong" in done.out
    assert "要確認 1問" in done.out
    assert report["revision"] == revision()
    (run,) = report["runs"]
    assert (run["name"], run["model"], run["figures"]["unsettled"]) == ("なし", None, 1)
    assert [case["passed"] for case in run["results"][:4]] == [True, False, False, True]
    assert run["results"][0]["answer"]["citations"][0]["document"] == "青嶺市-11"


def test_json_is_the_report(evaluate: Evaluate) -> None:
    done, report = evaluate([RIGHT], "--json")
    assert json.loads(done.out) == report


def test_the_name_tells_what_was_measured(evaluate: Evaluate) -> None:
    done, _ = evaluate([RIGHT])
    assert re.search(rf"eval-{re.escape(revision())}-\d{{8}}-\d{{6}}\.json$", done.err.strip())


@pytest.mark.parametrize(
    ("bars", "status"),
    [
        (["--min-correct", "2", "--max-wrong", "1"], 0),
        (["--min-correct", "3"], 1),
        (["--max-wrong", "0"], 1),
        ([], 0),
    ],
)
def test_bars_make_the_exit_status(evaluate: Evaluate, bars: list[str], status: int) -> None:
    assert evaluate([RIGHT, ABSENT, WRONG], *bars)[0].status == status


def test_only_some_types(evaluate: Evaluate) -> None:
    _, report = evaluate([RIGHT, LACKING, ABSENT], "--only", "list", "--only", "absent")
    assert [case["id"] for case in report["runs"][0]["results"]] == ["ok", "absent"]


def test_compared_with_an_earlier_report(evaluate: Evaluate, tmp_path: Path) -> None:
    evaluate([RIGHT, {**WRONG, "must_not": []}, LACKING])
    (old,) = (tmp_path / "out").glob("*.json")
    earlier = old.rename(tmp_path / "old.json")
    done, _ = evaluate([RIGHT, WRONG, {**LACKING, "must": [["そらいろ帳票印刷"]]}], "--compare", str(earlier))
    assert "前回との比較(3問) 正しい 2/3(67%) → 2/3(67%)、誤り・作り話 0 → 1" in done.out
    assert "良くなった lacking" in done.out
    assert "悪くなった wrong" in done.out
    assert done.out.count("良くなった") == 1


def test_settings_side_by_side(evaluate: Evaluate, monkeypatch: pytest.MonkeyPatch) -> None:
    model = ScriptedModel()
    model.enqueue("株式会社にせもの商会に委託しています[c1]。")
    monkeypatch.setattr("rag.llm.open_model", lambda settings: model if settings.llm else None)
    secret = "s3cr3t-key"
    done, report = evaluate([RIGHT], "--with", "なし", "--with", f"A=llm=openai:m,llm_api_key={secret}")
    assert row(done.out, "正しい") == ["1/1(100%)", "1/1(100%)"]
    assert row(done.out, "確認できた文") == ["—", "0/1(0%)"]
    without, with_model = report["runs"]
    assert (without["model"], with_model["model"]) == (None, "scripted:model")
    assert with_model["changes"] == {"llm": "openai:m", "llm_api_key": "***"}
    assert with_model["results"][0]["prompt_tokens"] > with_model["results"][0]["answer_tokens"] > 0
    assert model.closed
    assert secret not in json.dumps(report) + done.out + done.err


def test_another_encoder_answers_from_a_copy(evaluate: Evaluate, hyoka: Hyoka, monkeypatch: pytest.MonkeyPatch) -> None:
    real = library_module.open_encoder
    monkeypatch.setattr(
        library_module, "open_encoder", lambda choice: CountingEncoder() if choice == "other" else real(choice)
    )
    done, report = evaluate([RIGHT], "--with", "今=encoder=bundled", "--with", "X=encoder=other")
    assert "counting で索引の写しを作っています" in done.err
    assert [run["encoder"] for run in report["runs"]] == ["use-multilingual-v3", "counting"]
    assert row(done.out, "正しい") == ["1/1(100%)", "1/1(100%)"]
    assert hyoka("ask", "青嶺市の国民健康保険の委託先は？").err == ""


def test_documents_that_are_not_here_are_told(hyoka: Hyoka, tmp_path: Path) -> None:
    done = hyoka("eval", "--out", str(tmp_path))
    assert done.status == 0
    told = next(line for line in done.err.splitlines() if "収録していないもの" in line)
    assert "川口市-22" in told
    assert "青嶺市-11" not in told


def test_nothing_collected_yet(empty_hyoka: Hyoka, tmp_path: Path) -> None:
    done = empty_hyoka("eval", "--out", str(tmp_path))
    assert (done.status, done.out) == (1, "")
    assert "hyoka load" in done.err


def test_faults_of_the_command_line(hyoka: Hyoka, tmp_path: Path) -> None:
    assert hyoka("eval", str(tmp_path / "無い.jsonl")).status == 2
    assert hyoka("eval", "--only", "無い種類").status == 2
    assert hyoka("eval", "--compare", str(tmp_path / "無い.json")).status == 2
    assert hyoka("eval", "--with", "A=無い設定=1").status == 2
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = hyoka("eval", "--only", "absent", "--out", str(blocked))
    assert (done.status, "--out" in done.err) == (1, True)


def test_setups() -> None:
    (setup,) = read_setups(["A=llm=openai:a,b,llm_base_url=http://u:p@host/v1,llm_max_tokens=5"])
    assert setup.name == "A"
    assert dict(setup.changes) == {"llm": "openai:a,b", "llm_base_url": "http://u:p@host/v1", "llm_max_tokens": "5"}
    assert setup.settings.llm_max_tokens == 5
    assert setup.shown_changes()["llm_base_url"] == "http://u:***@host/v1"
    assert [s.name for s in read_setups(["なし", "今"])] == ["なし", "今"]


def test_the_setting_of_the_environment_stands_beside_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HYOKA_LLM", raising=False)
    assert [s.name for s in read_setups([])] == ["なし"]
    monkeypatch.setenv("HYOKA_LLM", "ollama:m")
    setups = read_setups([])
    assert [(s.name, s.settings.llm) for s in setups] == [("なし", ""), ("ollama:m", "ollama:m")]


@pytest.mark.parametrize("written", [["A=llm"], ["=llm=x"], ["A=nothing=1"], ["A=llm=x", "A=llm=y"], [""]])
def test_settings_that_cannot_be_understood(written: list[str]) -> None:
    with pytest.raises(BadQuestion, match="--with"):
        read_setups(written)


def test_values_that_cannot_be_used() -> None:
    with pytest.raises(SettingsError, match="HYOKA_PORT"):
        read_setups(["A=port=x"])


def test_where_reports_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (setup,) = read_setups([f"A=home={tmp_path / 'home'}"])
    assert isinstance(setup.settings, Settings)
    tree = tmp_path / "tree"
    (tree / "below").mkdir(parents=True)
    monkeypatch.setattr("api.commands.eval.source_tree", lambda: tree)
    monkeypatch.chdir(tree / "below")
    assert default_folder(setup) == tree / "below" / "build"
    monkeypatch.chdir(tmp_path)
    assert default_folder(setup) == tmp_path / "home" / "evals"
    monkeypatch.setattr("api.commands.eval.source_tree", lambda: None)
    monkeypatch.chdir(tree)
    assert default_folder(setup) == tmp_path / "home" / "evals"

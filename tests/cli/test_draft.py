"""`hyoka draft`: one item, the whole form, a batch; files of every kind; bad profiles and batches said plainly."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.read import read_assessment

from .conftest import DOCUMENT, Outcome

Hyoka = Callable[..., Outcome]
FACTS = {
    "body": "汐見町長",
    "city": "汐見町",
    "duty": "介護保険に関する事務",
    "department": "福祉課介護係",
    "people": "1,000人以上1万人未満",
    "systems": ["介護保険システム"],
    "authentication": "職員ごとのIDとパスワード",
    "contracts": [{"title": "介護保険システムの保守", "handlers": "10人未満", "subcontract": "再委託しない"}],
    "contact": "汐見町総務課 00-0000-0000",
}


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "町.yaml"
    path.write_text(json.dumps(FACTS, ensure_ascii=False), "utf-8")
    return path


def _batch(path: Path, *tasks: object) -> str:
    path.write_text("".join(json.dumps(t, ensure_ascii=False) + "\n" for t in tasks), "utf-8")
    return str(path)


def test_an_item_is_told_with_basis_and_source(hyoka: Hyoka, profile: Path) -> None:
    told = hyoka("draft", "IV.1", "--profile", str(profile))
    assert told.status == 0
    assert f"出典 {DOCUMENT} IV.1 ②" in told.out
    assert "？ 【要確認: " in told.out
    assert "実施する義務を負います" in told.out
    assert "青嶺市に" not in told.out


def test_json_keeps_the_contract(hyoka: Hyoka, profile: Path) -> None:
    value = json.loads(hyoka("draft", "IV.1", "--profile", str(profile), "--json").out)
    assert value["item"] == "IV.1"
    assert value["peers"] == [DOCUMENT]
    sentences = [s for f in value["fields"] for s in f["sentences"]]
    assert {s["basis"] for s in sentences} <= {"peer", "model_text", "profile", "placeholder"}
    assert all(s["citations"] for s in sentences if s["basis"] in {"peer", "model_text"})
    assert any("汐見町総務課" in s["text"] and s["basis"] == "profile" for s in sentences)


def test_a_batch_is_answered_line_by_line_in_order(hyoka: Hyoka, tmp_path: Path) -> None:
    tasks = [{"id": f"t{n}", "profile": FACTS, "item": item} for n, item in enumerate(("III.3", "Ⅲ．4", "II.6"))]
    told = hyoka("draft", "--batch", _batch(tmp_path / "t.jsonl", *tasks), "--json")
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [(line["id"], line["item"]) for line in lines] == [("t0", "III.3"), ("t1", "III.4"), ("t2", "II.6")]


def test_a_batch_may_know_more_than_a_draft_needs(hyoka: Hyoka, tmp_path: Path) -> None:
    task = {"profile": {**FACTS, "mascot": "しおみん"}, "item": "III.3"}
    told = hyoka("draft", "--batch", _batch(tmp_path / "t.jsonl", task), "--json")
    assert told.status == 0
    assert "使わない項目があります: mascot" in told.err


def test_recipients_of_a_batch_in_their_plain_forms(hyoka: Hyoka, tmp_path: Path) -> None:
    recipients = [{"kind": "移転", "name": "税務課", "purpose": "賦課に関する事務"}, "都道府県知事"]
    task = {"profile": {**FACTS, "recipients": recipients}, "item": "II.5"}
    told = hyoka("draft", "--batch", _batch(tmp_path / "t.jsonl", task), "--json")
    said = {f["section"]: f["sentences"][0]["text"] for f in json.loads(told.out)["fields"] if f["sentences"]}
    assert (said["II.5 提供先1"], said["II.5 移転先1"]) == ("都道府県知事", "税務課")
    assert said["II.5 移転先1 ②"] == "賦課に関する事務"
    assert told.err == ""


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("nothing", "の形ではありません"),
        ({"profile": {}}, "item がありません"),
        ({"profile": {"city": ["甲", {}]}, "item": "III.4"}, "city"),
        ({"profile": FACTS, "item": "III.99"}, "項目「III.99」は起案できません"),
        ({"profile": {"contact": "個人番号 1234 5678 9018"}, "item": "IV.1"}, "個人番号"),
    ],
)
def test_a_bad_line_of_a_batch_is_named(hyoka: Hyoka, tmp_path: Path, task: object, said: str) -> None:
    told = hyoka("draft", "--batch", _batch(tmp_path / "t.jsonl", {"profile": FACTS, "item": "III.4"}, task))
    assert told.status == 2
    assert "2行目" in told.err
    assert said in told.err
    assert "5678" not in told.err


def test_files_of_every_kind(hyoka: Hyoka, profile: Path, tmp_path: Path) -> None:
    names = ("案.xlsx", "案-出典.xlsx", "案.docx", "案.md", "案.txt")
    outs = [x for name in names for x in ("--out", str(tmp_path / name))]
    assert hyoka("draft", "--profile", str(profile), *outs).status == 0
    assert all(zipfile.is_zipfile(tmp_path / name) for name in names[:3])
    assert "【要確認" in (tmp_path / "案.md").read_text("utf-8")
    text = (tmp_path / "案.txt").read_text("utf-8").replace("【要確認: 評価書番号】", "7")
    (tmp_path / "読.txt").write_text(text, "utf-8")
    read = read_assessment(tmp_path / "読.txt")
    assert read.municipality == "汐見町"
    assert next(i.text for i in read.items if i.section == "II.4 委託事項1 ④") == "再委託しない"


def test_a_file_of_no_known_kind_is_refused(hyoka: Hyoka, profile: Path, tmp_path: Path) -> None:
    told = hyoka("draft", "--profile", str(profile), "--out", str(tmp_path / "案.pdf"))
    assert told.status == 2
    assert "書き出せません" in told.err
    assert not (tmp_path / "案.pdf").exists()


def test_facts_are_taken_from_a_collected_assessment(hyoka: Hyoka) -> None:
    shown = hyoka("draft", "--from", DOCUMENT, "--show-profile")
    assert "city: 青嶺市" in shown.out
    assert "国民健康保険に関する事務" in shown.out
    told = hyoka("draft", "--from", DOCUMENT, "--peers")
    assert DOCUMENT not in told.out  # nobody is a model for himself


def test_peers_with_reasons(hyoka: Hyoka, profile: Path) -> None:
    told = hyoka("draft", "--profile", str(profile), "--peers", "--json")
    peer = json.loads(told.out)
    assert peer["document"] == DOCUMENT
    assert {r["name"] for r in peer["reasons"]} == {
        "事務",
        "新しさ",
        "様式",
        "対象人数",
        "システムと設置場所",
        "自己評価",
    }
    assert 0 < peer["score"] <= 1


def test_nothing_collected_still_gives_a_draft_of_questions(empty_hyoka: Hyoka, profile: Path) -> None:
    value = json.loads(empty_hyoka("draft", "III.3", "--profile", str(profile), "--json").out)
    bases = {s["basis"] for f in value["fields"] for s in f["sentences"]}
    assert bases == {"profile", "placeholder"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("III.4",), "--profile FILE.yaml か --from"),
        (("--from", "乙市-1"), "収録していません"),
        (("--profile", "なし.yaml"), "開けません"),
        (("--batch", "x.jsonl", "III.4"), "一緒に使えません"),
    ],
)
def test_a_wrong_command_line_is_said_plainly(hyoka: Hyoka, arguments: tuple[str, ...], said: str) -> None:
    told = hyoka("draft", *arguments)
    assert told.status in {1, 2}
    assert said in told.err

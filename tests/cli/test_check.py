"""`hyoka check`: by document and severity, as JSON and a workbook, with dismissals and exit statuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

from .conftest import DOCUMENT, ROOT, SAMPLE, Outcome, run

Hyoka = Callable[..., Outcome]
SPOILED = ROOT / "samples" / "川崎市-14.txt"
IN_TIME, LATER = ("--today", "2026-04-01"), ("--today", "2026-12-01")


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hyoka:
    """The command over a library of its own, which may be written."""
    monkeypatch.setenv("HYOKA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    assert run("load", str(SPOILED)).status == 0
    return run


def test_a_sound_document(hyoka: Hyoka) -> None:
    told = hyoka("check", *IN_TIME)
    assert told.status == 0
    assert told.out.startswith(f"{DOCUMENT} 国民健康保険に関する事務(令和7年6月30日公表)\n")
    assert "指摘はありません" in told.out


def test_findings_are_an_outcome_not_a_fault(hyoka: Hyoka) -> None:
    told = hyoka("check", DOCUMENT, *LATER)
    assert told.status == 0
    assert "【参考】" in told.out
    assert "1年を過ぎています" in told.out


def test_fits_80_columns_gravest_first(own_home: Hyoka) -> None:
    out = own_home("check", *LATER).out
    assert max(map(cell_len, out.splitlines())) <= 82  # a 、 or 」 may hang over
    assert out.index("【要修正】") < out.index("【要確認】") < out.index("【参考】")
    assert "要修正2件、要確認3件、参考2件" in out


def test_json_is_a_finding_a_line(own_home: Hyoka) -> None:
    lines = [json.loads(line) for line in own_home("check", "--json", *LATER).out.splitlines()]
    assert {line["document"] for line in lines} == {"川崎市-14"}
    assert {"family", "rule", "severity", "sections", "message", "citations", "key"} <= set(lines[0])


def test_a_file_is_checked_without_being_loaded(hyoka: Hyoka) -> None:
    told = hyoka("check", str(SPOILED), "--json", *LATER)
    assert told.status == 0
    assert "静脈認証" in told.out
    assert hyoka("show", "川崎市-14").status == 1


def test_dismiss_show_and_restore(own_home: Hyoka) -> None:
    key = json.loads(own_home("check", "--json").out.splitlines()[0])["key"]
    assert own_home("check", "--dismiss", key, "--reason", "別の端末のため").status == 0
    hidden = own_home("check")
    assert key not in hidden.out
    assert "却下した指摘が1件あります" in hidden.out
    assert key not in own_home("check", "--json").out
    assert "別の端末のため" in own_home("check", "--all").out
    assert own_home("check", "--restore", key).status == 0
    assert key in own_home("check").out


def test_workbook(own_home: Hyoka, tmp_path: Path) -> None:
    path = tmp_path / "指摘.xlsx"
    told = own_home("check", "--xlsx", str(path), *LATER)
    assert (told.status, told.out) == (0, f"7件の指摘を {path} に書きました。\n")
    sheet = openpyxl.load_workbook(path)["指摘"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:6] == ("評価書", "公表日", "区分", "種類", "場所", "内容")
    assert len(rows) == 8
    assert {row[0] for row in rows[1:]} == {"川崎市-14"}
    again = own_home("check", "--xlsx", str(path))
    assert again.status == 2
    assert "すでにあります" in again.err


def test_a_workbook_that_cannot_be_written(own_home: Hyoka, tmp_path: Path) -> None:
    told = own_home("check", "--xlsx", str(tmp_path / "ない" / "指摘.xlsx"))
    assert told.status == 1
    assert "書けません" in told.err


def test_no_cell_is_a_formula(own_home: Hyoka, tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8").replace("青嶺市長", "=HYPERLINK(0)市長").replace("[システム用ファイル]", "[]")
    (tmp_path / "式.txt").write_text(text, "utf-8")
    own_home("check", str(tmp_path / "式.txt"), "--xlsx", str(tmp_path / "式.xlsx"))
    cells = [c for row in openpyxl.load_workbook(tmp_path / "式.xlsx").active.iter_rows() for c in row]
    assert any(str(c.value).startswith("'=HYPERLINK") for c in cells)
    assert "f" not in {c.data_type for c in cells}


def test_nothing_collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYOKA_HOME", str(tmp_path))
    told = run("check")
    assert (told.status, told.out) == (0, "")
    assert "hyoka load" in told.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("ない市-1",), 1, "収録していません"),
        (("ない.txt",), 1, "ファイルがありません"),
        (("--dismiss", "0123456789"), 2, "--reason"),
        (("--reason", "理由"), 2, "--dismiss"),
        (("--dismiss", "0123456789", "--reason", "理由"), 1, "指摘"),
        (("--restore", "0123456789"), 1, "却下されていません"),
        (("--dismiss", "a", "--reason", "b", "--restore", "a"), 2, "どちらか一方"),
        (("--json", "--xlsx", "a.xlsx"), 2, "どちらか一方"),
        (("--today", "明日"), 2, "2026-04-01"),
        (("--ない",), 2, "オプション"),
    ],
)
def test_what_is_wrong(hyoka: Hyoka, arguments: tuple[str, ...], status: int, said: str) -> None:
    told = hyoka("check", *arguments)
    assert told.status == status
    assert said in told.err

"""`hyoka compare`: a table in the terminal, JSON, a workbook, and sentences for what cannot be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

from .conftest import DOCUMENT, ROOT, Outcome, run

Hyoka = Callable[..., Outcome]


@pytest.fixture(scope="module")
def two_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with two samples; only for reading."""
    home = tmp_path_factory.mktemp("two")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HYOKA_HOME", str(home))
        assert run("load", *(str(ROOT / "samples" / f"{n}.txt") for n in (DOCUMENT, "川崎市-53"))).status == 0
    return home


@pytest.fixture
def two(two_home: Path, monkeypatch: pytest.MonkeyPatch) -> Hyoka:
    monkeypatch.setenv("HYOKA_HOME", str(two_home))
    monkeypatch.setenv("COLUMNS", "100")
    return run


def test_the_table(two: Hyoka) -> None:
    told = two("compare", "Ⅲ.4", "--own", "青嶺市")
    assert told.status == 0
    assert told.out.startswith(
        "III.4 特定個人情報ファイルの取扱いの委託: 評価書2件を比べました(うち項目の全部か一部が読取不可 1件)"
    )
    assert "読取不可" in told.out
    assert "[1] 青嶺市-11 III.4" in told.out
    assert max(map(cell_len, told.out.split("読取不可: ")[0].splitlines()[1:])) <= 100


def test_gaps_are_marked(two: Hyoka) -> None:
    assert "▲" in two("compare", "III.3", "--own", "川崎市").out
    assert "▲" not in two("compare", "III.3").out


def test_json(two: Hyoka) -> None:
    found = json.loads(two("compare", "II.6", "青嶺市", "--json").out)
    assert found["coverage"]["considered"] == 1
    assert {"kind", "name", "counts", "cells"} <= set(found["rows"][0])


def test_workbook(two: Hyoka, tmp_path: Path) -> None:
    path = tmp_path / "比較.xlsx"
    assert two("compare", "III.3", "--own", "川崎市", "--xlsx", str(path)).status == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["比較", "出典", "不足"]
    table = list(book["比較"].values)
    assert [str(h).partition("\n")[0] for h in table[0][2:4]] == ["川崎市-53", "青嶺市-11"]
    assert any("二要素" in str(line[1]) for line in table)
    assert all(len(line) == 6 for line in book["出典"].values)
    assert any("他の1団体" in str(line[2]) for line in book["不足"].values)
    again = two("compare", "III.3", "--xlsx", str(path))
    assert again.status == 2
    assert "すでにあります" in again.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("II.4",), 2, "次のどれかを指定してください"),
        (("III.3", "赤城市"), 1, "赤城市"),
        (("III.3", "--own", "赤城市"), 1, "hyoka list"),
        (("III.3", "--json", "--xlsx", "x.xlsx"), 2, "どちらか一方"),
    ],
)
def test_what_cannot_be_compared(two: Hyoka, arguments: tuple[str, ...], status: int, said: str) -> None:
    told = two("compare", *arguments)
    assert told.status == status
    assert said in told.err


def test_nothing_collected(empty_hyoka: Hyoka) -> None:
    told = empty_hyoka("compare", "III.3")
    assert told.status == 1
    assert "hyoka load" in told.err

"""load, remove, reindex: what they do and what they report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import DOCUMENT, SAMPLE, Hyoka


def documents(hyoka: Hyoka) -> list[str]:
    """Ids of what is collected."""
    return [version["document"] for version in json.loads(hyoka("list", "--json").out)]


def test_load_reports_each_file_and_goes_on(empty_hyoka: Hyoka, tmp_path: Path) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    (folder / "空.txt").write_bytes(b"")
    (folder / "別の文.txt").write_text("きょうは晴れです。", "utf-8")
    (folder / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    done = empty_hyoka("load", str(folder))
    assert done.status == 1
    assert "追加 1件" in done.out
    assert "失敗 2件" in done.out
    assert documents(empty_hyoka) == [DOCUMENT]
    again = empty_hyoka("load", str(folder / SAMPLE.name))
    assert again.status == 0
    assert "変更なし 1件" in again.out


def test_load_of_nothing(empty_hyoka: Hyoka, tmp_path: Path) -> None:
    missing = empty_hyoka("load", str(tmp_path / "nowhere"))
    assert missing.status == 1
    assert "失敗 1件" in missing.out
    (tmp_path / "bare").mkdir()
    assert empty_hyoka("load", str(tmp_path / "bare")).status in (0, 1)
    assert empty_hyoka("load").status == 2


def test_remove_asks_first(empty_hyoka: Hyoka, monkeypatch: pytest.MonkeyPatch) -> None:
    empty_hyoka("load", str(SAMPLE))
    for reply, status, left in (("n", 1, [DOCUMENT]), ("y", 0, [])):
        monkeypatch.setattr("builtins.input", lambda reply=reply: reply)
        done = empty_hyoka("remove", DOCUMENT)
        assert (done.status, documents(empty_hyoka)) == (status, left)


def test_remove_without_a_person_or_a_document(empty_hyoka: Hyoka, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    empty_hyoka("load", str(SAMPLE))
    assert empty_hyoka("remove", DOCUMENT).status == 1
    assert documents(empty_hyoka) == [DOCUMENT]
    assert empty_hyoka("remove", "無し町-1", "--yes").status == 1
    assert empty_hyoka("reindex").status == 0
    assert empty_hyoka("remove", DOCUMENT, "--yes").status == 0
    assert documents(empty_hyoka) == []


def test_repairs_are_told(empty_hyoka: Hyoka, tmp_path: Path) -> None:
    empty_hyoka("load", str(SAMPLE))
    for folder in (tmp_path / "home").iterdir():
        if folder.name.startswith("lexical"):
            for path in folder.rglob("*"):
                if path.is_file():
                    path.unlink()
    assert "修復: " in empty_hyoka("list").err
    assert empty_hyoka("list").err == ""

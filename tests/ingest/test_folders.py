"""Which files are read when folders are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import assessment_files


def names(*paths: Path) -> list[str]:
    return [p.name for p in assessment_files(paths)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "下").mkdir()
    for name in (
        "2.txt",
        "1.txt",
        "下/3.xlsx",
        "下/4.pdf",
        ".隠し.txt",
        "~$1.xlsx",
        "README.md",
        "作る.py",
        "Thumbs.db",
    ):
        (tmp_path / name).write_text("x")
    return tmp_path


def test_visible_files_below_in_order(folder: Path) -> None:
    assert names(folder) == ["1.txt", "2.txt", "3.xlsx", "4.pdf"]


def test_each_file_once(folder: Path) -> None:
    (folder / "同じ.txt").symlink_to(folder / "1.txt")
    assert names(folder, folder / "1.txt", folder / "下") == ["1.txt", "2.txt", "3.xlsx", "4.pdf"]


def test_a_loop_of_folders_ends(folder: Path) -> None:
    (folder / "下" / "上へ").symlink_to(folder)
    (folder / "輪").symlink_to(folder / "輪")
    assert names(folder) == ["1.txt", "2.txt", "3.xlsx", "4.pdf", "輪"]


def test_what_is_named_is_there_even_if_it_does_not_exist(tmp_path: Path) -> None:
    assert names(tmp_path / "ない.txt") == ["ない.txt"]


def test_a_folder_that_cannot_be_opened_is_there_to_say_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = Path.iterdir

    def refuse(path: Path):
        if path.name == "下":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert names(folder) == ["1.txt", "2.txt", "下"]

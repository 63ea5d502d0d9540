"""Folders that are swapped whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import snapshots


def text(content: str):
    return lambda folder: (folder / "text").write_text(content)


def test_the_newest_is_found_and_the_one_before_stays(tmp_path: Path) -> None:
    root = tmp_path / "index"
    assert snapshots.newest(root) is None
    made = [snapshots.publish(root, number, text(str(number))) for number in range(4)]
    found = snapshots.newest(root)
    assert found == made[3]
    assert (found.folder / "text").read_text() == "3"
    assert sorted(path for path in root.iterdir() if path.is_dir()) == sorted(m.folder for m in made[2:])


def test_a_fault_while_filling_leaves_the_old_one(tmp_path: Path) -> None:
    old = snapshots.publish(tmp_path, 1, text("old"))

    def fail(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        snapshots.publish(tmp_path, 2, fail)
    assert snapshots.newest(tmp_path) == old
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [old.folder.name]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"folder": "gone", "generation": 1}', '{"folder": "x"}'])
def test_a_damaged_pointer_counts_as_none(tmp_path: Path, damage: str) -> None:
    (tmp_path / snapshots.POINTER).write_text(damage)
    assert snapshots.newest(tmp_path) is None


def test_what_a_kill_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / "g1-left").mkdir()
    (tmp_path / f"{snapshots.POINTER}.aside").write_text("x")
    new = snapshots.publish(tmp_path, 2, text("new"))
    assert {path.name for path in tmp_path.iterdir()} == {new.folder.name, snapshots.POINTER}

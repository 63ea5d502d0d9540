"""`hyoka flow`: the drawing in a file, and sentences for what cannot be drawn or written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from .conftest import DOCUMENT, Outcome

Hyoka = Callable[..., Outcome]


def test_a_file(hyoka: Hyoka, tmp_path: Path) -> None:
    path = tmp_path / "図.svg"
    told = hyoka("flow", DOCUMENT, "--svg", str(path))
    assert told.status == 0
    assert str(path) in told.out
    assert "国民健康保険に関する事務" in path.read_text("utf-8")
    assert ET.parse(path).getroot().attrib["width"] == "277mm"


def test_a_file_that_is_there_stays(hyoka: Hyoka, tmp_path: Path) -> None:
    path = tmp_path / "図.svg"
    path.write_text("前の図", "utf-8")
    told = hyoka("flow", DOCUMENT, "--svg", str(path))
    assert told.status == 2
    assert "すでにあります" in told.err
    assert path.read_text("utf-8") == "前の図"


def test_what_cannot_be_drawn(hyoka: Hyoka, tmp_path: Path) -> None:
    assert hyoka("flow", "赤城市-1", "--svg", str(tmp_path / "x.svg")).status == 1
    assert not (tmp_path / "x.svg").exists()
    assert "--svg" in hyoka("flow", DOCUMENT).err or "FILE.svg" in hyoka("flow", DOCUMENT).err
    missing = hyoka("flow", DOCUMENT, "--svg", str(tmp_path / "ない" / "x.svg"))
    assert missing.status == 1
    assert "書けません" in missing.err

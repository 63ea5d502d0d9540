"""`hyoka reply`: the JSON of the contract, files in other encodings, a sentence for every wrong one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import DOCUMENT, Outcome

Hyoka = Callable[..., Outcome]
TEXT = "青嶺市の国民健康保険の担当の方へ。\n個人番号は123456789018です。委託先はどこですか。\n"
DESK = "青嶺市市民生活部国保年金課資格係 青嶺市中央一丁目1番1号 000-000-1234"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "手紙.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_letter_and_what_to_check(hyoka: Hyoka, letter: Path) -> None:
    told = hyoka("reply", str(letter))
    assert told.status == 0
    assert DESK in told.out
    assert "伏せたもの: 個人番号 1件" in told.err
    assert "宛名" in told.err
    assert "123456789018" not in told.out + told.err


def test_json(hyoka: Hyoka, letter: Path) -> None:
    told = json.loads(hyoka("reply", str(letter), "--json").out)
    assert list(told)[:7] == ["masked", "found", "questions", "letter", "desk", "citations", "status"]
    assert told["found"] == [{"kind": "個人番号", "count": 1}]
    assert told["questions"] == ["委託先はどこですか"]
    assert (told["desk"], told["status"], told["documents"]) == ("IV.2", "answered", [DOCUMENT])


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "utf-8-sig", "euc_jp"])
def test_encodings(hyoka: Hyoka, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert DESK in hyoka("reply", str(path)).out


def test_a_letter_in_english(hyoka: Hyoka, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Which company handles my health insurance data?", "utf-8")
    told = hyoka("reply", str(path), "--variant", "english", "--document", DOCUMENT)
    assert "Thank you for your enquiry." in told.out
    assert DESK in told.out


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "文面が空です"),
        (b" \r\n\x00", "文面が空です"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\xfd", "文字として読めません"),
        (b"a" * (1024 * 1024 + 1), "大きすぎます"),
        ("委託先は？".encode() * 5000, "長すぎます"),
    ],
)
def test_files_that_are_no_letter(hyoka: Hyoka, tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    told = hyoka("reply", str(path))
    assert (told.status, told.out) == (2, "")
    assert says in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "ファイルを指定してください"),
        (("nowhere.txt",), "ファイルがありません"),
        ((".",), "フォルダです"),
        (("-", "--variant", "poem"), "letter、mail、phone、easy、english から"),
        (("-", "--length", "huge"), "short、normal から"),
    ],
)
def test_wrong_command_lines(hyoka: Hyoka, arguments: tuple[str, ...], says: str) -> None:
    told = hyoka("reply", *arguments)
    assert told.status == 2
    assert says in told.err


def test_an_unknown_document(hyoka: Hyoka, letter: Path) -> None:
    told = hyoka("reply", str(letter), "--document", "青嶺市-99")
    assert told.status == 2
    assert f"選んでください: {DOCUMENT}" in told.err

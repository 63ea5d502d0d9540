"""Bad input: each gives exactly one clear Japanese sentence or two, says what to do, and names the file."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ingest.errors import IngestError, NotAssessment, NotText, UnknownFormat, UnreadableFile
from ingest.read import read_assessment
from ingest.readers.text import MAX_LINES
from tests.ingest.printed import print_form, sample

OTHER_TEXT = "会議の記録\n本日の議題は来年度の予算である。\n出席者は全員賛成した。\n" * 20
#: What each sentence asks for, at its end.
ASKS = re.compile(r"(?:ください|頼んでください)。$")


def failure(path: Path, **options: int) -> str:
    with pytest.raises(IngestError) as caught:
        read_assessment(path, **options)
    return str(caught.value)


def is_clear(sentence: str, name: str) -> bool:
    """The file's name, one line, an end that says what to do, no word of Python's."""
    body = sentence.removeprefix(f"{name}: ")
    return body != sentence and "\n" not in body and bool(ASKS.search(body)) and "Errno" not in body


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("空.txt", b"", NotText),
        ("空白.txt", " \n　\n".encode("cp932"), NotText),
        ("写真.txt", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, NotText),
        ("英文.txt", b"The quick brown fox.\n" * 9, NotText),
        ("議事録.txt", OTHER_TEXT.encode(), NotAssessment),
        ("議事録.txt", OTHER_TEXT.encode("utf-16"), NotAssessment),
        ("表紙だけ.txt", sample()[:400].encode(), NotAssessment),
        ("行数.txt", ("行\n" * (MAX_LINES + 2)).encode(), UnreadableFile),
        ("文書.docx", b"PK\x03\x04", UnknownFormat),
        ("拡張子なし", b"x", UnknownFormat),
    ],
)
def test_bad_content(tmp_path: Path, name: str, data: bytes, kind: type[IngestError]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(kind) as caught:
        read_assessment(path)
    assert is_clear(str(caught.value), name), str(caught.value)


def test_text_cut_in_mid_document_is_read_with_its_gaps(tmp_path: Path) -> None:
    whole = sample()
    path = tmp_path / "途中.txt"
    path.write_bytes(whole.encode()[: len(whole.encode()) * 2 // 3 + 1])
    assessment = read_assessment(path)
    assert {g.section for g in assessment.gaps} >= {"IV", "V"}


def test_text_cut_in_mid_character_says_so_among_its_gaps(tmp_path: Path) -> None:
    path = tmp_path / "途中.txt"
    path.write_bytes(print_form("様式3").text.rstrip().encode()[:-1])
    assert [g.reason for g in read_assessment(path).gaps if g.section == "全体"] == [
        "途中.txt: 末尾が文字の途中で切れています。原本と照らして確かめてください。"
    ]


def test_a_missing_file(tmp_path: Path) -> None:
    assert is_clear(failure(tmp_path / "ない.txt"), "ない.txt")
    assert is_clear(failure(tmp_path / "ないフォルダ"), "ないフォルダ")


def test_a_folder_given_as_a_file(tmp_path: Path) -> None:
    sentence = failure(tmp_path)
    assert is_clear(sentence, tmp_path.name)
    assert "フォルダ" in sentence


def test_a_dangling_link_and_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "切れ.txt").symlink_to(tmp_path / "どこにもない.txt")
    (tmp_path / "輪.txt").symlink_to(tmp_path / "輪.txt")
    assert is_clear(failure(tmp_path / "切れ.txt"), "切れ.txt")
    assert is_clear(failure(tmp_path / "輪.txt"), "輪.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.txt")
    assert is_clear(failure(tmp_path / "管.txt"), "管.txt")


def test_a_file_nobody_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "秘.txt"
    path.write_text(sample(), encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    sentence = failure(path)
    assert is_clear(sentence, "秘.txt")
    assert "権限" in sentence


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "壊.txt"
    path.write_text(sample(), encoding="utf-8")

    def fail(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert is_clear(failure(path), "壊.txt")


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.write_text(sample(), encoding="utf-8")
    assert is_clear(failure(path, max_bytes=100), "大.txt")

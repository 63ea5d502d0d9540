"""Hostile and huge input: reading costs time in proportion to the length, whatever the text."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from ingest.chunk import chunks
from ingest.errors import IngestError
from ingest.read import read_assessment
from ingest.readers.text import parse_lines
from tests.ingest.printed import read, sample

TEXT = sample()
N = 100_000
#: Ten times what the slowest took alone on a small machine; anything quadratic takes minutes.
LIMIT_S = 20.0


def behind(label: str, words: str) -> str:
    return TEXT.replace(f"{label}\t", f"{label}\t{words}", 1)


HOSTILE = {
    "brackets in boxes": lambda: behind("③他のシステムとの接続", "[" * N),
    "parentheses in boxes": lambda: behind("③他のシステムとの接続", "[○] その他 " + "(" * N),
    "blanks in boxes": lambda: behind("③他のシステムとの接続", "[○] その他 (" + " " * N + "x"),
    "parentheses": lambda: behind("②事務の内容", "(" * N),
    "blanks": lambda: behind("②事務の内容", "あ" + " " * N + "い"),
    "newlines": lambda: behind("②事務の内容", "\n" * N),
    "form feeds": lambda: behind("②事務の内容", "\f" * N),
    "tabs": lambda: behind("②事務の内容", "\t" * N),
    "headings": lambda: behind("②事務の内容", "【あ】" * N),
    "bullets": lambda: behind("②事務の内容", "・" * N),
    "backslashes": lambda: behind("②事務の内容", "\\" * N),
    "stars": lambda: behind("②事務の内容", "*" * N),
    "open elements": lambda: behind("②事務の内容", "<p>" * N),
    "open elements on lines of their own": lambda: behind("②事務の内容", "<p>\n" * N),
    "deep elements": lambda: behind("②事務の内容", "<div>" * N + "</div>" * N),
    "deep tables in a cell": lambda: behind("②事務の内容", "<table><tr><td>" * N),
    "deep tables": lambda: TEXT + "\n" + "<table><tr><td>" * N + "</table>" * N,
    "hidden elements": lambda: TEXT + "<div hidden>" * N,
    "hidden elements that end": lambda: TEXT + "<div hidden>" * N + "</div>" * N,
    "half tags": lambda: behind("②事務の内容", "<p " * N),
    "open attributes": lambda: behind("②事務の内容", '<p a="' * N),
    "quotes in a tag": lambda: behind("②事務の内容", "<p " + "\"'" * N + ">"),
    "comments": lambda: behind("②事務の内容", "<!--" * N),
    "declarations": lambda: behind("②事務の内容", "<![" * N),
    "ampersands": lambda: behind("②事務の内容", "&" * N + "&#" * N),
    "pipes": lambda: TEXT + "\n" + "|" * N + "\n" + "|a" * N + "|",
    "rules": lambda: TEXT + "\n" + "-" * N + "x\n" + ":" * N + "x\n" + "- " * N,
    "digits": lambda: behind("その内容", "漏えい" + "1" * N + "1,234" * N),
    "telephone digits": lambda: behind("①連絡先", "0" * N + "0-" * N),
    "options": lambda: behind("③対象人数", "<選択肢>" * N + "[x" * N),
    "a target": lambda: TEXT + "\n令和6年4月1日\tⅡ 4 " + "(" * N + "[<" * N + "\t旧\t新\t事後\t軽微",
    "blocks": lambda: TEXT.replace(
        "5. 特定個人情報の提供・移転", "委託事項9\n①委託内容\tあ\n" * (N // 20) + "5. 特定個人情報の提供・移転", 1
    ),
    "files": lambda: TEXT + ("\nII 特定個人情報ファイルの概要\n1. 特定個人情報ファイル名\tあ\n" * (N // 20)),
    "changes": lambda: TEXT + "令和6年4月1日\tⅡ 4 委託事項1 ③\t旧\t新\t事後\t軽微\n" * (N // 10),
    "labels": lambda: TEXT + "".join(f"\nリスクに対する措置の内容{n}\tあ" for n in range(N // 10)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length(name: str) -> None:
    text = HOSTILE[name]()
    start = time.perf_counter()
    chunks(read(text))
    assert time.perf_counter() - start < LIMIT_S


def test_ten_megabytes(tmp_path: Path) -> None:
    """One assessment whose every answer is very long."""
    prose = "住民から受け付けた申請の内容を確かめ、記録する。" * 2100
    lines = (line + prose if re.match(r"[①-⑳][^\[]*$", line) else line for line in TEXT.split("\n"))
    path = tmp_path / "長.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert path.stat().st_size > 10_000_000
    start = time.perf_counter()
    assessment = read_assessment(path)
    assert time.perf_counter() - start < 10.0
    assert len(assessment.items) >= len(read(TEXT).items)


def test_no_reader_needs_the_stack() -> None:
    assert len(parse_lines("<div><ul><li>" * N + "値")) == 1


def test_a_long_line_that_is_no_assessment() -> None:
    with pytest.raises(IngestError):
        read("あ" * 10_000_000)

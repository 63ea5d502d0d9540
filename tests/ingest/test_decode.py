"""Bytes to text: what is read, and the sentence for what is not."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import IngestError, NotText, UnreadableFile
from ingest.readers.decode import decode, read_bytes

TEXT = "特定個人情報保護評価書　委託先の名称　株式会社あおみね①\n" * 5


def test_a_file_cut_inside_a_character_is_read_up_to_there() -> None:
    text, notes = decode(TEXT.encode()[:-2], "切れた.txt")
    assert TEXT.startswith(text)
    assert notes == ("切れた.txt: 末尾が文字の途中で切れています。原本と照らして確かめてください。",)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jis_2004", "utf-16-le"])
def test_half_width_kana_do_not_confuse(encoding: str) -> None:
    text = TEXT + "ｶﾅ氏名\n"
    assert decode(text.encode(encoding), "x")[0] == text


def test_stray_control_characters_are_forgiven() -> None:
    text, _ = decode((TEXT * 20 + "\x07値\x1a").encode(), "x")
    assert text.endswith("\n 値")


def test_japanese_may_begin_late() -> None:
    assert decode((" " * 200_000 + TEXT).encode(), "x")[0].endswith(TEXT)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "中身がありません"),
        (b" \r\n\t \n", "中身がありません"),
        (b"\xef\xbb\xbf", "中身がありません"),
        (b"\xff\xfe", "中身がありません"),
        (bytes(range(256)) * 20, "文字として読めません"),
        (b"%PDF-1.7\n\x00\x01\x02" * 50, "文字として読めません"),
        (b"plain english text\n" * 10, "文字として読めません"),
    ],
)
def test_what_is_no_text(data: bytes, words: str) -> None:
    with pytest.raises(NotText) as caught:
        decode(data, "文書.txt")
    assert str(caught.value).startswith("文書.txt: ")
    assert words in str(caught.value)


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read into memory"))
    with pytest.raises(UnreadableFile, match=r"大\.txt: 大きさ 200\.0 MB が上限 50 MB を超えています"):
        read_bytes(path, 50 * 2**20)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_sentence(data: bytes) -> None:
    with contextlib.suppress(IngestError):
        assert "\r" not in decode(data, "x")[0]

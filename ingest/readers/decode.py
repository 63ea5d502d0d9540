"""Bytes of a text file -> str, with clear words where that cannot be done."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ingest.errors import NotText, UnreadableFile

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """The file's bytes. Raises UnreadableFile where it cannot be opened or is larger than `max_bytes`."""
    try:
        if not path.is_file():
            raise UnreadableFile(f"{path.name}: 通常のファイルではないため読めません。ファイルを指定してください。")
        size = path.stat().st_size
        if size > max_bytes:
            raise UnreadableFile(
                f"{path.name}: 大きさ {size / 2**20:.0f} MB が上限 {max_bytes / 2**20:.0f} MB を超えています。"
                "評価書1件ずつのファイルに分けるか、HYOKA_MAX_FILE_MB を大きくしてください。"
            )
        return path.read_bytes()
    except PermissionError as error:
        raise UnreadableFile(f"{path.name}: 読む権限がありません。ファイルの権限を確かめてください。") from error
    except OSError as error:
        raise UnreadableFile(f"{path.name}: 開けません({error.strerror})。場所と状態を確かめてください。") from error


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Text with `\\n` newlines, and remarks. Tries BOMs, UTF-8, UTF-16 without BOM, CP932, EUC-JP, in this order."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotText(f"{name}: 中身がありません(空のファイルです)。元の評価書から作り直してください。")
    for encoding in _candidates(data):
        text, notes = _try(data, encoding, name)
        if text is not None:
            return text.replace("\r\n", "\n").replace("\r", "\n"), notes
    raise NotText(
        f"{name}: 文字として読めません(UTF-8、UTF-16、CP932 のいずれでもありません)。"
        "テキスト形式で、文字コードを UTF-8 にして保存し直してください。"
    )


def _candidates(data: bytes) -> list[str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return [encoding]
    # Latin digits, spaces and newlines of UTF-16 text have a zero byte on one side.
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) > len(sample) // 40 and min(even, odd) == 0:
        return ["utf-16-be" if even else "utf-16-le"]
    return ["utf-8", "cp932", "euc_jp"]


def _try(data: bytes, encoding: str, name: str) -> tuple[str | None, tuple[str, ...]]:
    notes: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        # A file cut off inside a character still reads up to there.
        if len(data) - error.start > 3 or error.start < 16:
            return None, ()
        text = data[: error.start].decode(encoding)
        notes = (f"{name}: 末尾が文字の途中で切れています。原本と照らして確かめてください。",)
    text = text.removeprefix("\ufeff")
    if _CONTROL.search(text) or not _JAPANESE.search(text[:20000]):
        return None, ()
    return text, notes

"""Bytes of a text file → str, with clear words where that cannot be done."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ingest.errors import NotText, UnreadableFile

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: EUC-JP as files use it, with ① and Ⅱ.
_EUC = "euc_jis_2004"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe]")
#: More control characters than one in so many, and it is no text.
_CONTROL_MIN_CHARS = 1000
_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
_KANA = re.compile(r"[ぁ-ヿ]")
_HALF_WIDTH_KANA = re.compile(r"[｡-ﾟ]")
_SAMPLE_BYTES = 65536
_KANA_MIN_SHARE = 0.03
_HALF_WIDTH_MIN_SHARE = 0.2
#: Bytes a character cut off at the end of the file may leave.
_CUT_MAX_BYTES = 3


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """The file's bytes. Raises UnreadableFile where it cannot be opened or is larger than `max_bytes`."""
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path.name}: フォルダです。評価書のファイルを指定してください。")
        if path.is_symlink() and not path.exists():
            raise UnreadableFile(f"{path.name}: リンク先のファイルがありません。元のファイルの場所を確かめてください。")
        if path.exists() and not path.is_file():
            raise UnreadableFile(
                f"{path.name}: 通常のファイルではないため読めません。評価書のファイルを指定してください。"
            )
        size = path.stat().st_size
        if size > max_bytes:
            raise UnreadableFile(
                f"{path.name}: 大きさ {size / 2**20:,.1f} MB が上限 {max_bytes / 2**20:,.0f} MB を超えています。"
                "評価書1件ずつのファイルに分けるか、設定 HYOKA_MAX_FILE_MB で上限を上げてください。"
            )
        return path.read_bytes()
    except PermissionError as error:
        raise UnreadableFile(
            f"{path.name}: 読む権限がありません。ファイルの権限を確かめるか、管理者に頼んでください。"
        ) from error
    except FileNotFoundError as error:
        raise UnreadableFile(f"{path.name}: ファイルがありません。名前と場所を確かめてください。") from error
    except OSError as error:
        raise UnreadableFile(
            f"{path.name}: 開けません({error.strerror})。ファイルの場所と状態を確かめてください。"
        ) from error


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Text with `\\n` newlines, and remarks in Japanese on what was wrong with it.

    Tries byte order marks, UTF-16 without one, UTF-8, and of CP932 and EUC-JP the one that reads as Japanese.
    Raises NotText.
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c\x1a\xef\xbb\xbf\xfe\xff"):
        raise NotText(f"{name}: 中身がありません(空のファイルです)。元の評価書からもう一度書き出してください。")
    for encoding in _candidates(data):
        read = _try(data, encoding)
        if read is None:
            continue
        text, remark = read
        if not _JAPANESE.search(text):
            break
        return text.replace("\r\n", "\n").replace("\r", "\n"), tuple(f"{name}: {r}" for r in [remark] if r)
    raise NotText(
        f"{name}: 日本語の文字として読めません(UTF-8、UTF-16、CP932、EUC-JP を試しました)。"
        "テキスト形式で、文字コードを UTF-8 にして保存し直してください。"
    )


def _candidates(data: bytes) -> list[str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return [encoding]
    sample = data[:_SAMPLE_BYTES]
    if b"\x00" in data:  # the newlines and digits of UTF-16; Japanese is told from a binary by its kana
        shares = {encoding: _share(_KANA, sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
        likely = max(shares, key=lambda encoding: shares[encoding])
        return [likely] if shares[likely] >= _KANA_MIN_SHARE else []
    # EUC-JP read as CP932 is full of half-width kana.
    euc = _share(_HALF_WIDTH_KANA, sample, "cp932") >= _HALF_WIDTH_MIN_SHARE
    return ["utf-8", _EUC, "cp932"] if euc else ["utf-8", "cp932", _EUC]


def _share(kind: re.Pattern[str], sample: bytes, encoding: str) -> float:
    """Share of such characters among those that are not ASCII."""
    text = sample.decode(encoding, errors="replace")
    wide = sum(1 for c in text if c > "\x7f")
    return len(kind.findall(text)) / wide if wide else 0.0


def _try(data: bytes, encoding: str) -> tuple[str, str] | None:
    """Text and a remark, or None where it is another encoding."""
    remark = ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        # A file cut off inside a character still reads up to there.
        if len(data) - error.start > _CUT_MAX_BYTES or error.start < 16:
            return None
        text = data[: error.start].decode(encoding)
        remark = "末尾が文字の途中で切れています。原本と照らして確かめてください。"
    text = text.removeprefix("\ufeff").rstrip("\x1a")
    found = len(_CONTROL.findall(text))
    if found * _CONTROL_MIN_CHARS > len(text):
        return None
    return (_CONTROL.sub(" ", text) if found else text), remark

"""Which reader reads which kind of file."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import UnknownFormat
from ingest.readers.source import Reader
from ingest.readers.text import TextReader


def readers() -> tuple[Reader, ...]:
    """All readers, the plainest first."""
    found: list[Reader] = [TextReader()]
    try:
        from ingest.readers.xlsx import XlsxReader

        found.append(XlsxReader())
    except ImportError:  # openpyxl is a dependency; without it only text is read
        pass
    return tuple(found)


def reader_for(path: Path) -> Reader:
    """The reader of that suffix. Raises UnknownFormat."""
    every = readers()
    for reader in every:
        if path.suffix.lower() in reader.suffixes:
            return reader
    known = "、".join(s for r in every for s in r.suffixes)
    raise UnknownFormat(
        f"{path.name}: この形式({path.suffix or '拡張子なし'})は読めません。"
        f"読める形式({known})に変換してから読み込んでください。"
    )

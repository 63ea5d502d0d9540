"""Reader for text converted from the official form: tab-separated lines, Markdown, inline HTML.

Markup is taken away, nothing else: see `ingest.readers.markup` for what is visible, `ingest.readers.rows` for cells.
"""

from __future__ import annotations

from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.readers.decode import decode, read_bytes
from ingest.readers.rows import parse_lines, tidy
from ingest.readers.source import Source

__all__ = ["MAX_LINES", "TextReader", "parse_lines", "tidy"]

#: The longest published assessments have some 10,000 lines.
MAX_LINES = 300_000


class TextReader:
    """Text in UTF-8, UTF-16, CP932 or EUC-JP."""

    suffixes: tuple[str, ...] = (".txt", ".md", ".tsv", ".text")

    def read(self, path: Path, max_bytes: int) -> Source:
        """The file's lines. Raises NotText or UnreadableFile."""
        text, notes = decode(read_bytes(path, max_bytes), path.name)
        if text.count("\n") > MAX_LINES:
            raise UnreadableFile(
                f"{path.name}: 行数が {text.count(chr(10)):,} 行あり、評価書としては長すぎます。"
                "評価書1件ずつのファイルに分けてください。"
            )
        return Source(path.name, text, parse_lines(text), notes)

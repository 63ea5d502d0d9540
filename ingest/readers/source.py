"""What every reader yields: the text of a file as lines of cells that know their position.

A reader turns one format into a `Source`; `ingest.form` then matches its lines to the items of the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text without markup (may hold newlines); [start, end) are offsets in `Source.text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row of cells. `blank_before`: an empty line stands before it. `page`, `row` count from 1 where known."""

    cells: tuple[Cell, ...]
    page: int | None = None
    row: int = 0
    blank_before: bool = False

    @property
    def text(self) -> str:
        """The cells joined by tabs."""
        return "\t".join(c.text for c in self.cells)


@dataclass(frozen=True, slots=True)
class Source:
    """The decoded file. `text` is what spans and quotes refer to; `notes` are Japanese remarks on the decoding."""

    name: str
    text: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads one format. `suffixes` are lower-case with their dot."""

    suffixes: tuple[str, ...]

    def read(self, path: Path, max_bytes: int) -> Source:
        """The file's lines. Raises an IngestError with a Japanese sentence."""

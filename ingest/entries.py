"""The rows of a form while it is being read: which place of the form took which cells."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from ingest.forms import Field, FormItem, Part
from ingest.readers.source import Cell


@dataclass(slots=True)
class Entry:
    """One place of the form and the cells it took. `head`: the labels; `body`: what is said there, row by row."""

    part: Part
    item: FormItem | None = None
    field: Field | None = None
    block: str = ""
    file_index: int = 0
    printed: str = ""
    title: str = ""
    head: list[Cell] = dataclasses.field(default_factory=list)
    body: list[list[Cell]] = dataclasses.field(default_factory=list)
    page: int | None = None

    @property
    def text(self) -> str:
        """The body: cells of a row joined by a blank (in 変更箇所 by a tab, empty ones too), rows by a newline."""
        if self.part.changes:
            return "\t".join(c.text for row in self.body for c in row)
        return "\n".join(" ".join(c.text for c in row if c.text) for row in self.body if any(c.text for c in row))

    @property
    def filled(self) -> bool:
        return any(c.text for row in self.body for c in row)

    def add(self, cells: list[Cell]) -> None:
        """Takes one more row of cells."""
        kept = [c for c in cells if c.text]
        if kept:
            self.body.append(kept)

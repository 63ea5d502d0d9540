"""Documents whose cells were lost: `対象人数 [10万人以上]` or `請求先：総務課` becomes label and value again."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.forms import Form
from ingest.readers.source import Cell, Line

#: A document with fewer lines of several cells than this share has lost its cells.
_MIN_SHARE = 0.04
_MIN_LINES = 20
#: A label of fewer characters needs its number or a colon to be told from a sentence.
_SHORT = 4


def with_cells(lines: Sequence[Line], form: Form) -> Sequence[Line]:
    """The lines as they are, or with label and value apart where the document has hardly any cells."""
    several = sum(1 for line in lines if len(line.cells) > 1)
    if len(lines) < _MIN_LINES or several >= len(lines) * _MIN_SHARE:
        return lines
    return [_split(line, form) for line in lines]


def _split(line: Line, form: Form) -> Line:
    cell = line.cells[0]
    match = _labels(form).match(cell.text) if len(line.cells) == 1 else None
    if not match or (len(match["label"]) < _SHORT and not match["number"] and match["colon"] == " "):
        return line
    head = match["head"]
    return replace(line, cells=(Cell(head, cell.start, cell.start), replace(cell, text=match["value"])))


@functools.lru_cache(maxsize=8)
def _labels(form: Form) -> re.Pattern[str]:
    words = [re.escape(w) for w in sorted(set(_words(form)), key=len, reverse=True)]
    words += [rf"{b.name}\d{{1,3}}" for p in form.parts for i in p.items for b in i.blocks]
    return re.compile(
        rf"(?P<head>(?P<number>[①-⑳]|\d{{1,2}}[.．、])?\s?(?P<label>{'|'.join(words)})\s?[※*]?)"
        r"(?P<colon>[:：]| )\s*(?P<value>.+)$",
        re.DOTALL,
    )


def _words(form: Form) -> Iterator[str]:
    for part in form.parts:
        yield from (label for field in part.fields for label in field.labels)
        for item in part.items:
            yield from (t for t in item.titles if item.single)
            yield from (label for field in item.fields for label in field.labels)
            for block in item.blocks:
                yield from (label for field in block.fields for label in field.labels)

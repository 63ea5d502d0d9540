"""Rows of 変更箇所: six columns, kept with their empty cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.labels import fold
from ingest.readers.source import Cell, Line
from ingest.walk.place import Place

_HEADINGS = {"項目", "変更前の記載", "変更後の記載", "提出時期"}
_HEAD_MAX_CHARS = 60
_DATE = re.compile(r"^(?:(?:明治|大正|昭和|平成|令和|[HRＨＲ])\s*(?:元|\d{1,2})|\d{4})\s*[年./．／-]\s*\d{1,2}")


def is_head(cells: Sequence[Cell]) -> bool:
    """Whether a row names the columns of 変更箇所."""
    if len(cells) == 1 and len(cells[0].text) <= _HEAD_MAX_CHARS:
        return all(words in fold(cells[0].text) for words in ("変更日", "変更前の記載", "変更後の記載"))
    return len(cells) > 2 and sum(fold(c.text) in _HEADINGS for c in cells[:8] if len(c.text) <= 20) >= 2


def take_change(place: Place, line: Line) -> None:
    """A line with a date begins a change; one of four cells without a date does so too, another goes on with it."""
    cells = list(line.cells)
    first = fold(cells[0].text[:40])
    if first == "変更日" or is_head(cells):
        place.heads.extend(c for c in cells if c.text)
    elif place.entry is None or _DATE.match(first) or (len(cells) >= 4 and not first):
        entry = place.open(None, "", block=f"変更{place.count_in_part() + 1}")
        entry.body.append(cells)
    else:
        place.entry.body[-1].extend(c for c in cells if c.text)

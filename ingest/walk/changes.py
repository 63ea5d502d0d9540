"""Rows of 変更箇所: six columns, kept with their empty cells."""

from __future__ import annotations

import re

from ingest.labels import fold
from ingest.readers.source import Line
from ingest.walk.place import Place

_HEADINGS = {"項目", "変更前の記載", "変更後の記載", "提出時期"}
_DATE = re.compile(r"^(?:(?:明治|大正|昭和|平成|令和|[HRＨＲ])\s*(?:元|\d{1,2})|\d{4})\s*[年./．／-]\s*\d{1,2}")


def take_change(place: Place, line: Line) -> None:
    """A line with a date begins a change; one of four cells without a date does so too, another goes on with it."""
    cells = list(line.cells)
    texts = [fold(c.text) for c in cells]
    if texts[0] == "変更日" or sum(t in _HEADINGS for t in texts) >= 2:
        place.heads.extend(c for c in cells if c.text)
    elif place.entry is None or _DATE.match(texts[0]) or (len(cells) >= 4 and not texts[0]):
        entry = place.open(None, "", block=f"変更{place.count_in_part() + 1}")
        entry.body.append(cells)
    else:
        place.entry.body[-1].extend(c for c in cells if c.text)

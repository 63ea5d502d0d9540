"""Lines of the cover: labels above or beside their values, the date of the form, the table of contents."""

from __future__ import annotations

import re

from ingest.forms import Field
from ingest.labels import fold, same
from ingest.readers.source import Line
from ingest.walk.place import Place

_FORM_DATE = re.compile(r"^[\[［【].*様式\s*\d.*[\]］】]$")
_CONTENTS = "項目一覧"


def take_cover(place: Place, line: Line) -> bool:
    """Whether the line is a label of the cover or the value under one."""
    if place.listed is not None:
        return False
    cells = line.cells
    fields = [next((f for f in place.part.fields if same(c.text, f.label)), None) for c in cells]
    if len(cells) > 1 and all(fields):
        place.columns = [place.open(f, c.text, [c]) for f, c in zip(fields, cells, strict=True)]
    elif place.columns:
        for entry, cell in zip(place.columns, cells, strict=False):
            entry.add([cell])
        place.columns = []
    elif len(cells) == 1 and _FORM_DATE.match(fold(cells[0].text)):
        place.open(Field(label="様式", name="様式"), "様式").add(list(cells))
    elif fields[0]:
        place.open(fields[0], cells[0].text, cells[:1]).add(list(cells[1:]))
        place.listed = set() if fields[0].name == _CONTENTS else None
    else:
        return False
    return True

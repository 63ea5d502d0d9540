"""Lines of the cover: labels above or beside their values, the date of the form, the table of contents."""

from __future__ import annotations

import re

from ingest.entries import Entry
from ingest.forms import Field
from ingest.labels import fold, same
from ingest.readers.source import Line
from ingest.walk.flat import apart
from ingest.walk.place import Place

_FORM_DATE = re.compile(r"^[\[［【].*様式\s*\d.*[\]］】]$")
_CONTENTS = "項目一覧"
_NUMBER = re.compile(r"\d{1,4}")


def take_cover(place: Place, line: Line) -> bool:
    """Whether the line is a label of the cover or the value under one."""
    if place.listed is not None:
        return False
    cells = apart(line, place.form, colon_only=True).cells
    fields = [next((f for f in place.part.fields if same(c.text, f.label)), None) for c in cells]
    number = _empty_number(place)
    if len(cells) > 1 and all(fields):
        place.columns = [place.open(f, c.text, [c]) for f, c in zip(fields, cells, strict=True)]
    elif place.columns:
        for entry, cell in zip(place.columns, cells, strict=False):
            entry.add([cell])
        place.columns = []
    elif len(cells) == 1 and _FORM_DATE.match(fold(cells[0].text)):
        place.open(Field(label="様式", name="様式"), "様式").add(list(cells))
    elif len(cells) == 1 and number and _NUMBER.fullmatch(fold(cells[0].text)):
        number.add(list(cells))
    elif fields[0]:
        place.open(fields[0], cells[0].text, cells[:1]).add(list(cells[1:]))
        place.listed = set() if fields[0].name == _CONTENTS else None
    else:
        return False
    return True


def _empty_number(place: Place) -> Entry | None:
    """評価書番号 that has no value yet: of labels in a row above their values, only it takes a bare number."""
    found = (e for e in place.entries if e.field and e.field.name == "評価書番号")
    return next((e for e in found if not e.filled), None)

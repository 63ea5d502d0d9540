"""Rows of items whose heading was lost: the item is told by a label that no other item of the part has."""

from __future__ import annotations

from ingest.forms import FormItem
from ingest.labels import likeness, same
from ingest.readers.source import Line
from ingest.walk.place import LABEL_MAX_CHARS, Place
from ingest.walk.rows import take_row


def begin_lost_item(place: Place, line: Line) -> bool:
    """Whether the line is a row of another item of this part; rows that waited for it are taken as well."""
    text = line.cells[0].text
    if len(text) > LABEL_MAX_CHARS:
        return False
    others = [
        (likeness(text, label), item)
        for item in place.part.items
        if item is not place.item
        for field in item.fields
        if field.distinctive
        for label in field.labels
        if same(text, label)
    ]
    if not others:
        return False
    place.begin(max(others, key=lambda pair: pair[0])[1])
    if place.item is not None:
        _adopt_orphans(place, place.item)
    return take_row(place, line, line.cells)


def _adopt_orphans(place: Place, item: FormItem) -> None:
    orphans, place.orphans = place.orphans, []
    for line, field in orphans:
        own = next((f for f in item.fields if any(same(field.label, label) for label in f.labels)), None)
        if own is None:
            place.remainder.extend(line.cells)
        else:
            place.open(own, line.cells[0].text, line.cells[:1], line.page).add(list(line.cells[1:]))

"""Rows of items whose heading was lost: the item is told by its label."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.forms import Field, FormItem
from ingest.labels import bare, circled, likeness, same
from ingest.readers.source import Line
from ingest.walk.place import LABEL_MAX_CHARS, Place
from ingest.walk.rows import take_row


def begin_lost_item(place: Place, line: Line) -> bool:
    """Whether the line is a row of another item of this part; rows that waited for it are taken as well."""
    text = line.cells[0].text
    if not text or len(text) > LABEL_MAX_CHARS:
        return False
    item = _item_of_its_own_label(place, text) or _next_item_with(place, line)
    if item is None:
        return False
    place.begin(item)
    _adopt_orphans(place, item)
    return take_row(place, line, line.cells)


def _others(place: Place) -> Iterator[tuple[FormItem, Field]]:
    """The fields of the part's other items, those behind the current one first."""
    items = place.part.items
    at = items.index(place.item) + 1 if place.item in items else 0
    for item in (*items[at:], *items[:at]):
        if item is not place.item:
            yield from ((item, field) for field in item.fields)
            yield from ((item, field) for block in item.blocks for field in block.fields[:1])


def _item_of_its_own_label(place: Place, text: str) -> FormItem | None:
    """The item of a label that no other item of the part has."""
    hits = [
        (likeness(text, label), item)
        for item, field in _others(place)
        if field.distinctive
        for label in field.labels
        if same(text, label)
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


def _next_item_with(place: Place, line: Line) -> FormItem | None:
    """The next item with exactly this label, in a row that is one: numbered as the form numbers it, or with a value."""
    text = line.cells[0].text
    number = circled(text)
    if not number and not any(c.text for c in line.cells[1:]):
        return None
    for item, field in _others(place):
        if field.sub == number and not field.outer and any(bare(text) == bare(label) for label in field.labels):
            return item
    return None


def _adopt_orphans(place: Place, item: FormItem) -> None:
    orphans, place.orphans = place.orphans, []
    for line, field in orphans:
        own = next((f for f in item.fields if any(same(field.label, label) for label in f.labels)), None)
        if own is None:
            place.remainder.extend(line.cells)
        else:
            place.open(own, line.cells[0].text, line.cells[:1], line.page).add(list(line.cells[1:]))

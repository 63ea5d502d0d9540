"""Matches the lines of a document to the items of its form: the step from `Source` to entries.

The walk keeps its place (part, item, block, field) and asks of each line, in this order: does a part begin, an item,
a block, a labelled field; if none, the line goes on with the field before. Labels are compared by `ingest.labels`, so
that a drifting wording is still the official item. Lines that no item takes are returned as remainders.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import appendix
from ingest.entries import Entry
from ingest.forms import Field, Form
from ingest.labels import fold
from ingest.readers.source import Cell, Line
from ingest.walk.changes import take_change
from ingest.walk.cover import take_cover
from ingest.walk.flat import with_cells
from ingest.walk.lost import begin_lost_item
from ingest.walk.numbered import begin_block, begin_item
from ingest.walk.parts import begin_appendix, begin_group, begin_part
from ingest.walk.place import LABEL_MAX_CHARS, Place
from ingest.walk.rows import take_row

_PAGE_NUMBER = re.compile(
    r"[-‐–—―－]\d{1,3}[-‐–—―－]|\d{1,3}/\d{1,3}(?:ページ|頁)?|(?:P\.?|p\.?)?\d{1,3}(?:ページ|頁)|[Pp]\.?\d{1,3}"
)


def walk(lines: Sequence[Line], form: Form) -> tuple[list[Entry], list[Cell]]:
    """The form's entries in order of the document, and the cells no entry took."""
    place = Place(form)
    place.open(Field(label="表題", name="表題"), "")
    for line in with_cells(lines, form):
        take(place, line)
    place.give_up_orphans()
    return place.entries, [*place.remainder, *place.heads]


def take(place: Place, line: Line) -> None:
    """Gives one line to the place of the form it belongs to."""
    if _is_of_the_page(place, line):
        place.remainder.extend(line.cells)
    elif begin_part(place, line) or begin_appendix(place, line):
        pass
    elif place.part.changes:
        take_change(place, line)
    elif place.part.free or place.part.id in appendix.PARTS:
        if not begin_group(place, line) and not begin_item(place, line):
            _continue(place, line)
    elif place.part.id == "表紙" and take_cover(place, line):
        pass
    elif begin_item(place, line) or begin_block(place, line) or _take_field(place, line):
        if place.entry is None or not place.entry.filled:
            place.outer = None
    else:
        _continue(place, line)


def _is_of_the_page(place: Place, line: Line) -> bool:
    """A page number, or the document's title printed again at the head of a page."""
    text = line.cells[0].text
    if len(line.cells) > 1 or len(text) > LABEL_MAX_CHARS:
        return False
    if _PAGE_NUMBER.fullmatch(fold(text)):
        return True
    return place.part.id != "表紙" and fold(text) == fold(place.entries[0].text)


def _take_field(place: Place, line: Line) -> bool:
    return (place.item is not None and take_row(place, line, line.cells)) or begin_lost_item(place, line)


def _continue(place: Place, line: Line) -> None:
    """A line without a label goes on with the entry before."""
    cells, entry = list(line.cells), place.entry
    if place.outer and not cells[0].text and entry and entry.field and entry.filled and entry.field.type == "choice":
        entry = place.outer  # behind the choice beside it, the outer label's text goes on
    if entry is None:
        if place.part.id == "表紙" or (place.item is None and not place.part.free):
            place.remainder.extend(c for c in cells if c.text)
            return
        entry = place.open(None, "", page=line.page)
    entry.add(cells)

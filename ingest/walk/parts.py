"""Lines that begin a part or a free appendix, and the free text in them."""

from __future__ import annotations

from ingest import appendix
from ingest.forms import FormItem, Part
from ingest.labels import fold, roman, same
from ingest.readers.source import Cell, Line
from ingest.walk.changes import is_head
from ingest.walk.headings import part_named
from ingest.walk.place import LABEL_MAX_CHARS, Place


def begin_part(place: Place, line: Line) -> bool:
    """Whether the line is the heading of a part; a part listed in the table of contents does not begin."""
    cells = list(line.cells)
    changes = _changes_begun(place, cells)
    if changes is not None:
        place.enter(changes)
        return False  # the row itself is the head of the table
    part = _part_of(place, cells)
    if part is None:
        _leave_contents(place, cells)
        return False
    if place.listed is not None and part.id not in place.listed:
        place.listed.add(part.id)
        if place.entry is not None:
            place.entry.add(cells)
        return True
    place.enter(part)
    place.heads.append(cells[0])
    if part.fields and not part.items and part.id != "表紙":  # III of 様式2: one answer without a number
        place.item = FormItem("", part.title, fields=part.fields)
    if cells[1:]:
        place.open(None, "", page=line.page).add(cells[1:])
    if part.free:
        place.open(None, cells[0].text, page=line.page)
    return True


def _part_of(place: Place, cells: list[Cell]) -> Part | None:
    if len(cells[0].text) > LABEL_MAX_CHARS or sum(bool(c.text) for c in cells) > 2:
        return None
    return part_named(cells[0].text, place.form)


def _changes_begun(place: Place, cells: list[Cell]) -> Part | None:
    """変更箇所 without its heading is told by the heads of its columns."""
    if place.part.changes or not is_head(cells):
        return None
    return next((p for p in place.form.parts if p.changes), None)


def _leave_contents(place: Place, cells: list[Cell]) -> None:
    """The table of contents ends with the first line that names no part."""
    text = cells[0].text
    if not place.listed or not text or roman(fold(text)):
        return
    if not any(same(text, p.title) for p in place.form.parts):
        place.listed = None


def begin_appendix(place: Place, line: Line) -> bool:
    """Whether the line is the heading of an appendix that the form does not number, or of a case in one."""
    inside = place.part.id in appendix.PARTS
    part = appendix.begins(line, _form_is_over(place), inside, place.part.id)
    if part is None or place.listed is not None:
        return False
    if part.id != place.part.id or place.part.changes:
        place.enter(part)
    head = line.cells[0]
    place.open(None, head.text, [head], line.page, title=" ".join(head.text.split()), block="")
    return True


def _form_is_over(place: Place) -> bool:
    """Whether the last item of this part has been reached, so that free text begins an appendix."""
    part = place.part
    return bool(part.items) and place.item is part.items[-1] and part.id in {"III", "V", "VI"}


def begin_group(place: Place, line: Line) -> bool:
    """Whether the line is a heading inside free text: a group of 記録項目, a case of an appendix."""
    if len(line.cells) != 1 or place.entry is None:
        return False
    text = line.cells[0].text
    title = appendix.heading(text, place.part.id)
    if title:
        place.open(None, text, line.cells, line.page, block=title, title=title)
    return bool(title)

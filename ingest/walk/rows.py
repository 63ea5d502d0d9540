"""Rows that begin with labels of the current item: `②委託先における取扱者数 | [10人未満]`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.entries import Entry
from ingest.forms import Field
from ingest.labels import bare, circled, same
from ingest.readers.source import Cell, Line
from ingest.walk.place import LABEL_MAX_CHARS, Place, split_block


def take_row(place: Place, line: Line, cells: Sequence[Cell]) -> bool:
    """Opens the entries of the labels a row begins with; the rest is the last label's value."""
    lead = next((n for n, c in enumerate(cells) if c.text), len(cells))
    opened: Entry | None = None
    at = lead
    while at < len(cells):
        field = field_of(place, cells[at].text, first=at == lead)
        if field is None or (opened and at > lead + 1 and at == len(cells) - 1 and not field.outer):
            break  # the last of several cells is a value, though it reads like a label
        if at == lead and _is_orphan(place, field):
            place.orphans.append((line, field))
            return True
        opened = _label(place, field, cells[at], line)
        at += 1
    if opened is None:
        return lead < len(cells) and _inline_label(place, line, cells[lead:])
    opened.add(list(cells[at:]))
    return True


def _is_orphan(place: Place, field: Field) -> bool:
    """Whether this field comes again after its item was complete: it belongs to an item whose heading was lost."""
    return place.is_closed() and not field.closing


def field_of(place: Place, text: str, first: bool) -> Field | None:
    """The field of the current item that this text is the label of.

    first  the text stands first in its row; further labels of a row must be spelt as the form has them
    """
    if not text or len(text) > LABEL_MAX_CHARS:
        return None
    number = circled(text)
    candidates = _in_turn(place, fields_here(place))
    for field in candidates:
        numbered = first or not number or not field.sub or number == field.sub
        if numbered and any(bare(text) == bare(label) for label in field.labels):
            return field
    if not first:
        return None
    return next((f for f in candidates if any(same(text, label) for label in f.labels)), None)


def fields_here(place: Place) -> list[Field]:
    """The fields that may be meant now: of the current block, of the item, of its other blocks."""
    if place.item is None:
        return []
    name, number = split_block(place.block)
    block = [f for b in place.item.blocks if b.name == name for f in b.fields]
    block = [f for f in block if not f.only or not number or number in f.only]
    others = [f for b in place.item.blocks if b.name != name for f in b.fields]
    return block + list(place.item.fields) + ([] if name else others)


def _in_turn(place: Place, fields: list[Field]) -> list[Field]:
    """The fields behind the current one first: a second 具体的な方法 details the field it follows."""
    current = place.entry.field if place.entry else None
    at = next((n + 1 for n, f in enumerate(fields) if f is current), 0)
    return fields[at:] + fields[:at]


def _label(place: Place, field: Field, cell: Cell, line: Line) -> Entry:
    """The entry of a label: a new one, or the current one where the label only details it."""
    before = place.entry
    if field.outer and not field.holds:
        place.heads.append(cell)
        return before or place.open(field, cell.text, page=line.page)
    if field.holds:
        held = next(f for f in fields_here(place) if f.name == field.holds)
        return place.open(held, cell.text, [cell], line.page)
    if before is not None and before.field is field and not before.filled and before.printed != cell.text:
        before.head.append(cell)  # ④使用の主体 | 使用部署: one place
        before.printed = cell.text
        return before
    _begin_lost_block(place, field)
    if place.item and _has(place.item.fields, field) and place.block.startswith("リスク"):
        place.block = ""
    entry = place.open(field, cell.text, [cell], line.page)
    if before is not None and not before.filled and before.part is place.part and line.cells[0] in before.head:
        place.outer = before
    if field.closing:
        place.close_item()
    return entry


def _begin_lost_block(place: Place, field: Field) -> None:
    """A block whose heading was lost still begins where its first field comes again."""
    if place.item is None:
        return
    block = next((b for b in place.item.blocks if _has(b.fields, field)), None)
    if block is None or block.name == "リスク" or field is not block.fields[0]:
        return
    if not place.block.startswith(block.name) or place.is_taken(field):
        place.block = f"{block.name}{place.last_number(block.name) + 1}"


def _has(fields: Sequence[Field], field: Field) -> bool:
    """Membership by identity: fields are long to compare, and each is there once."""
    return any(f is field for f in fields)


def _inline_label(place: Place, line: Line, cells: Sequence[Cell]) -> bool:
    """`①部署 総務課` or `委託先名：○○` in one cell."""
    text, start = cells[0].text, cells[0].start
    for field in fields_here(place):
        for label in field.labels:
            value = _value_behind(text, label, field.sub)
            if value:
                entry = _label(place, field, Cell(label, start, start), line)
                entry.add([Cell(value, start, cells[0].end), *cells[1:]])
                return True
    return False


def _value_behind(text: str, label: str, sub: str) -> str:
    """The value where the text begins with this label and a colon, or with its number, the label and a blank."""
    match = re.match(rf"^([①-⑳]?)\s*{re.escape(label)}\s*※?\s*([:：]|\s|$)\s*(.+)$", text, re.DOTALL)
    if not match:
        return ""
    numbered = bool(sub) and match[1] == sub
    return match[3] if numbered or (not match[1] and match[2] in {":", "："}) else ""

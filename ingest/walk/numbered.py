"""Lines that begin an item (`4. 特定個人情報ファイルの取扱いの委託`), a block of it (委託事項1) or a risk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.appendix import PARTS
from ingest.forms import Block, Field, FormItem, Part
from ingest.labels import fold, same, shape
from ingest.readers.source import Cell, Line
from ingest.walk.headings import item_named
from ingest.walk.place import LABEL_MAX_CHARS, Place
from ingest.walk.rows import take_row

_RANGE = re.compile(r"^(委託事項|提供先|移転先|システム)\d+[~～〜\-－―ー]\d*$")
_BLOCK = re.compile(r"^(\D{1,8}?)(\d{1,3})(?:[.:．：].*)?$", re.DOTALL)
_BLOCK_TITLE = re.compile(r"^\D+?\d+\s*[.:．：]\s*(.+)$", re.DOTALL)
_RISK = re.compile(r"^リスク\s*(\d*)\s*[:：]?\s*(.*)$", re.DOTALL)
_RISK_FIELD = Field(label="リスク", name="リスク")
#: How many parts ahead a heading may lie whose part heading was lost.
_PARTS_AHEAD = 3
#: A title of as many characters does not stand in free text by chance.
_SURE_CHARS = 8


def begin_item(place: Place, line: Line) -> bool:
    """Whether the line is the heading of an item of this part, or of a later one whose heading was lost."""
    cells = list(line.cells)
    if len(cells[0].text) > LABEL_MAX_CHARS * 2:
        return False
    found = item_named(cells[0].text, _parts_near(place), place.part)
    if found is None or (place.part.id in PARTS and len(found[1].title) < _SURE_CHARS):
        return False
    part, item, printed_boxes = found
    place.give_up_orphans()
    if part is not place.part:
        place.hand_over(part)
    elif part.per_file and item.number == "1" and place.item is not None:
        place.enter(part)
    place.begin(item)
    values = [c for c in cells[1:] if c.text]
    if item.single:
        place.open(None, cells[0].text, cells[:1], line.page).add(values)
    elif item.header_boxes and (printed_boxes or values):
        place.open(None, cells[0].text, cells[:1], line.page).add([cells[0], *values])
        place.entry = None
    else:
        place.heads.append(cells[0])
        if values and not take_row(place, line, values):
            place.open(None, cells[0].text, page=line.page).add(values)
    return True


def _parts_near(place: Place) -> Iterator[Part]:
    """The current part, the next ones, and the ones that are repeated for the next file."""
    parts = place.form.parts
    at = place.numbered_at
    yield from parts[at : at + _PARTS_AHEAD]
    yield from (p for p in parts[:at] if p.per_file)


def begin_block(place: Place, line: Line) -> bool:
    """Whether the line is the heading of a block or of a risk."""
    cells = list(line.cells)
    folded = fold(cells[0].text)
    if place.item and len(cells) == 1 and _RANGE.match(folded):  # 委託事項2～5: the blocks follow
        place.heads.append(cells[0])
        return True
    if _begin_risk(place, cells):
        return True
    match = _BLOCK.match(folded)
    if not match or match[1] == "リスク":
        return False
    for item in _items_with_blocks(place):
        block = next((b for b in item.blocks if b.name == match[1]), None)
        if block is not None:
            if place.item is not item:
                place.begin(item)
            _open_block(place, block, int(match[2]), cells)
            return True
    return False


def _items_with_blocks(place: Place) -> Iterator[FormItem]:
    if place.item is not None:
        yield place.item
    yield from (i for i in place.part.items if i is not place.item and i.blocks)


def _open_block(place: Place, block: Block, number: int, cells: list[Cell]) -> None:
    place.block = f"{block.name}{number}"
    place.outer = None
    entry = place.open(Field(label=place.block), cells[0].text, cells[:1])
    inline = _BLOCK_TITLE.match(cells[0].text)
    if inline:
        entry.add([cells[0]])
        entry.title = inline[1]
    entry.add(cells[1:])


def _begin_risk(place: Place, cells: list[Cell]) -> bool:
    text = cells[0].text
    match = _RISK.match(text)
    if not match or len(text) > LABEL_MAX_CHARS * 2:
        return False
    if shape(text).startswith((shape("リスクへの対策"), shape("リスクに対する措置"))):
        return False
    owner = _item_of_risk(place, match[2])
    if owner is None:
        return False
    if owner is not place.item:
        place.begin(owner)
    if match[1] and any(b.name == "リスク" for b in owner.blocks):
        place.block = f"リスク{int(match[1])}"
    place.open(_RISK_FIELD, text).add(cells)
    place.outer = None
    return True


def _item_of_risk(place: Place, title: str) -> FormItem | None:
    """The item that names this risk: the current one if it can, else the next one, whose heading was lost."""
    at = place.part.items.index(place.item) if place.item in place.part.items else 0
    ahead = place.part.items[at:]
    named = next((i for i in ahead if any(same(title, risk) for risk in i.risks)), None)
    return named or (place.item if place.item and place.item.risks else None)

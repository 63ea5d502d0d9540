"""Rows of the choices and boxes of an item (十分である …, 自己点検 …): one a field, one a box."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.assessment import Item, Mark, Marking, State
from ingest.forms import Field, FormItem
from rag.cite import verified
from rag.compare.holding import Holding, RowKind
from rag.compare.item import ItemText, form_item
from rag.compare.measured import nothing, where_said
from rag.compare.quotes import cited
from rag.compare.table import Cell, Row


@dataclass(frozen=True, slots=True)
class _Asked:
    """A choice of the form, or one box of a group (`box`). `block`: リスク2 or ""."""

    block: str
    field: Field
    box: str = ""

    @property
    def name(self) -> str:
        return " ".join(x for x in (self.block, self.box or self.field.sub + self.field.label) if x)


def choice_rows(section: str, form: str, texts: Sequence[ItemText]) -> Iterator[Row]:
    """The rows of all choices and boxes that the form has at a section."""
    item = form_item(form, section)
    for asked in _asked(item) if item else ():
        yield Row(RowKind.CHOICE, asked.name, tuple(_cell(asked, text) for text in texts))


def _asked(item: FormItem) -> Iterator[_Asked]:
    if item.header_boxes:
        for box in item.header_boxes:
            yield _Asked("", Field("", type="boxes"), box)
    for block in item.blocks:
        for n in range(1, max(1, len(item.risks)) + 1):
            name = f"{block.name}{n}"
            yield from (a for f in block.fields if not f.only or n in f.only for a in _of_field(name, f))
    for field in item.fields:
        yield from _of_field("", field)


def _of_field(block: str, field: Field) -> Iterator[_Asked]:
    if field.type == "choice":
        yield _Asked(block, field)
    elif field.type == "boxes":
        yield from (_Asked(block, field, box) for box in field.boxes)


def _cell(asked: _Asked, text: ItemText) -> Cell:
    items = [i for i in text.items if _fills(i, asked)]
    if not items:
        return Cell(nothing(text) if text.lost or not text.section else Holding.NO_ITEM)
    return _of_box(asked, text, items) if asked.box else _of_choice(asked, text, items)


def _fills(item: Item, asked: _Asked) -> bool:
    if asked.box and not asked.field.label:
        return bool(item.marks) and not item.block and not item.name and not item.sub
    return (item.block, item.sub, item.name) == (asked.block, asked.field.sub, asked.field.name)


def _of_choice(asked: _Asked, text: ItemText, items: Sequence[Item]) -> Cell:
    stated = [i for i in items if i.state is State.STATED and i.text]
    if not stated:
        unread = any(i.state is State.UNREADABLE for i in items)
        return Cell(Holding.UNREADABLE if unread else Holding.NOT_STATED)
    values = list(dict.fromkeys(" ".join(i.text.split()) for i in stated))
    known = {_folded(option) for option in asked.field.options}
    odd = "" if all(_folded(v) in known for v in values) else "選択肢にない文字、原本確認"
    quotes = cited(text.book, [(i, i.text) for i in stated])
    if not quotes:
        return Cell(Holding.UNREADABLE)
    note = "、".join(x for x in (where_said(text, [i.file_index for i in stated]), odd) if x)
    return Cell(Holding.HAS, " / ".join(values), quotes, note)


def _of_box(asked: _Asked, text: ItemText, items: Sequence[Item]) -> Cell:
    marks = [(i, m) for i in items for m in i.marks if m.label == asked.box]
    hits = [(i, m) for i, m in marks if m.marking is Marking.MARKED]
    if hits:
        quotes = cited(text.book, [(i, _printed(text, i, m)) for i, m in hits])
        files = where_said(text, [i.file_index for i, _ in hits])
        return Cell(Holding.HAS, "印あり", quotes, files)
    if not marks or any(m.marking is Marking.UNREADABLE for _, m in marks):
        return Cell(Holding.UNREADABLE, note="印" if marks else "")
    return Cell(Holding.NOT_STATED, "印なし")


def _printed(text: ItemText, item: Item, mark: Mark) -> str:
    """What can be quoted for a box: all boxes as they are printed where that stands in the source, else its label."""
    return item.text if mark.label in item.text and verified(item.text, text.book.source) else mark.label


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())

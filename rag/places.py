"""The places of the form: what items, questions and answers mean by `II.4 委託事項 ③`.

A place is named as it is cited, without the numbers of repeated blocks. `rag.naming` finds those that a question names.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.assessment import Item
from ingest.forms import Field, FormItem, Part, load_form
from ingest.labels import bare

#: The form whose numbers name the places; the others number theirs otherwise.
FORM = "様式3"
_BLOCK_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the form. `type` and `options` as in the form; `title`: the item's label, `label`: the field's."""

    part: str
    number: str = ""
    block: str = ""
    sub: str = ""
    name: str = ""
    label: str = ""
    title: str = ""
    type: str = "text"
    options: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`II.4 委託事項 ③`."""
        return " ".join(x for x in (self.section, self.block, self.sub, self.name) if x)

    @property
    def section(self) -> str:
        """Part and item: `II.4`."""
        return f"{self.part}.{self.number}" if self.number else self.part

    def holds(self, item: Item, form: str = FORM) -> bool:
        """Whether an item of a document stands at this place; in other forms by label, their numbers differ."""
        kind = _BLOCK_NUMBER.sub("", item.block)
        if form != FORM:
            return bool(self.label) and bare(item.path[-1]) == bare(self.label) and kind == self.block
        if item.part != self.part or (self.number and item.number != self.number):
            return False
        if self.part.startswith("別"):
            return not self.block or item.block == self.block
        if self.block and self.block not in (kind, item.block):
            return False
        if not self.sub and not self.name:
            return True
        # a field of the item itself is not the field of the same name in one of its blocks, but for the risks of III.3
        return item.sub == self.sub and item.name == self.name and (bool(self.block) or not kind or self.number == "3")


@dataclass(frozen=True, slots=True)
class Naming:
    """That a question names a place: how strongly (higher = surer), where in the text, whether by number (III.6)."""

    place: Place
    weight: float
    spans: tuple[tuple[int, int], ...]
    explicit: bool = False


def normal(text: str) -> str:
    """NFKC and lower case, white space kept: what patterns are matched on. Length may differ from the input's."""
    return unicodedata.normalize("NFKC", text).lower()


@functools.cache
def part_names() -> tuple[str, ...]:
    """The parts of all forms in their order: 表紙, I, II …"""
    forms = (load_form(form) for form in (FORM, "様式2", "様式4"))
    return tuple(dict.fromkeys(part.id for form in forms for part in form.parts))


@functools.cache
def places() -> dict[str, Place]:
    """All places of 様式3 by id; last its numbered risks as wholes (`III.3 リスク1`): they have several fields each."""
    parts = load_form(FORM).parts
    found: dict[str, Place] = {}
    for place in (*(p for part in parts for p in _of_part(part)), *(p for part in parts for p in _risks(part))):
        found.setdefault(place.id, place)
    return found


def _of_part(part: Part) -> Iterator[Place]:
    if part.free or part.changes:
        yield Place(part.id, label=part.title, title=part.title)
    for field in part.fields:
        yield Place(part.id, name=field.name, label=field.label, title=part.title)
    for item in part.items:
        yield Place(part.id, item.number, label=item.title, title=item.title)
        yield from _of_item(part.id, item)


def _of_item(part: str, item: FormItem) -> Iterator[Place]:
    for field in item.fields:
        if not (field.outer or field.label == "リスク"):
            yield _of_field(part, item, field, "")
    for block in item.blocks:
        yield Place(part, item.number, block.name, label=block.name, title=item.title)
        for field in block.fields:
            if not field.outer:
                yield _of_field(part, item, field, block.name)
                # a field of some blocks only is named with their numbers as well
                yield from (_of_field(part, item, field, f"{block.name}{n}") for n in field.only)


def _of_field(part: str, item: FormItem, field: Field, block: str) -> Place:
    return Place(part, item.number, block, field.sub, field.name, field.label, item.title, field.type, field.options)


def _risks(part: Part) -> Iterator[Place]:
    for item in part.items:
        for block in item.blocks:
            numbers = range(1, len(item.risks) + 1) if block.name == "リスク" else ()
            yield from (Place(part.id, item.number, f"リスク{n}", label=item.title, title=item.title) for n in numbers)

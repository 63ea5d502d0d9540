"""The forms as data: one YAML file each, loaded into frozen types.

A `Form` says which parts, items, fields, choices and boxes the official form has; `ingest.form` matches the lines of a
document to it. Adding a form or an alias needs no code.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FieldType = Literal["text", "choice", "boxes"]


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled place of the form.

    sub      its circled number; name: our short name where the form prints no number
    only     numbers of the blocks it occurs in (empty: all)
    outer    the label stands above others; `holds` names the field that takes the text beside it, if any
    closing  the last field of its item; distinctive: no other item of the part has this label
    optional its absence is no loss
    """

    label: str
    sub: str = ""
    name: str = ""
    type: FieldType = "text"
    options: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    only: tuple[int, ...] = ()
    outer: bool = False
    holds: str = ""
    optional: bool = False
    closing: bool = False
    distinctive: bool = False

    @property
    def key(self) -> str:
        """Unique within its item and block."""
        return self.sub + self.name or self.label

    @property
    def labels(self) -> tuple[str, ...]:
        """The official label and what documents print instead."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class Block:
    """A repeated group: 委託事項1, 委託事項2 …"""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FormItem:
    """One numbered item of a part."""

    number: str
    title: str
    aliases: tuple[str, ...] = ()
    single: bool = False
    optional: bool = False
    fields: tuple[Field, ...] = ()
    blocks: tuple[Block, ...] = ()
    risks: tuple[str, ...] = ()
    header_boxes: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """The official title and what documents print instead."""
        return (self.title, *self.aliases)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: 表紙, I, …, 別添1. `per_file`: repeated for every file; `free`: no fields; `changes`: 変更箇所."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    items: tuple[FormItem, ...] = ()
    fields: tuple[Field, ...] = ()
    per_file: bool = False
    free: bool = False
    changes: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One official form."""

    form: str
    title: str
    parts: tuple[Part, ...]

    def part(self, id: str) -> Part:
        """The part of that id. Raises KeyError."""
        return next(p for p in self.parts if p.id == id)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class _Field(_Strict):
    label: str
    sub: str = ""
    name: str = ""
    type: FieldType = "text"
    options: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    only: tuple[int, ...] = ()
    outer: bool = False
    holds: str = ""
    optional: bool = False
    closing: bool = False
    distinctive: bool = False

    def freeze(self) -> Field:
        return Field(**{name: getattr(self, name) for name in type(self).model_fields})


class _Block(_Strict):
    block: str
    fields: list[_Field]


class _Item(_Strict):
    number: str
    title: str
    aliases: tuple[str, ...] = ()
    single: bool = False
    optional: bool = False
    fields: list[_Field] = []
    repeat: str = ""
    block_fields: list[_Field] = []
    repeats: list[_Block] = []
    risks: tuple[str, ...] = ()
    header_boxes: tuple[str, ...] = ()

    def freeze(self) -> FormItem:
        blocks = [Block(b.block, tuple(f.freeze() for f in b.fields)) for b in self.repeats]
        own = self.fields
        if self.repeat:
            repeated = self.block_fields or self.fields
            own = self.fields if self.block_fields else []
            blocks.insert(0, Block(self.repeat, tuple(f.freeze() for f in repeated)))
        return FormItem(
            self.number,
            self.title,
            self.aliases,
            self.single,
            self.optional,
            tuple(f.freeze() for f in own),
            tuple(blocks),
            self.risks,
            self.header_boxes,
        )


class _Part(_Strict):
    id: str
    title: str
    aliases: tuple[str, ...] = ()
    items: list[_Item] = []
    fields: list[_Field] = []
    per_file: bool = False
    free: bool = False
    changes: bool = False
    optional: bool = False

    def freeze(self) -> Part:
        return Part(
            self.id,
            self.title,
            self.aliases,
            tuple(i.freeze() for i in self.items),
            tuple(f.freeze() for f in self.fields),
            self.per_file,
            self.free,
            self.changes,
            self.optional,
        )


class _Form(_Strict):
    form: str
    title: str
    parts: list[_Part]


@functools.cache
def load_form(name: str) -> Form:
    """The form 様式2, 様式3 or 様式4. Raises FileNotFoundError for another name."""
    text = resources.files(__name__).joinpath(f"form{name.removeprefix('様式')}.yaml").read_text(encoding="utf-8")
    data = _Form.model_validate(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    return Form(data.form, data.title, tuple(p.freeze() for p in data.parts))

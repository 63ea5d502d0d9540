"""Entries → items: what each place of the form says, its state, its boxes in three values, its place in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.assessment import Item, Kind, Mark, Marking, Span, State
from ingest.entries import Entry
from ingest.forms import Field, Part
from ingest.labels import fold
from ingest.marks import Box, boxes, choice, judge, lossy_glyphs

_BLANK = re.compile(r"^[\s\-－―—–ー‐─]*$")
_CASE = re.compile(r"^[【(（]?((?:事案|ケース|案件)\s*\d+)")


def make_items(entries: Sequence[Entry], files: Sequence[str]) -> tuple[Item, ...]:
    """The items in order. `files`: names of the 特定個人情報ファイル, the first has file_index 1."""
    groups = [_boxes_of(e) for e in entries]
    lossy = lossy_glyphs(g for g in groups if g)
    items: list[Item] = []
    seen: dict[str, int] = {}
    for entry, group in zip(entries, groups, strict=True):
        item = _item(entry, group, lossy, files, len(items))
        seen[item.key] = seen.get(item.key, 0) + 1
        if seen[item.key] > 1:
            item = replace(item, key=f"{item.key}~{seen[item.key]}")
        items.append(item)
    return tuple(items)


def _boxes_of(entry: Entry) -> tuple[Box, ...]:
    if entry.field and entry.field.type == "boxes":
        return boxes(entry.text, entry.field.boxes)
    if entry.field is None and entry.item and entry.item.header_boxes:
        return boxes(entry.text, entry.item.header_boxes)
    return ()


def _item(entry: Entry, group: tuple[Box, ...], lossy: frozenset[str], files: Sequence[str], order: int) -> Item:
    field, part = entry.field, entry.part
    header = bool(entry.field is None and entry.item and entry.item.header_boxes)
    marks = judge(group, lossy, none_allowed=header)
    text = _text(entry, group)
    index = entry.file_index if part.per_file else 0
    block, name = entry.block, field.name if field else ""
    if part.id in {"別紙", "別添"} and not part.changes:
        case = _CASE.match(fold(entry.printed))
        block = case[1] if case else ""
    number = entry.item.number if entry.item else ""
    sub = field.sub if field else ""
    key = f"{part.id}.{number}" + (f"#{index}" if index else "") + "".join(f"/{x}" for x in (block, sub + name) if x)
    return Item(
        key=key,
        part=part.id,
        number=number,
        block=block,
        sub=sub,
        name=name,
        label=_label(entry),
        path=_path(part, entry),
        text=text,
        state=_state(entry, text, marks),
        kind=_kind(part),
        spans=_spans(entry),
        file=files[index - 1] if 0 < index <= len(files) else "",
        file_index=index,
        page=entry.page,
        marks=marks,
        choice=bool(field and field.type == "choice"),
        order=order,
    )


def _text(entry: Entry, group: tuple[Box, ...]) -> str:
    if entry.field and entry.field.type == "choice":
        return choice(entry.text, entry.field.options)
    if entry.field and entry.field.name == "リスク":
        return re.sub(r"^リスク\s*(?:\d+\s*[:：]?|[:：])\s*", "", entry.text)
    if group:
        first = re.search(r"[\[［]", entry.text)
        return entry.text[first.start() :] if first and entry.field is None else entry.text
    if entry.title and entry.field and entry.block and entry.field.label == entry.block:
        return "\n".join(x for x in (entry.title, entry.text.removeprefix(entry.printed).strip()) if x)
    return entry.text


def _state(entry: Entry, text: str, marks: tuple[Mark, ...]) -> State:
    if marks:
        values = {m.marking for m in marks}
        if Marking.MARKED in values:
            return State.STATED
        return State.UNREADABLE if Marking.UNREADABLE in values else State.BLANK
    if entry.field and entry.field.type == "choice" and not text:
        head = re.split(r"[<＜]選択肢", entry.text)[0]
        return State.UNREADABLE if re.search(r"\w", head) else State.BLANK
    return State.BLANK if _BLANK.match(text) else State.STATED


def _kind(part: Part) -> Kind:
    if part.changes:
        return Kind.HISTORY
    return Kind.APPENDIX if part.id in {"別紙", "別添"} else Kind.PRESENT


def _label(entry: Entry) -> str:
    if entry.printed:
        return " ".join(entry.printed.split())
    if entry.field:
        return entry.field.label
    return entry.item.title if entry.item else entry.part.title


def _path(part: Part, entry: Entry) -> tuple[str, ...]:
    field: Field | None = entry.field
    names = [part.title, entry.item.title if entry.item else "", entry.block, field.label if field else ""]
    return tuple(dict.fromkeys(n for n in names if n))


def _spans(entry: Entry) -> tuple[Span, ...]:
    cells = [*entry.head, *(c for row in entry.body for c in row)]
    return tuple(Span(c.start, c.end) for c in sorted(cells, key=lambda c: c.start) if c.end > c.start)

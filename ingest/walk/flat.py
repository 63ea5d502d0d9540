"""Documents whose cells were lost: `対象人数 [10万人以上]` or `請求先：総務課` becomes label and value again."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.forms import Field, Form, load_form
from ingest.readers.source import Cell, Line

#: A document with fewer lines of several cells than this share has lost its cells.
_MIN_SHARE = 0.04
_MIN_LINES = 20
#: A label of fewer characters needs its number or a colon to be told from a sentence.
_SHORT = 4


def with_cells(lines: Sequence[Line], form: Form) -> Sequence[Line]:
    """The lines as they are, or with label and value apart where the document has hardly any cells."""
    several = sum(1 for line in lines if len(line.cells) > 1)
    if len(lines) < _MIN_LINES or several >= len(lines) * _MIN_SHARE:
        return lines
    return [apart(line, form) for line in lines]


def apart(line: Line, form: Form, colon_only: bool = False) -> Line:
    """A line of one cell with the labels it begins with as cells of their own.

    colon_only  a blank behind the label is not enough
    """
    cell = line.cells[0]
    if len(line.cells) > 1:
        return line
    heads, value = _cut(cell.text, form)
    if not heads or (colon_only and not heads[-1].endswith((":", "："))):
        return line
    labels = [Cell(head.rstrip(":： "), cell.start, cell.start) for head in heads]
    return replace(line, cells=(*labels, replace(cell, text=value)))


def _cut(text: str, form: Form) -> tuple[list[str], str]:
    """The labels a text begins with, each with its colon or blank, and what is left."""
    match = _labels(form.form).match(text)
    if not match:
        return [], text
    head, value = text[: match.start("value")], match["value"]
    if match["label"] in _outer_labels(form.form):  # 使用の主体 使用部署 総務課: the label beside it has the value
        heads, rest = _cut(value, form)
        if heads:
            return [head, *heads], rest
    if len(match["label"]) < _SHORT and not match["number"] and match["colon"] == " ":
        return [], text
    return [head], value


@functools.cache
def _labels(name: str) -> re.Pattern[str]:
    form = load_form(name)
    words = {label for field in _fields(form) for label in field.labels}
    words |= {title for p in form.parts for i in p.items if i.single for title in i.titles}
    spelt = [re.escape(w) for w in sorted(words, key=len, reverse=True)]
    spelt += [rf"{b.name}\d{{1,3}}" for p in form.parts for i in p.items for b in i.blocks]
    return re.compile(
        rf"(?P<number>[①-⑳]|\d{{1,2}}[.．、])?\s?(?P<label>{'|'.join(spelt)})\s?[※*]?"
        r"(?P<colon>[:：]| )\s*(?P<value>.+)$",
        re.DOTALL,
    )


@functools.cache
def _outer_labels(name: str) -> frozenset[str]:
    return frozenset(label for field in _fields(load_form(name)) if field.outer for label in field.labels)


def _fields(form: Form) -> Iterator[Field]:
    for part in form.parts:
        yield from part.fields
        for item in part.items:
            yield from item.fields
            for block in item.blocks:
                yield from block.fields

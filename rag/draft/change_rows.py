"""Rows of 変更箇所 (別添2) drafted from what a revision changed, with 事前/事後 proposed and the reason."""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.forms import load_form
from rag.checks.stale.judging import day as printed_day
from rag.draft.layout import COVER
from rag.draft.plain import field_lines, field_text
from rag.draft.revision import PUBLISHED
from rag.draft.timing import timing_of, timing_of_block
from rag.draft.types import Draft, FieldDraft, FieldKind
from rag.terms import key

#: Texts of at most so many characters stand in a row as a whole; of longer ones only the lines that changed.
WHOLE_CHARS = 200


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row of 変更箇所. `timing` is proposed, `explanation` says why; `section`: the field that changed."""

    date: str
    item: str
    before: str
    after: str
    timing: str
    explanation: str
    section: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as the form prints it."""
        return self.date, self.item, self.before, self.after, self.timing, self.explanation


def changes(before: Draft, after: Draft, day: dt.date) -> tuple[ChangeRow, ...]:
    """What differs between two states of a draft, in the order of the form; a block that came or went is one row.

    The 公表日 is no change. `day`: 変更日.
    """
    old, new = ({f.section: f for f in d.fields} for d in (before, after))
    rows: list[ChangeRow] = []
    for place, fields in itertools.groupby(_in_order(before, after), key=lambda f: _place(f, old, new)):
        some = list(fields)
        if place:
            rows.append(_block_row(some, place in {_block_of(f) for f in after.fields}, day))
        else:
            rows += (r for f in some if (r := _row(old.get(f.section), new.get(f.section), day)) is not None)
    return tuple(rows)


def item_words(field: FieldDraft) -> str:
    """A field as 変更箇所 names it: part and its title, number and title, block, label."""
    part_id, _, number = field.item.partition(".")
    part = load_form("様式3").part(part_id)
    if not number:
        head = part_id if part_id == COVER else f"({part_id}) {part.title}"
        return f"{head} {field.label}" if part_id == COVER else head
    title = next(i.title for i in part.items if i.number == number)
    label = "" if field.section in {field.item, f"{field.item} {field.block}"} else _label(field)
    return " ".join(x for x in (part_id, part.title, f"{number}.{title}", field.block, label) if x)


def _label(field: FieldDraft) -> str:
    return field.label if not field.sub or field.label.startswith(field.sub) else f"{field.sub}{field.label}"


def _in_order(before: Draft, after: Draft) -> Iterator[FieldDraft]:
    """The fields of the new state in their order, each block that went behind its item."""
    kept = {f.section for f in after.fields}
    gone = [f for f in before.fields if f.section not in kept]
    for item, group in itertools.groupby(after.fields, key=lambda f: f.item):
        yield from group
        yield from (f for f in gone if f.item == item)


def _block_of(field: FieldDraft) -> str:
    return f"{field.item} {field.block}" if field.block else ""


def _place(field: FieldDraft, old: dict[str, FieldDraft], new: dict[str, FieldDraft]) -> str:
    """The block of a field that only one of the states has, else ""."""
    one_sided = (field.section in old) != (field.section in new)
    return _block_of(field) if one_sided else ""


def _block_row(fields: Sequence[FieldDraft], came: bool, day: dt.date) -> ChangeRow:
    text = "\n".join(f"{_label(f)}: {field_text(f)}" for f in fields if field_text(f))
    part, number = fields[0].item.split(".")
    title = next(i.title for i in load_form("様式3").part(part).items if i.number == number)
    item = f"{part} {load_form('様式3').part(part).title} {number}.{title} {fields[0].block}"
    kind = "追加" if came else "削除"
    timing, why = timing_of_block(fields)
    explanation = f"{re.sub(r'[0-9]+', '', fields[0].block)}の{kind}。{why}"
    before, after = ("", text) if came else (text, "")
    return ChangeRow(printed_day(day), item, before, after, timing, explanation, _block_of(fields[0]))


def _row(old: FieldDraft | None, new: FieldDraft | None, day: dt.date) -> ChangeRow | None:
    field = new or old
    if field is None or field.section == PUBLISHED:
        return None
    before, after = _texts(old), _texts(new)
    if key("".join(before)) == key("".join(after)):
        return None
    timing, why = timing_of(field, "\n".join(before), "\n".join(after))
    one, other = _differing(before, after)
    return ChangeRow(printed_day(day), item_words(field), one, other, timing, why, field.section)


def _texts(field: FieldDraft | None) -> tuple[str, ...]:
    if field is None:
        return ()
    if field.kind is FieldKind.TEXT:
        return field_lines(field)
    said = field_text(field)
    asked = tuple(s.text for s in field.standing if s.text != said)
    return (said, *asked) if said else asked


def _differing(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """The whole texts where they are short, else the lines that differ, each under its heading."""
    if len("".join(before)) <= WHOLE_CHARS and len("".join(after)) <= WHOLE_CHARS:
        return "\n".join(before), "\n".join(after)
    one, other = [key(line) for line in before], [key(line) for line in after]
    gone: set[int] = set()
    come: set[int] = set()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            gone.update(range(a, b))
            come.update(range(c, d))
    return _under_headings(before, gone), _under_headings(after, come)


def _under_headings(lines: Sequence[str], chosen: set[int]) -> str:
    told: list[str] = []
    heading = ""
    for n, line in enumerate(lines):
        if line.startswith("＜"):
            heading = line
            if n not in chosen:
                continue
        if n in chosen:
            if heading and heading not in told and heading != line:
                told.append(heading)
            told.append(line)
    return "\n".join(told)

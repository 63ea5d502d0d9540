"""A draft as the form's own lines of text, which `ingest` reads back field by field: what checks run on.

Label and value stand side by side, apart by a tab; further lines of a value begin with one, so that none is taken for a
label. Rejected sentences are left out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence

from ingest.assessment import Mark, Marking
from ingest.forms import load_form
from ingest.labels import bare, same
from ingest.marks import UNKNOWN
from rag.checks.paper import PLACEHOLDER
from rag.draft.layout import (
    CHANGE_HEADINGS,
    CONTENTS,
    COVER,
    EDITION,
    Level,
    Printed,
    Row,
    contents,
    lay_out,
    part_title,
)
from rag.draft.types import Draft, DraftSentence, FieldDraft, FieldKind

#: One row of 変更箇所, its cells in the order of `CHANGE_HEADINGS`.
ChangeCells = Sequence[str]

TITLE = "特定個人情報保護評価書(重点項目評価書)"
_GLYPHS = {Marking.MARKED: "○", Marking.UNMARKED: " ", Marking.UNREADABLE: UNKNOWN}
#: How the labels begin with which a group of 主な記録項目 begins, and its title.
_GROUPS = (
    ("個人番号", "・識別情報"),
    ("4情報", "・連絡先等情報"),
    ("5情報", "・連絡先等情報"),
    ("国税関係情報", "・業務関係情報"),
)
#: The field whose boxes, but for the first, name whom they mean.
_SOURCES = "II.3 ①"
_OWN_SELF = "本人又は本人の代理人"
_COUNTED = ("提供を行っている", "移転を行っている")
_BRACKETS = str.maketrans("[]［］", "〔〕〔〕")
#: What the reader of text would take for markup.
_MARKUP = re.compile(r"\*\*|<(?=[/!?A-Za-z])|&(?=[#\w]+;)|\\(?=[_*#\[\]()<>~`|-])")


def plain_text(draft: Draft, changes: Sequence[ChangeCells] = ()) -> str:
    """The draft as text, with rows of 変更箇所 where there are any."""
    lines: list[str] = [TITLE, ""]
    for part, printed in lay_out(draft):
        if part != COVER:
            lines += ["", part_title(part), ""]
        for one in printed:
            lines += _printed(one)
        if part == COVER:
            lines += ["", f"[{EDITION} {draft.form}]", "", CONTENTS, "", *contents(draft, bool(changes))]
    if changes:
        lines += [
            "",
            part_title("別添2"),
            "",
            "\t".join(CHANGE_HEADINGS),
            *("\t".join(map(one_line, r)) for r in changes),
        ]
    return "\n".join(lines) + "\n"


def field_lines(field: FieldDraft, mark: Callable[[DraftSentence], str] = lambda _: "") -> tuple[str, ...]:
    """What a field of text says, line by line: ＜heading＞, then its sentences with their bullets.

    mark: what is printed behind a sentence, such as the numbers of its sources
    """
    lines: list[str] = []
    heading = ""
    for sentence in field.standing:
        if sentence.heading and sentence.heading != heading:
            lines.append(f"＜{sentence.heading}＞")
        heading = sentence.heading
        bullet = "" if sentence.text.startswith(sentence.bullet) else sentence.bullet
        said = f"{bullet}{sentence.text}{mark(sentence)}".split("\n")
        lines += (line for line in map(one_line, said) if line)
    return tuple(lines)


def field_text(field: FieldDraft) -> str:
    """What a field says, as it is read back: its lines, its option, the labels of its marked boxes."""
    if field.kind is FieldKind.CHOICE:
        return field.choice
    if field.kind is FieldKind.BOXES:
        return "、".join(f"{m.label}({m.detail})" if m.detail else m.label for m in marked(field))
    return "\n".join(field_lines(field))


def value_lines(field: FieldDraft) -> tuple[str, ...]:
    """What stands beside the label: `[option] <選択肢> …`, all boxes with their marks, or the lines of a text."""
    if field.kind is FieldKind.CHOICE:
        count = f" ({field.count}) 件" if field.count else ""
        return (" ".join((f"[{field.choice or ' '}]{count} {options_line(field.options)}", *placeholder_lines(field))),)
    if field.kind is FieldKind.BOXES:
        return (" ".join((*placeholder_lines(field), *_boxes(field))),)
    return field_lines(field)


def placeholder_lines(field: FieldDraft) -> tuple[str, ...]:
    """What is still asked of staff in a field of boxes or a choice: no value of it, so without their brackets."""
    if field.kind is FieldKind.TEXT:
        return ()
    return tuple(_without_boxes(s.text) for s in field.standing if PLACEHOLDER.search(s.text))


def marked(field: FieldDraft) -> tuple[Mark, ...]:
    """The boxes of a field that are marked."""
    return tuple(m for m in field.boxes if m.marking is Marking.MARKED)


def shown_boxes(field: FieldDraft) -> tuple[Mark, ...]:
    """The boxes that today's form prints: 4情報 only where an older assessment has it marked."""
    return tuple(m for m in field.boxes if not m.label.startswith("4情報") or m.marking is not Marking.UNMARKED)


def box_groups(field: FieldDraft) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """The shown boxes under the title of their group (・識別情報), which only 主な記録項目 has."""
    groups: list[tuple[str, list[Mark]]] = [("", [])]
    for mark in shown_boxes(field):
        begun = (t for start, t in _GROUPS if field.name == "主な記録項目" and mark.label.startswith(start))
        title = next(begun, groups[-1][0])
        if title != groups[-1][0]:
            groups.append((title, []))
        groups[-1][1].append(mark)
    return tuple((title, tuple(marks)) for title, marks in groups if marks)


def box_suffix(field: FieldDraft, mark: Mark) -> str:
    """What stands behind the label of a box: the parentheses with its detail, 件; "" where the form has none."""
    named = field.section == _SOURCES and mark.label != _OWN_SELF
    counted = mark.label in _COUNTED
    if not (mark.detail or named or counted or mark.label == "その他"):
        return ""
    detail = _without_boxes(mark.detail) if mark.marking is Marking.MARKED else ""
    return f" ({detail})" + (" 件" if counted else "")


def options_line(options: Sequence[str]) -> str:
    """`<選択肢> 1) … 2) …`."""
    return f"<選択肢> {' '.join(f'{n}) {o}' for n, o in enumerate(options, 1))}"


def one_line(text: str) -> str:
    """The text with its white space folded."""
    return " ".join(text.split())


def _without_boxes(text: str) -> str:
    return one_line(text).translate(_BRACKETS)


def _printed(one: Printed) -> Iterator[str]:
    if isinstance(one, Row):
        yield from _row(one)
    elif one.level is Level.BLOCK or one.boxes is None:
        yield one.text
    else:
        yield "\t".join((one.text, *(f"[{_GLYPHS[m.marking]}] {m.label}" for m in one.boxes.boxes)))


def _row(row: Row) -> Iterator[str]:
    lead = (row.label,) if row.outer is None else (row.outer, row.label)
    if row.field.item.startswith("別添"):
        yield from (line if line.startswith("＜") else f"\t{line}" for line in map(_escaped, field_lines(row.field)))
        return
    first, *rest = _joined(list(map(_escaped, value_lines(row.field)))) or ("",)
    if _is_label(first):
        lead = (*lead, "")  # what stands behind an empty cell is a value, though it reads like a label
    yield "\t".join((*lead, first)).rstrip("\t")
    yield from (f"\t{line}" for line in rest)


def _joined(lines: list[str]) -> list[str]:
    """The lines, but one that reads like a label of the form is put behind the line before it."""
    kept: list[str] = []
    for line in lines:
        if kept and _is_label(line):
            kept[-1] += f" {line}"
        else:
            kept.append(line)
    return kept


def _boxes(field: FieldDraft) -> Iterator[str]:
    for title, marks in box_groups(field):
        boxes = " ".join(f"[{_GLYPHS[m.marking]}] {m.label}{box_suffix(field, m)}" for m in marks)
        yield f"{title} {boxes}".strip()


def _escaped(line: str) -> str:
    return _MARKUP.sub(lambda m: f"&#{ord(m[0][0])};{m[0][1:]}", line)


def _is_label(line: str) -> bool:
    """Whether the reader may take a line for a label of the form."""
    words = bare(line)
    return any(words.startswith(bare(label)) or same(line, label) for label in _labels())


@functools.cache
def _labels() -> tuple[str, ...]:
    parts = load_form("様式3").parts
    items = [i for p in parts for i in p.items]
    fields = [f for p in parts for f in p.fields] + [f for i in items for f in i.fields]
    fields += [f for i in items for b in i.blocks for f in b.fields]
    return tuple(dict.fromkeys(label for f in fields for label in f.labels))

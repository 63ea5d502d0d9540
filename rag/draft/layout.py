"""A draft as the form prints it: titles and labelled rows in the official order, which every export writes its way."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ingest.forms import FormItem, Part, load_form
from rag.draft.skeleton import bare
from rag.draft.types import Draft, FieldDraft

#: The newest edition of the form that was seen published.
EDITION = "令和7年5月"
COVER, CONTENTS = "表紙", "項目一覧"
CHANGE_HEADINGS = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")
#: Items of 重要な変更, marked with ※: read off published assessments; the 指針 has them in its 別表 (verify).
IMPORTANT = frozenset(
    (
        *("I.4 法令上の根拠", "I.5 ①", "I.5 ②", "II.2 ①", "II.2 ③", "II.2 ④ 主な記録項目", "II.3 ①", "II.3 ③"),
        *("II.4 委託の有無", "II.4 委託事項 ④", "II.6 保管場所"),
    )
)
#: Titles whose item bears the ※ for all of its fields.
_IMPORTANT_TITLES = frozenset(("I.4", "I.5"))
_NOTES = {
    "III": " ※(7. ②を除く。)",
    "II.5": "(委託に伴うものを除く。)",
    "III.2": "(情報提供ネットワークシステムを通じた入手を除く。)",
    "III.5": "(委託や情報提供ネットワークシステムを通じた提供を除く。)",
    "V.2": "【任意】",
    "V.3": "【任意】",
}
#: Labels that stand before the label of a field; "" where one goes on from the field before.
_OUTER = {
    "II.3 ④ 使用部署": "④使用の主体",
    "II.3 ④ 使用者数": "",
    "II.3 ⑤ 情報の突合": "",
    "II.4 委託事項 ④": "再委託",
    "II.4 委託事項 ⑤": "",
    "II.4 委託事項 ⑥": "",
}


class Level(IntEnum):
    """How high a title stands."""

    PART = 0
    ITEM = 1
    BLOCK = 2


@dataclass(frozen=True, slots=True)
class Title:
    """A title line. `boxes`: the field of the boxes that are printed behind it (委託しない)."""

    level: Level
    text: str
    boxes: FieldDraft | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled field. `outer`: the label before the label, "" where the one above goes on, None without one."""

    label: str
    field: FieldDraft
    outer: str | None = None


Printed = Title | Row


def lay_out(draft: Draft) -> tuple[tuple[str, tuple[Printed, ...]], ...]:
    """The parts the draft has fields of, in order: id of the part and what is printed in it, its title left out."""
    parts = itertools.groupby(draft.fields, key=part_of)
    return tuple((part, tuple(_of_part(part, list(fields)))) for part, fields in parts)


def part_of(field: FieldDraft) -> str:
    """The part of a field: 表紙, I, …, 別添1."""
    return field.item.partition(".")[0]


def part_title(part: str) -> str:
    """The title of a part as it is printed: `I 基本情報`, `(別添1) 特定個人情報ファイル記録項目`."""
    title = _parts()[part].title
    return f"({part}) {title}" if part.startswith("別添") else f"{part} {title}{_NOTES.get(part, '')}"


def contents(draft: Draft, changes: bool) -> tuple[str, ...]:
    """The lines of 項目一覧. `changes`: whether there are rows of 変更箇所, which a new assessment has none of."""
    here = dict.fromkeys(part_of(f) for f in draft.fields)
    titled = [p for p in _parts() if p in here and p != COVER]
    lines = [part_title(p).removesuffix(_NOTES.get(p, "\0")) for p in titled]
    return (*lines, part_title("別添2")) if changes else tuple(lines)


def item_title(item: str) -> str:
    """The title of a numbered item as it is printed: `4. 個人番号の利用 ※`."""
    part, _, number = item.partition(".")
    found = _item(part, number)
    return f"{number}. {found.title}{_NOTES.get(item, '')}{' ※' if item in _IMPORTANT_TITLES else ''}"


def important(section: str) -> bool:
    """Whether a change of that field is 重要な変更: marked with ※, or of III but for the incidents of its 7 ②."""
    if section.startswith("III."):
        return not section.startswith(("III.1", "III.7 ②")) or section.startswith("III.10")
    return bare(section) in IMPORTANT


def _of_part(part: str, fields: Sequence[FieldDraft]) -> Iterator[Printed]:
    if "." not in fields[0].item:  # the cover, 別添1
        yield from (Row(f.label, f) for f in fields)
        return
    for item, group in itertools.groupby(fields, key=lambda f: f.item):
        yield from _of_item(_item(part, item.partition(".")[2]), item, list(group))


def _of_item(form_item: FormItem, item: str, fields: Sequence[FieldDraft]) -> Iterator[Printed]:
    if form_item.single:
        yield Row(item_title(item), fields[0])
        return
    header = next((f for f in fields if f.section == item), None)
    yield Title(Level.ITEM, item_title(item), header)
    if form_item.risks and not form_item.blocks:
        yield Title(Level.BLOCK, f"リスク: {form_item.risks[0]}")
    block = ""
    for field in fields:
        if field is header:
            continue
        if field.block != block:
            block = field.block
            yield from _block_title(form_item, field)
        yield Row(_label(item, field), field, _OUTER.get(bare(field.section)))


def _block_title(form_item: FormItem, field: FieldDraft) -> Iterator[Title]:
    """システム1 and the risks have titles that are no fields."""
    risk = re.fullmatch(r"リスク(\d+)", field.block)
    if risk:
        yield Title(Level.BLOCK, f"{field.block}: {form_item.risks[int(risk[1]) - 1]}")
    elif field.block and (field.sub or field.name):
        yield Title(Level.BLOCK, field.block)


def _label(item: str, field: FieldDraft) -> str:
    noted = _NOTES.get(item, "")
    title = _item(*item.split(".")).title
    label = field.label
    if field.name == "その他のリスク" and label.startswith(title):
        label = label.replace(title, title + noted, 1)
    own = bare(field.section) in IMPORTANT and item not in _IMPORTANT_TITLES
    return f"{label} ※" if own else label


def _item(part: str, number: str) -> FormItem:
    return next(i for i in _parts()[part].items if i.number == number)


@functools.cache
def _parts() -> dict[str, Part]:
    return {p.id: p for p in load_form("様式3").parts}

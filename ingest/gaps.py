"""Parts of the form that the source lost. Missing is not 該当なし."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assessment import Gap, Item, State
from ingest.forms import Form, FormItem, Part
from ingest.labels import bare


def find_gaps(form: Form, items: Sequence[Item]) -> tuple[Gap, ...]:
    """Missing parts, items, fields and numbers, in the form's order."""
    contents = next((bare(i.text) for i in items if i.part == "表紙" and i.name == "項目一覧"), "")
    gaps: list[Gap] = []
    for part in form.parts:
        own = [i for i in items if i.part == part.id]
        if part.id == "表紙" or part.optional:
            continue
        if not own:
            if not part.changes or bare(part.title) in contents:
                listed = "項目一覧にありますが、" if bare(part.title) in contents else ""
                gaps.append(Gap(part.id, f"{part.id} {part.title}は{listed}本文にありません。"))
            continue
        for index in sorted({i.file_index for i in own}):
            gaps.extend(_item_gaps(part, [i for i in own if i.file_index == index]))
    return tuple(dict.fromkeys(gaps))


def _item_gaps(part: Part, own: Sequence[Item]) -> list[Gap]:
    gaps = []
    for item in part.items:
        mine = [i for i in own if i.number == item.number]
        section = f"{part.id}.{item.number}"
        if not mine:
            if not item.optional:
                gaps.append(Gap(section, f"{section} {item.title}が本文にありません。"))
            continue
        lost = _lost_fields(item, mine)
        if item.fields and len(lost) * 2 >= sum(not f.optional and not f.outer for f in item.fields) and lost:
            gaps.append(Gap(section, f"{section} {item.title}は一部しか残っていません(欠落: {'、'.join(lost)})。"))
        else:
            gaps.extend(
                Gap(f"{section} {name}", f"{section} {item.title}の「{name}」の欄が本文にありません。") for name in lost
            )
        gaps.extend(_number_gaps(section, item, mine))
    return gaps


def _lost_fields(item: FormItem, mine: Sequence[Item]) -> list[str]:
    present = {(i.sub, i.name) for i in mine}
    needed = [f for f in item.fields if not f.optional and not f.outer]
    return [f"{f.sub}{f.name or f.label}" for f in needed if (f.sub, f.name) not in present]


def _number_gaps(section: str, item: FormItem, mine: Sequence[Item]) -> list[Gap]:
    """Numbers that are skipped: システム7 is followed by システム10."""
    gaps = []
    for block in item.blocks:
        numbers = {int(m[1]) for i in mine if (m := re.match(rf"{block.name}(\d+)$", i.block))}
        lost = sorted(set(range(1, max(numbers, default=0))) - numbers)
        for n in lost:
            gaps.append(
                Gap(
                    f"{section} {block.name}{n}", f"{section} の{block.name}{n}が本文にありません(番号が飛んでいます)。"
                )
            )
        if not numbers and not item.fields and item.blocks and not any(i.state is State.STATED for i in mine):
            gaps.append(Gap(section, f"{section} {item.title}の内容が本文にありません。"))
    return gaps

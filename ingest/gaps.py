"""Parts of the form that the source lost. Missing is not 該当なし."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.assessment import Gap, Item, State
from ingest.forms import Block, Form, FormItem, Part
from ingest.labels import bare
from ingest.walk.place import split_block


def find_gaps(form: Form, items: Sequence[Item]) -> tuple[Gap, ...]:
    """Missing parts, items, fields and numbers, in the form's order, each once for all files."""
    contents = next((bare(i.text) for i in items if i.part == "表紙" and i.name == "項目一覧"), "")
    own: dict[str, dict[int, dict[str, list[Item]]]] = {}  # by part, file and number
    for read in items:
        own.setdefault(read.part, {}).setdefault(read.file_index, {}).setdefault(read.number, []).append(read)
    gaps: list[Gap] = []
    for part in form.parts:
        if part.id == "表紙" or part.optional:
            continue
        if part.id not in own:
            gaps.extend(_part_gaps(part, bare(part.title) in contents))
        for _, numbered in sorted(own.get(part.id, {}).items()):
            for item in part.items:
                gaps.extend(_item_gaps(part, item, numbered.get(item.number, [])))
    return tuple(dict.fromkeys(gaps))


def _part_gaps(part: Part, listed: bool) -> Iterator[Gap]:
    """A new assessment has no 変更箇所; all else must be there."""
    if listed or not part.changes:
        where = "項目一覧にありますが、" if listed else ""
        yield Gap(part.id, f"{part.id} {part.title}は{where}本文にありません。")


def _item_gaps(part: Part, item: FormItem, mine: Sequence[Item]) -> Iterator[Gap]:
    section = f"{part.id}.{item.number}"
    if not mine:
        if not item.optional:
            yield Gap(section, f"{section} {item.title}が本文にありません。")
        return
    needed = [f for f in item.fields if not f.optional and not f.outer]
    present = {(i.sub, i.name) for i in mine}
    lost = [f"{f.sub}{f.name or f.label}" for f in needed if (f.sub, f.name) not in present]
    if lost and len(lost) * 2 >= len(needed):
        yield Gap(section, f"{section} {item.title}は一部しか残っていません(欠落: {'、'.join(lost)})。")
    else:
        for name in lost:
            yield Gap(f"{section} {name}", f"{section} {item.title}の「{name}」の欄が本文にありません。")
    for block in item.blocks:
        yield from _block_gaps(section, item, block, mine)


def _block_gaps(section: str, item: FormItem, block: Block, mine: Sequence[Item]) -> Iterator[Gap]:
    """Numbers that are skipped (システム7 is followed by システム10), and an item without its blocks."""
    numbers = {n for name, n in (split_block(i.block) for i in mine) if name == block.name and n}
    for n in sorted(set(range(1, max(numbers, default=0))) - numbers):
        yield Gap(f"{section} {block.name}{n}", f"{section} の{block.name}{n}が本文にありません(番号が飛んでいます)。")
    if not numbers and not item.fields and not any(i.state is State.STATED for i in mine):
        yield Gap(section, f"{section} {item.title}の内容が本文にありません。")

"""What stands in the middle: the duty (I.1), its files (II.1) and its systems (I.2)."""

from __future__ import annotations

from ingest.assessment import Cover, File, State, System
from rag.flow.chart import Box, Group
from rag.flow.record import BLANK, LOST, UNREADABLE, Source, lost_boxes, means


def centre(source: Source) -> tuple[Group, ...]:
    """Duty, files and systems."""
    return (_duty(source), _files(source), _systems(source))


def _duty(source: Source) -> Group:
    cover = next((r for r in source.records.get("covers", ()) if isinstance(r, Cover)), Cover())
    department = f"担当: {cover.department.value}" if cover.department.value else ""
    lines = tuple(filter(None, (source.version.body, department)))
    if cover.duty.state is State.STATED and cover.duty.value:
        return Group("事務(Ⅰ.1)", (Box(cover.duty.value, lines, cover.duty.item),))
    why = LOST if list(source.gaps("I.1")) else UNREADABLE if cover.duty.state is State.UNREADABLE else BLANK
    named = (f"評価書名: {source.version.title}",) if source.version.title else ()
    return Group("事務(Ⅰ.1)", (Box(f"事務の名称 {why}", (*named, *lines), unsure=why != BLANK),))


def _files(source: Source) -> Group:
    boxes = []
    for record in source.records.get("files", ()):
        if isinstance(record, File):
            people = f"本人の数: {record.people.value}" if record.people.value else ""
            name = record.name.value or record.file or f"ファイル名の{BLANK}"
            boxes.append(Box(name, tuple(filter(None, (people,))), record.name.item))
    shown = tuple(boxes) or lost_boxes(source, "II.1") or (Box(BLANK),)
    return Group("特定個人情報ファイル(Ⅱ.1)", shown, flows=bool(boxes))


def _systems(source: Source) -> Group:
    boxes = [_system(source, r) for r in source.records.get("systems", ()) if isinstance(r, System)]
    lost = lost_boxes(source, "I.2")
    title = f"システム(Ⅰ.2) {len(boxes)}件" if boxes else "システム(Ⅰ.2)"
    return Group(title, (*boxes, *lost) or (Box(BLANK),), flows=bool(boxes))


def _system(source: Source, record: System) -> Box:
    name = record.name.value or f"システム{record.number} 名称の{BLANK}"
    if record.name.state is State.UNREADABLE:
        return Box(f"システム{record.number} 名称 {UNREADABLE}", (), record.name.item, unsure=True)
    item = source.at("I.2", "③", f"システム{record.number}")
    line, doubt = means("接続", item)
    return Box(name, (line,) if line else (), record.name.item or (item.key if item else ""), doubt=doubt)

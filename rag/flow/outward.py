"""What flows out: contractors (II.4), provisions and transfers (II.5)."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.assessment import Contract, Marking, Recipient, State
from rag.flow.chart import Box, Group
from rag.flow.record import (
    BLANK,
    UNREADABLE,
    Source,
    distinct,
    lost_boxes,
    means,
    short,
    value,
)

#: Kind of record, what it is called, its block, the label of its box in II.5.
_RECIPIENTS = (
    ("provisions", "提供", "提供先", "提供を行っている"),
    ("transfers", "移転", "移転先", "移転を行っている"),
)


def outflows(source: Source) -> tuple[Group, ...]:
    """委託, 提供, 移転."""
    return (_contracts(source), *(_recipients(source, *kind) for kind in _RECIPIENTS))


def _contracts(source: Source) -> Group:
    found = distinct(source.records.get("contracts", ()), source.files)
    boxes = [_contract(r, of) for r, of in found if isinstance(r, Contract)]
    return _group(source, "委託(Ⅱ.4)", "II.4", boxes, list(_no_contracts(source)), "")


def _contract(record: Contract, of: str) -> Box:
    title, sure = value(record.contractor, "委託先名")
    what = record.title if record.title.value else record.content
    about, known = value(what, "委託内容")
    again, told = value(record.subcontract, "再委託の有無")
    if record.subcontracted.value and record.subcontract.value == "再委託する":
        again += f"({short(record.subcontracted.value, 36)})"
    item = record.contractor.item or record.title.item or record.content.item
    return Box(title, (f"委託: {about}", again, *_of_file(of)), item, unsure=not (sure and known and told))


def _no_contracts(source: Source) -> Iterator[Box]:
    """What II.4 says where it has no 委託事項."""
    for item in source.items:
        if (item.part, item.number, item.block, item.name) == ("II", "4", "", "委託の有無"):
            if item.state is State.UNREADABLE:
                yield Box(f"委託の有無 {UNREADABLE}", (), item.key, unsure=True)
            elif item.text:
                yield Box(item.text, (), item.key)


def _recipients(source: Source, kind: str, ja: str, block: str, label: str) -> Group:
    found = distinct(source.records.get(kind, ()), source.files)
    boxes = [_recipient(source, r, of, ja, block) for r, of in found if isinstance(r, Recipient)]
    without = list(_not_done(source, ja, label))
    return _group(
        source, f"{ja}(Ⅱ.5)", "II.5", boxes, without, _declared(source, label, len(source.records.get(kind, ())))
    )


def _recipient(source: Source, record: Recipient, of: str, ja: str, block: str) -> Box:
    title, sure = value(record.recipient, f"{block}名")
    what, known = value(record.information, f"{ja}する情報")
    line, doubt = means("方法", source.at("II.5", "⑥", f"{block}{record.number}", record.file_index))
    item = record.recipient.item or record.information.item
    lines = (f"情報: {what}", *filter(None, (line,)), *_of_file(of))
    return Box(title, lines, item, unsure=not (sure and known), doubt=doubt)


def _not_done(source: Source, ja: str, label: str) -> Iterator[Box]:
    """What the boxes of II.5 say where there is no such recipient."""
    for item in source.items:
        if (item.part, item.number, item.block, item.name) != ("II", "5", "", "提供・移転の有無"):
            continue
        marks = {m.label: m.marking for m in item.marks}
        if marks.get(label) is Marking.UNREADABLE or item.state is State.UNREADABLE:
            yield Box(f"{ja}の有無の印が{UNREADABLE}", (), item.key, unsure=True)
        elif marks.get(label) is Marking.MARKED:
            yield Box(f"{label}(相手の記載なし)", (), item.key)
        elif marks.get("行っていない") is Marking.MARKED:
            yield Box(f"{ja}を行っていない", (), item.key)
        else:
            yield Box(f"「{label}」に印なし", (), item.key)


def _declared(source: Source, label: str, rows: int) -> str:
    """The number of recipients that II.5 declares for all files, where it is another than of those written out."""
    counts = [
        mark.detail.strip()
        for item in source.items
        if (item.part, item.number, item.name) == ("II", "5", "提供・移転の有無")
        for mark in item.marks
        if mark.label == label and mark.marking is Marking.MARKED
    ]
    if not counts or not all(count.isdecimal() for count in counts):
        return ""
    total = sum(map(int, counts))
    return str(total) if total != rows else ""


def _group(source: Source, title: str, section: str, boxes: list[Box], without: list[Box], declared: str) -> Group:
    """The boxes, or what stands in their place; lost parts besides."""
    lost = lost_boxes(source, section)
    if boxes:
        more = f"(件数の記載は{declared}件)" if declared else ""
        return Group(f"{title} {len(boxes)}件{more}", (*boxes, *lost))
    once = list({(b.title, b.unsure): b for b in without}.values())
    return Group(title, (*once, *lost) or (Box(BLANK),), flows=False)


def _of_file(of: str) -> tuple[str, ...]:
    return (f"ファイル: {of}",) if of else ()

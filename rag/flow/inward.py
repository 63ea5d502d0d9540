"""What flows in: II.3 入手元 and 入手方法, file by file."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.assessment import Item, State
from rag.flow.chart import Box, Group, Inflow
from rag.flow.record import BLANK, CHECK, LOST, UNREADABLE, Source, lost_boxes, marked, told, unread

SECTION, JA = "II.3", "Ⅱ.3"


def inflows(source: Source) -> tuple[Inflow, ...]:
    """One a file; files whose sources and means are the same share one."""
    found: dict[tuple[object, ...], tuple[list[str], Inflow]] = {}
    for index, name in (source.files or {0: ""}).items():
        boxes, means = _sources(source, index), _means(source, index)
        same = tuple((b.title, b.lines, b.unsure) for b in (*boxes, *means.boxes))
        names, _ = found.setdefault(same, ([], Inflow(Group("", boxes), means)))
        names.append(name)
    several = len(source.files) > 1
    return tuple(
        Inflow(Group(_title(names if several else []), held.sources.boxes), held.means)
        for names, held in found.values()
    )


def _title(files: list[str]) -> str:
    named = f" {'、'.join(filter(None, files))}" if files else ""
    return f"入手元({JA}①){named}"


def _sources(source: Source, index: int) -> tuple[Box, ...]:
    item = source.at(SECTION, "①", file_index=index)
    if item is None:
        return lost_boxes(source, SECTION) or (Box(f"{JA}① {LOST}", unsure=True),)
    return tuple(_marks(item)) or (_plain(item),)


def _marks(item: Item) -> Iterator[Box]:
    """A box for each mark; those that cannot be read in one, but for what has something written beside it."""
    for mark in marked(item):
        yield Box(mark.label, (mark.detail,) if mark.detail.strip() else (), item.key)
    lost = unread(item)
    for mark in lost:
        if mark.detail.strip():
            yield Box(mark.label, (mark.detail, f"印が{UNREADABLE}"), item.key, unsure=True)
    bare = [m.label for m in lost if not m.detail.strip()]
    if bare:
        yield Box(f"印が読み取れない選択肢({CHECK})", ("、".join(bare),), item.key, unsure=True)


def _plain(item: Item) -> Box:
    if item.state is State.UNREADABLE:
        return Box(f"入手元 {UNREADABLE}", (), item.key, unsure=True)
    return Box(item.text if item.text and not item.marks else f"入手元の{BLANK}", (), item.key)


def _means(source: Source, index: int) -> Group:
    item = source.at(SECTION, "②", file_index=index)
    return Group(f"入手方法({JA}②)", tuple(_means_boxes(item)) if item else (Box(LOST, unsure=True),))


def _means_boxes(item: Item) -> Iterator[Box]:
    """The marked means in one box, those whose marks cannot be read in another."""
    hits, lost = [told(m) for m in marked(item)], [told(m) for m in unread(item)]
    if hits:
        yield Box("、".join(hits), (), item.key)
    if lost:
        yield Box(f"印が読み取れない選択肢({CHECK})", ("、".join(lost),), item.key, unsure=True)
    if not hits and not lost:
        unread_text = item.state is State.UNREADABLE
        stated = UNREADABLE if unread_text else item.text if item.text and not item.marks else BLANK
        yield Box(stated, (), item.key, unsure=unread_text)

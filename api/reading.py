"""What was read at one place of a form (items, marks, gaps, records), and how it reads line by line."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from api.terminal import indent, pad, shorten, width
from api.web.outline import chapters
from api.web.wording import KIND_NAMES, MARKS, part_name, place_name
from ingest.assessment import RECORD_KINDS, Item, Record, State, Stated
from rag.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rag.catalog import Catalog
    from rag.types import Version

NUMERALS = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "Ⅵ": "VI", "\u3000": " ", "．": "."})
STATES = {State.BLANK: "(空欄)", State.UNREADABLE: "(読取不可・原本確認)"}


@dataclass(frozen=True, slots=True)
class Place:
    """The items of one place, with the gaps there and the records that were read from these items, by kind."""

    version: Version
    items: tuple[Item, ...]
    gaps: tuple[tuple[str, str], ...]
    records: dict[str, tuple[Record, ...]]


def read_place(catalog: Catalog, version: Version, place: str = "") -> Place:
    """What stands at `place` (II, II.4, II.4 委託事項1, II.4 委託事項1 ③, 表紙; "" is everywhere).

    Raises NotFound, with the places there are, where nothing stands there and nothing is known to be missing there.
    """
    section = " ".join(place.translate(NUMERALS).split())
    every = catalog.items(version.id)
    items = tuple(item for item in every if stands_at(item.section, section))
    gaps = tuple(gap for gap in version.gaps if stands_at(gap[0], section))
    if not items and not gaps:
        raise NotFound(f"{version.document} に「{place}」という場所はありません。ある場所: {places(every)}")
    keys = {item.key for item in items}
    records = {
        kind: tuple(r for _, r in catalog.records(kind, [version.id]) if named_in(r, keys)) for kind in RECORD_KINDS
    }
    return Place(version, items, gaps, {kind: rows for kind, rows in records.items() if rows})


def stands_at(section: str, wanted: str) -> bool:
    """Whether a section is the wanted place or lies inside it: II.4 委託事項1 lies in II.4 and in II."""
    return not wanted or section == wanted or section.startswith((wanted + " ", wanted + "."))


def places(items: Iterable[Item]) -> str:
    """The heads of the sections in the order of the form."""
    return "、".join(dict.fromkeys(item.section.split(" ")[0] for item in items))


def named_in(record: Record, keys: set[str]) -> bool:
    """Whether a cell of the record was read from one of these items."""
    return any(cell.item in keys for _, cell in cells(record))


def cells(record: Record) -> list[tuple[str, Stated]]:
    """Japanese heading and value of each column."""
    return [(f.metadata["ja"], getattr(record, f.name)) for f in fields(record) if "ja" in f.metadata]


def outline_lines(version: Version, items: Sequence[Item]) -> Iterator[str]:
    """Chapters, numbers and blocks, with the number of items of each."""
    yield head_line(version)
    for chapter in chapters(items):
        file = f"({chapter.file})" if chapter.file else ""
        yield f"\n{chapter.title}{file}"
        for number in chapter.numbers:
            count = sum(len(group.items) for group in number.groups)
            name = f"{part_name(chapter.part)}.{number.number}" if number.number else part_name(chapter.part)
            yield f"  {pad(name, 8)}{shorten(number.label, width() - 24)}({count}項目)"
            for group in number.groups:
                if group.block:
                    yield f"          {shorten(group.title, width() - 12)}"
    yield from gap_lines(version.gaps)


def place_lines(place: Place) -> Iterator[str]:
    """Every item with its text or marks, then gaps and records."""
    yield head_line(place.version)
    file = ""
    for item in place.items:
        if item.file != file:
            file = item.file
            yield f"\n特定個人情報ファイル: {file}" if file else ""
        yield f"\n{place_name(item.section)}  {item.label}".rstrip()
        for mark in item.marks:
            sign, words = MARKS[mark.marking.value]
            detail = f"({mark.detail})" if mark.detail else ""
            yield f"    {sign} {mark.label}{detail}" + (f" … {words}" if sign == "?" else "")
        if not item.marks or item.state is not State.STATED:
            yield indent(STATES.get(item.state, item.text) if not item.text else item.text, 4)
    yield from gap_lines(place.gaps)
    yield from record_lines(place.records)


def head_line(version: Version) -> str:
    """Which version this is."""
    remark = "" if version.current else "、過去の版"
    return f"{version.document} {version.title}({version.published}公表{remark})"


def gap_lines(gaps: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What the source lost; it is not the same as 記載なし."""
    if gaps:
        yield "\n欠落(原文から失われている部分。原本で確かめてください)"
    for section, reason in gaps:
        yield f"  {place_name(section)}: {reason}"


def record_lines(records: dict[str, tuple[Record, ...]]) -> Iterator[str]:
    """The records read here, a line each; `hyoka records` shows them in full."""
    for kind, rows in records.items():
        yield f"\n記録 {KIND_NAMES[kind]}({kind}) {len(rows)}件"
        for record in rows:
            stated = [
                f"{ja}={value(cell)}" for ja, cell in cells(record) if cell.value or cell.state is State.UNREADABLE
            ]
            yield "  " + shorten(f"{record.number or ''} {' | '.join(stated)}", width() - 2)


def value(cell: Stated) -> str:
    """A cell in one short line."""
    return "読取不可" if cell.state is State.UNREADABLE else shorten(cell.value, 30)

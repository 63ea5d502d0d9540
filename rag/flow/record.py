"""One assessment under the hand that draws it: its items, records and gaps; how boxes and lost parts are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.assessment import Item, Kind, Mark, Marking, Record, State, Stated
from rag.flow.chart import Box
from rag.types import Version

CHECK = "原本確認"
LOST = f"原文の欠落({CHECK})"
UNREADABLE = f"読取不可({CHECK})"
BLANK = "記載なし"
_NUMERALS = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ", "VI": "Ⅵ"}
#: A longer text of a field is cut; the page of its item has all of it.
MAX_CHARS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What a drawing is made from. `records` by kind, as `RECORD_KINDS` names them."""

    version: Version
    items: tuple[Item, ...]
    records: dict[str, tuple[Record, ...]]

    def at(self, section: str, sub: str = "", block: str = "", file_index: int = 0) -> Item | None:
        """The item of a sub-number (without a name of its own) in a section, of any file where none is given."""
        part, _, number = section.partition(".")
        wanted = (part, number, block, sub, "")
        return next(
            (
                i
                for i in self.items
                if (i.part, i.number, i.block, i.sub, i.name) == wanted
                and i.kind is not Kind.HISTORY
                and file_index in (0, i.file_index)
            ),
            None,
        )

    def gaps(self, section: str) -> Iterator[tuple[str, str]]:
        """The lost parts of a section: the section itself, or something within."""
        for place, reason in self.version.gaps:
            if place in {section, section.partition(".")[0]} or place.startswith(section + " "):
                yield place, reason

    @property
    def files(self) -> dict[int, str]:
        """The files by their number."""
        return {i.file_index: i.file for i in self.items if i.file_index}


def marked(item: Item | None) -> list[Mark]:
    """The marked boxes of an item."""
    return [m for m in item.marks if m.marking is Marking.MARKED] if item else []


def unread(item: Item | None) -> list[Mark]:
    """The boxes of an item that cannot be read."""
    return [m for m in item.marks if m.marking is Marking.UNREADABLE] if item else []


def told(mark: Mark) -> str:
    """`その他(国民健康保険団体連合会)`; a note of the form in the label stays out."""
    label = re.sub(r"[(（][^()（）]*除く。?[)）]", "", mark.label)
    return f"{label}({mark.detail})" if mark.detail.strip() else label


def means(name: str, item: Item | None) -> tuple[str, str]:
    """`方法: 紙、庁内連携システム`, and what of it is in doubt."""
    if item is None:
        return "", f"{name}: {LOST}"
    hits, lost = marked(item), unread(item)
    if lost or item.state is State.UNREADABLE:
        if not hits:
            return "", f"{name}の印は{UNREADABLE}"
        return f"{name}: {'、'.join(told(m) for m in hits)}", f"{name}のほかの印{len(lost)}個は{UNREADABLE}"
    if hits:
        return f"{name}: {'、'.join(told(m) for m in hits)}", ""
    return f"{name}: {short(item.text) if item.text and not item.marks else BLANK}", ""


def value(cell: Stated, name: str) -> tuple[str, bool]:
    """A cell as it is drawn, and whether it is sure."""
    if cell.state is State.UNREADABLE:
        return f"{name} {UNREADABLE}", False
    return (short(cell.value), True) if cell.value.strip() else (f"{name}の{BLANK}", True)


def short(text: str, limit: int = MAX_CHARS) -> str:
    """A text on one line, cut with … where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def numeral(section: str) -> str:
    """A section with the numeral of the form: Ⅱ.4."""
    part, dot, rest = section.partition(".")
    return _NUMERALS.get(part, part) + dot + rest


def lost_boxes(source: Source, section: str) -> tuple[Box, ...]:
    """A dashed box for each lost part of a section."""
    return tuple(Box(f"{numeral(place)} {LOST}", unsure=True) for place, _ in source.gaps(section))


def distinct(records: Sequence[Record], files: dict[int, str]) -> list[tuple[Record, str]]:
    """The records, equal ones of several files once, each with the file it is of where not all have it."""
    groups: dict[tuple[str, ...], list[Record]] = {}
    counts: dict[tuple[int, tuple[str, ...]], int] = {}
    for record in records:
        same = tuple(getattr(record, n).value for n in type(record).__dataclass_fields__ if _is_cell(record, n))
        n = counts[record.file_index, same] = counts.get((record.file_index, same), 0) + 1
        groups.setdefault((*same, str(n)), []).append(record)  # equal rows of one file are two
    found = []
    for group in groups.values():
        own = {r.file_index for r in group}
        of = "" if len(files) < 2 or own == set(files) else "、".join(files[n] for n in sorted(own) if n in files)
        found.append((group[0], of))
    return found


def _is_cell(record: Record, name: str) -> bool:
    return isinstance(getattr(record, name), Stated)

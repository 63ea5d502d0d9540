"""Where in its form the walk stands, and what it has gathered so far: the one thing the steps of the walk share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.entries import Entry
from ingest.forms import Field, Form, FormItem, Part
from ingest.readers.source import Cell, Line

#: A cell longer than this is content, whatever it begins with.
LABEL_MAX_CHARS = 90


class Place:
    """The current part, item, block and entry; changed by every step.

    entry      the place of the form that takes unlabelled text, None where no place does
    outer      the entry of a label that stands above the current one, while that one may still end
    heads      headings read since the last entry was opened: they belong to the next one
    files      number of the current 特定個人情報ファイル by part
    listed     parts named in the table of contents while we are in it, else None
    orphans    rows of an item whose heading was lost, until another row tells which item
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self.part = form.parts[0]
        self.numbered_at = 0  # index of the last part that the form numbers: appendices stand between
        self.item: FormItem | None = None
        self.block = ""
        self.entries: list[Entry] = []
        self.entry: Entry | None = None
        self.outer: Entry | None = None
        self.heads: list[Cell] = []
        self.files: dict[str, int] = {}
        self.listed: set[str] | None = None
        self.columns: list[Entry] = []
        self.orphans: list[tuple[Line, Field]] = []
        self.remainder: list[Cell] = []
        self._entered_at = 0
        self._of_part: dict[str, int] = {}
        self._last_block: dict[tuple[str, str, int, str], int] = {}
        self._taken: set[tuple[str, str, int, str, int]] = set()
        self._closed: set[tuple[str, str, int]] = set()

    @property
    def file_index(self) -> int:
        """Number of the 特定個人情報ファイル this part is about, 0 where it is about none."""
        return self.files.get(self.part.id, 0)

    def enter(self, part: Part) -> None:
        """A part begins."""
        self.give_up_orphans()
        self._take_back_empty_part()
        self.listed = None
        self.part, self.item, self.block, self.entry, self.outer, self.columns = part, None, "", None, None, []
        self.numbered_at = next((n for n, p in enumerate(self.form.parts) if p is part), self.numbered_at)
        self._entered_at = len(self.entries)
        if part.per_file:
            self.files[part.id] = self.files.get(part.id, 0) + 1

    def _take_back_empty_part(self) -> None:
        """A part without a word was only listed: it counts for no file and leaves no entry."""
        since = self.entries[self._entered_at :]
        if any(e.filled for e in since) or len(since) > 1 or self.part is self.form.parts[0]:
            return
        if since and not self.part.free:
            return
        for entry in since:
            self.entries.remove(entry)
            self.heads = [*entry.head, *self.heads]
        if self.part.per_file and self.files.get(self.part.id):
            self.files[self.part.id] -= 1

    def hand_over(self, part: Part) -> None:
        """The part's heading was lost, and its first item was taken for the first item of the part before."""
        last = self.entries[-1] if len(self.entries) == self._entered_at + 1 else None
        first = part.items[0]
        misread = last is not None and last.item is not None and last.item.number == first.number
        if misread and last is not None and last.item is not None and last.item.title == first.title:
            self.files[last.part.id] -= 1
            self.entries.pop()
            self.enter(part)
            last.part, last.item, last.file_index = part, first, self.file_index
            self.entries.append(last)
        else:
            self.enter(part)

    def begin(self, item: FormItem) -> None:
        """An item of the current part begins."""
        self.item, self.block, self.entry, self.outer = item, "", None, None
        if self.part.per_file:
            self.files.setdefault(self.part.id, 1)

    def open(
        self,
        field: Field | None,
        printed: str,
        head: Sequence[Cell] = (),
        page: int | None = None,
        *,
        block: str | None = None,
        title: str = "",
    ) -> Entry:
        """Begins the entry of a field (None: of the item or part itself), which takes the headings read before."""
        block = self.block if block is None else block
        entry = Entry(
            self.part, self.item, field, block, self.file_index, printed, title, [*self.heads, *head], page=page
        )
        self.heads = []
        self.entries.append(entry)
        self.entry = entry
        self._of_part[self.part.id] = self._of_part.get(self.part.id, 0) + 1
        self._remember(field, block)
        return entry

    def _remember(self, field: Field | None, block: str) -> None:
        at = self._item_key()
        self._taken.add((*at, block, id(field)))
        name, number = split_block(block)
        if number:
            self._last_block[(*at, name)] = max(number, self._last_block.get((*at, name), 0))

    def _item_key(self) -> tuple[str, str, int]:
        return self.part.id, self.item.number if self.item else "", self.file_index

    def count_in_part(self) -> int:
        """Entries of the current part."""
        return self._of_part.get(self.part.id, 0)

    def is_taken(self, field: Field) -> bool:
        """Whether the current block has this field already."""
        return (*self._item_key(), self.block, id(field)) in self._taken

    def last_number(self, block: str) -> int:
        """The highest number of such a block (委託事項) in the current item, 0 where there is none."""
        return self._last_block.get((*self._item_key(), block), 0)

    def close_item(self) -> None:
        """The last field of the current item was read."""
        self._closed.add(self._item_key())

    def is_closed(self) -> bool:
        return self._item_key() in self._closed

    def give_up_orphans(self) -> None:
        """No item was found for the waiting rows."""
        for line, _ in self.orphans:
            self.remainder.extend(line.cells)
        self.orphans = []


def split_block(block: str) -> tuple[str, int]:
    """'委託事項12' → ('委託事項', 12); the number is 0 where there is none."""
    match = re.match(r"^(\D+)(\d+)$", block)
    return (match[1], int(match[2])) if match else (block, 0)

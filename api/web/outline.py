"""Items of a document in the order of the form: chapters, numbers, and the groups that are read together.

A group is what a person calls an item: all sub-items of 委託事項3, or of Ⅱ.2 where it has no blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from api.web import links, wording
from ingest.assessment import Item, Kind

MAX_TITLE_CHARS = 40


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive items of one number and block."""

    part: str
    number: str
    block: str
    file_index: int
    items: tuple[Item, ...]

    @property
    def anchor(self) -> str:
        """Fragment id on the page of the document."""
        return links.anchor(self.part, self.file_index or "", self.number, self.block)

    @property
    def head(self) -> Item | None:
        """The item that names the block (委託事項3 電算データ入力), where there is one."""
        first = self.items[0]
        return first if self.block and not first.sub and not first.name else None

    @property
    def told(self) -> tuple[Item, ...]:
        """The items apart from a head that the title already says in full or that says nothing."""
        head = self.head
        if head is None or len(self.items) == 1 or not (self.title.endswith(head.text.strip()) or not head.text):
            return self.items
        return self.items[1:]

    @property
    def history(self) -> bool:
        """True for a row of 変更箇所."""
        return self.items[0].kind is Kind.HISTORY and self.block.startswith("変更")

    @property
    def title(self) -> str:
        """How the group is called: block and its name, or number and its label."""
        if self.block:
            name = block_name(self)
            return f"{self.block} {name}" if name and len(name) <= MAX_TITLE_CHARS else self.block
        if self.number:
            return f"{self.number} {self.number_label}".strip()
        return chapter_title(self.items[0])

    @property
    def number_label(self) -> str:
        """The form's label of the number: 特定個人情報ファイルの取扱いの委託."""
        return number_label(self.items[0])


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a chapter with its groups."""

    number: str
    label: str
    anchor: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter; Ⅱ and Ⅲ come once for each file."""

    part: str
    title: str
    file: str
    file_index: int
    anchor: str
    numbers: tuple[Number, ...]


def block_name(group: Group) -> str:
    """What the block is about: its own text, else the name or risk its first item gives."""
    if group.history:
        return ""
    if group.head and group.head.text.strip():
        return group.head.text.strip()
    for item in group.items:
        if item.name == "リスク" or (item.sub == "①" and "名称" in item.label):
            return item.text.strip()
    return ""


def chapter_title(item: Item) -> str:
    """`Ⅱ 特定個人情報ファイルの概要`; the part alone where the form has no title."""
    title = item.path[0] if len(item.path) > 1 or (item.path and not item.number) else ""
    name = wording.part_name(item.part)
    return f"{name} {title}" if title and title != item.part else name


def number_label(item: Item) -> str:
    """The label of the item's number, "" where the part has no numbers."""
    if not item.number:
        return ""
    if len(item.path) > 1:
        return item.path[1]
    return item.path[0] if item.path else item.label


def groups(items: Iterable[Item]) -> list[Group]:
    """The groups in the order of the document."""

    def place(item: Item) -> tuple[str, str, str, int]:
        return item.part, item.number, item.block, item.file_index

    return [Group(*key, items=tuple(run)) for key, run in groupby(items, key=place)]


def chapters(items: Iterable[Item]) -> list[Chapter]:
    """The document as chapters, numbers and groups."""
    out: list[Chapter] = []
    for (part, index), run in groupby(groups(items), key=lambda g: (g.part, g.file_index)):
        own = list(run)
        first = own[0].items[0]
        out.append(
            Chapter(part, chapter_title(first), first.file, index, links.anchor("c", part, index or ""), numbers(own))
        )
    return out


def numbers(own: Sequence[Group]) -> tuple[Number, ...]:
    """The groups of one chapter by number."""
    out = []
    for number, run in groupby(own, key=lambda g: g.number):
        members = tuple(run)
        anchor = links.anchor("n", members[0].part, members[0].file_index or "", number)
        out.append(Number(number, members[0].number_label, anchor, members))
    return tuple(out)

"""An assessment laid out for checking: from the catalog, or straight from a file that is not collected."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from ingest.assessment import Assessment, Item, Kind, Mark, Marking, State
from rag.finding import Ref
from rag.places import FORM, Place, places
from rag.shelf import Book, make_book
from rag.types import Version

#: What a draft still asks of staff: no content, so no rule reads it.
PLACEHOLDER = re.compile(r"【要確認[^】]*】")
#: What stands for it in a text that goes on around it, as a form's blank is printed.
_GAP = "○○"
#: A heading, a bullet or a dash alone says nothing.
_NOTHING = re.compile(r"(?:[<＜][^<>＜＞]*[>＞]|[\s・\-－―—、。()（）])*")


class Reading(Protocol):
    """What is needed of the catalog."""

    def items(self, version_id: int) -> list[Item]:
        """Items in the order of the document."""

    def source(self, version_id: int) -> str:
        """The decoded text of the file."""


@dataclass(frozen=True, eq=False)
class Paper:
    """One version under check. `source`: the decoded text; `today`: the day that deadlines are counted to."""

    book: Book
    source: str
    today: dt.date

    @property
    def version(self) -> Version:
        """The version under check."""
        return self.book.version

    @functools.cached_property
    def present(self) -> list[Item]:
        """All items but those of 変更箇所."""
        return [i for i in self.book.items if i.kind is not Kind.HISTORY]

    @property
    def official(self) -> bool:
        """Whether places can be told by the numbers of the form that the rules name (様式3)."""
        return self.version.form == FORM

    def at(self, place: str) -> list[Item]:
        """The items at a place (`II.4 委託事項 ④`), of all blocks and files, stated or not."""
        wanted = places()[place]
        return [i for i in self.present if wanted.holds(i, self.version.form)] if self._told(wanted) else []

    def stated(self, place: str) -> list[Item]:
        """The items at a place that say something."""
        return [i for i in self.at(place) if i.state is State.STATED]

    def place_of(self, item: Item) -> Place | None:
        """The field of the form that an item fills; None for what is none, and in other forms."""
        return _fields().get(_field_id(item)) if self.official else None

    def headers(self, section: str) -> list[Item]:
        """The items of a whole section, one a file, which hold boxes such as 委託しない."""
        return self._heads.get(section, []) if self.official else []

    @functools.cached_property
    def _heads(self) -> dict[str, list[Item]]:
        heads: dict[str, list[Item]] = {}
        for item in self.present:
            if not item.block:
                heads.setdefault(item.section, []).append(item)
        return heads

    def ref(self, item: Item, text: str = "") -> Ref:
        """An item with the part of it that is to be quoted."""
        return Ref(self.version, item, text or item.text)

    def raw(self, item: Item) -> str:
        """What the file prints for an item, options and counts included."""
        return "\n".join(self.source[s.start : s.end] for s in item.spans)

    def _told(self, place: Place) -> bool:
        """Whether the form tells the place: by its number, in other forms by a label that no other place has."""
        alike = [p for p in places().values() if p.label == place.label and (p.sub or p.name)]
        return self.official or (bool(place.sub or place.name) and len(alike) == 1)


def blank_block(paper: Paper, item: Item) -> bool:
    """Whether nothing at all is stated in the block of an item: it is there only because the form prints it."""
    return bool(item.block) and not any(
        i.state is State.STATED and i.name != "リスク" for i in paper.present if same_block(i, item)
    )


def same_block(one: Item, other: Item) -> bool:
    """Whether two items belong to one block of one file."""
    return (one.part, one.number, one.block, one.file_index) == (
        other.part,
        other.number,
        other.block,
        other.file_index,
    )


def named(item: Item) -> str:
    """A place as it is told in a message: II.3 ①(入手元), II.2 ③ その必要性."""
    label = re.sub(r"^[①-⑳\d.．\s]+|※|\s*\[\s*\].*$", "", item.label).strip()
    return item.section if not label or (item.name and bool(item.name in label)) else f"{item.section}({label})"


def marked(item: Item, label: str) -> bool:
    """Whether the box of that label is marked; False where it is unreadable."""
    return any(m.label == label and m.marking is Marking.MARKED for m in item.marks)


def unreadable(item: Item) -> list[Mark]:
    """The boxes of an item that cannot be read."""
    return [m for m in item.marks if m.marking is Marking.UNREADABLE]


def of_version(catalog: Reading, version: Version, today: dt.date) -> Paper:
    """A collected version."""
    source = catalog.source(version.id)
    return Paper(make_book(version, _settled(catalog.items(version.id)), {}, source), source, today)


def of_assessment(read: Assessment, name: str, today: dt.date) -> Paper:
    """An assessment that was read from the file `name` and is not collected."""
    version = Version(
        id=0,
        document=read.document,
        municipality=read.municipality,
        prefecture=read.prefecture,
        body=read.body,
        number=read.number,
        title=read.title,
        duty=read.duty,
        form=read.form,
        published=read.published,
        published_on=read.published_on,
        current=True,
        abridged_from=read.abridged_from,
        source_name=name,
        content_hash="",
        loaded_at=dt.datetime.now(dt.UTC),
        items=len(read.items),
        gaps=tuple((g.section, g.reason) for g in read.gaps),
    )
    return Paper(make_book(version, _settled(read.items), {}, read.source), read.source, today)


def _settled(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items without what is still to be confirmed; one that says nothing else is blank."""
    return tuple(_without_placeholders(i) if PLACEHOLDER.search(i.text) else i for i in items)


def _without_placeholders(item: Item) -> Item:
    if item.marks or not _NOTHING.fullmatch(PLACEHOLDER.sub("", item.text)):
        return replace(item, text=PLACEHOLDER.sub(_GAP, item.text))
    return replace(item, text="", state=State.BLANK)


@functools.cache
def _fields() -> dict[str, Place]:
    return {p.id: p for p in places().values() if p.sub or p.name}


def _field_id(item: Item) -> str:
    section = f"{item.part}.{item.number}" if item.number else item.part
    block = item.block.rstrip("0123456789")
    return " ".join(x for x in (section, block, item.sub, item.name) if x)

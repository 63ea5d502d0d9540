"""What answering reads of the library, kept in memory until the catalog's generation moves."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.assessment import Item, Kind, Record, State
from ingest.chunk import BOILERPLATE
from ingest.look import marked
from ingest.sentences import sentences
from rag.cite import fold
from rag.library import Library
from rag.terms import key
from rag.types import Version

#: Documents kept in memory; a national corpus does not fit, one city's and its neighbours' do.
KEPT_DOCUMENTS = 256


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence (or choice, group of boxes, row) of an item. `folded`: text with its heading, as `terms.key`."""

    version: Version
    item: Item
    text: str
    start: int
    end: int
    heading: str
    kind: Kind
    folded: str
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """One version opened: items in order and by key, passages, records by kind; `source` is folded as quotes are."""

    version: Version
    items: tuple[Item, ...]
    by_key: dict[str, Item]
    passages: tuple[Passage, ...]
    source: str
    records: dict[str, tuple[Record, ...]]


#: A line that only heads what follows, where a conversion lost its brackets.
_HEADING = re.compile(r"[\d①-⑳.．()（）\s]*.{1,36}における(措置|事務の内容)")

#: A heading inside a case of an appendix: `(3) 原因`, `②事案の概要`.
_SUBHEAD = re.compile(r"(?:[(（]\d+[)）]|[①-⑳]|\d+[.．]?)\s*[^\d。、:：]{1,24}")

#: A group inside the list of record items: `③ 業務関係情報`.
_GROUPHEAD = re.compile(r"[①-⑳]\s*\S{2,14}(情報|項目)")


class Shelf:
    """Versions and opened books of one generation of the catalog."""

    def __init__(self, library: Library, kinds: Sequence[str]) -> None:
        self.library = library
        self.kinds = tuple(kinds)
        self._lock = threading.Lock()
        self._generation = -1
        self._versions: tuple[Version, ...] = ()
        self._books: OrderedDict[int, Book] = OrderedDict()

    def versions(self) -> tuple[Version, ...]:
        """Current versions, one a document."""
        self._refresh()
        return self._versions

    @property
    def generation(self) -> int:
        """The generation that was read last."""
        return self._generation

    def as_of(self, document: str, date: dt.date) -> Version:
        """The version that stood on a date. Raises NotFound where none was published by then."""
        return self.library.catalog.version(document, as_of=date)

    def open(self, version: Version) -> Book:
        """The book of a version, read once."""
        self._refresh()
        with self._lock:
            book = self._books.get(version.id)
            if book is not None:
                self._books.move_to_end(version.id)
                return book
        book = self._read(version)
        with self._lock:
            self._books[version.id] = book
            while len(self._books) > KEPT_DOCUMENTS:
                self._books.popitem(last=False)
        return book

    def _refresh(self) -> None:
        generation = self.library.catalog.generation()
        if generation != self._generation:
            versions = tuple(self.library.catalog.versions())
            with self._lock:
                self._generation, self._versions = generation, versions
                self._books.clear()

    def _read(self, version: Version) -> Book:
        catalog = self.library.catalog
        items = tuple(catalog.items(version.id))
        records = {kind: tuple(r for _, r in catalog.records(kind, [version.id])) for kind in self.kinds}
        return make_book(version, items, records, catalog.source(version.id))


def make_book(version: Version, items: tuple[Item, ...], records: dict[str, tuple[Record, ...]], source: str) -> Book:
    """The book of a version; `source`: the decoded text of the file."""
    passages = tuple(p for item in items for p in _passages(version, item))
    return Book(version, items, {i.key: i for i in items}, passages, fold(source), records)


def _passages(version: Version, item: Item) -> Iterator[Passage]:
    """The passages of an item; none of what is not stated or only heads what follows."""
    if item.state is not State.STATED or not item.text or item.name in {"項目一覧", "リスク"}:
        return
    label = key(" ".join((*item.path, item.block)))
    if item.choice or item.marks or item.kind is Kind.HISTORY:
        said = marked(item.marks) if item.marks else item.text  # an unmarked box says nothing
        yield Passage(version, item, item.text, 0, len(item.text), "", item.kind, key(said), label)
        return
    head = above = ""
    for s in sentences(item.text):
        if s.heading != above:  # a printed heading ends the group of a numbered one
            head, above = "", s.heading
        if _is_heading(item, s.text):
            head = s.text
            continue
        heading = (head or s.heading) if item.kind is Kind.APPENDIX or item.part == "別添1" else s.heading
        nationwide = item.kind is Kind.PRESENT and BOILERPLATE.search(f"{heading} {head}")
        kind = Kind.BOILERPLATE if nationwide else item.kind
        yield Passage(version, item, s.text, s.start, s.end, heading, kind, key(f"{heading} {s.text}"), label)


def _is_heading(item: Item, sentence: str) -> bool:
    """Whether a sentence only heads those below it."""
    if _HEADING.fullmatch(sentence):
        return True
    if item.kind is Kind.APPENDIX and _SUBHEAD.fullmatch(sentence):
        return True
    return item.part == "別添1" and _GROUPHEAD.fullmatch(sentence) is not None

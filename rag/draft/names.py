"""Names that belong to one municipality: from the records of the documents, and by the shape of names.

Nothing that is found here may stand in the draft of another municipality.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.assessment import Item, Kind
from rag.draft.profile import Profile
from rag.draft.words import plain, words
from rag.shelf import Book

#: What parts one name from the next in a cell.
_BETWEEN = re.compile(r"[\s、・,，/()（）「」〈〉<>:：]+")
_SYSTEM = re.compile(r"(システム|基盤|サーバー?|ネットワーク)$")
_DIVISION = re.compile(r"(課|係|室|局|部|所|センター|区役所|支所)$")
_LEGAL = re.compile(r"(株式会社|有限会社|合同会社|一般社団法人|一般財団法人|公益財団法人|公益社団法人)")
#: Words of departments that every municipality has say nothing of one.
_EVERYWHERE = frozenset(
    {"窓口", "担当", "本人", "市町村", "都道府県", "厚生労働省", "デジタル庁", "市民", "総務部", "各課", "他部署"}
)
#: What a title has besides the duty.
_TITLE = re.compile(r"[(（]?(重点|全|基礎)項目評価書[)）]?")
#: Endings that make a municipality's name of its stem.
_ENDS = re.compile(r"[市区町村都道府県]$")


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: its span, what it is (city, system, department, contractor …), and the words themselves."""

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of some documents, by kind; `pattern` finds any of them, the longest first."""

    kinds: dict[str, str]
    pattern: re.Pattern[str]

    def find(self, text: str) -> tuple[Found, ...]:
        """The names in a text (`plain`), in order, none within another."""
        return tuple(Found(*m.span(), self.kinds[m[0]], m[0]) for m in self.pattern.finditer(text))


def names_of(books: Sequence[Book]) -> Names:
    """All names of these documents."""
    kinds: dict[str, str] = {}
    for book in books:
        for name, kind in _of_book(book):
            kinds.setdefault(name, kind)
    longest = sorted(kinds, key=len, reverse=True)
    return Names(kinds, re.compile("|".join(map(re.escape, longest)) or "(?!)"))


@functools.lru_cache(maxsize=512)
def _of_book(book: Book) -> tuple[tuple[str, str], ...]:
    """The names of one document with their kinds; a name is `plain`."""
    found: dict[str, str] = {}
    version = book.version
    city = plain(version.municipality)
    for name in (city, _ENDS.sub("", city)):
        if len(name) >= 2:
            found[name] = "city"
    for name in (plain(version.duty), _TITLE.sub("", plain(version.title).replace(city, "")).strip()):
        if len(name) >= 6:
            found[name] = "duty"
    for name, kind in _of_items(book.items):
        if name not in found and not words().general.fullmatch(name):
            found[name] = kind
    return tuple(found.items())


def _of_items(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    for item in items:
        if item.kind is Kind.HISTORY or not item.text:
            continue
        for name, kind in _of_item(item):
            cleaned = name.strip("等「」")
            if len(cleaned) >= 3 and cleaned not in _EVERYWHERE:
                yield cleaned, kind


def _of_item(item: Item) -> Iterator[tuple[str, str]]:
    text, place = plain(item.text), (item.part, item.number)
    if place == ("I", "2") and item.sub == "①":
        yield from ((name, "system") for name in _parts(text) if _SYSTEM.search(name))
    elif place == ("II", "4") and item.sub == "③":
        for name in _parts(text):
            yield name, "contractor"
            yield _LEGAL.sub("", name), "contractor"
    elif place == ("II", "4") and item.block and not item.sub and not item.name:
        yield text, "contract"
    elif _names_departments(item):
        yield from ((name, "department") for name in _divisions(text))
    elif place == ("II", "5") and item.block and not item.sub and not item.name:
        yield from ((name, "recipient") for name in _divisions(text))
    elif place in {("IV", "1"), ("IV", "2")} and item.sub == "①":
        yield from ((name, "department") for name in _divisions(text))
        for kind in ("phone", "address"):
            yield from ((m[0], kind) for m in words().shapes[kind].finditer(text))
    elif place in {("II", "1"), ("I", "3")}:
        yield from ((name, "file") for name in _parts(text) if len(name) >= 6)


def _names_departments(item: Item) -> bool:
    if item.choice:
        return False
    return item.section in {"I.6 ①", "II.2 ⑥", "II.3 ④ 使用部署"}


def _parts(text: str) -> Iterator[str]:
    yield from (p for p in _BETWEEN.split(text) if p)


def _divisions(text: str) -> Iterator[str]:
    """Departments, each also by its last unit: 総務部行政課文書係 → 行政課 …"""
    for part in _parts(text):
        if not _DIVISION.search(part):
            continue
        yield part
        units = re.findall(r"[^市区町村局部課係室所]{2,}?(?:局|部|課|係|室|支所|センター)", part)
        yield from (unit for unit in units if unit != part and not re.search(r"^(総務|税務)部$", unit))


def own_names(profile: Profile) -> str:
    """All that the body says of itself, `plain`: names in it are its own."""
    contracts = profile.contracts or ()
    recipients = profile.recipients or ()
    said = (
        profile.body,
        profile.city,
        profile.duty,
        profile.title,
        profile.department,
        profile.manager,
        profile.users,
        profile.file_name,
        profile.authentication,
        profile.hosting,
        profile.contact,
        profile.disclosure_contact,
        profile.summary,
        *profile.systems,
        *(text for c in contracts for text in (c.title, c.content, c.contractor, c.permission, c.subcontracted)),
        *(text for r in recipients for text in (r.recipient, r.basis, r.purpose, r.information, r.scope)),
    )
    return plain("\n".join(said))


def shaped(text: str, kind: str) -> Iterator[Found]:
    """What looks like a name of a kind in a text (`plain`) and is no general word of the form."""
    for match in words().shapes[kind].finditer(text):
        if not words().general.search(match[0]):
            yield Found(*match.span(), kind, match[0])

"""What the peers say in one field of the form: sentence by sentence, their own apart from national model text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.assessment import Item, Kind, State
from ingest.sentences import sentences
from rag.draft.skeleton import bare
from rag.draft.words import National, plain, words
from rag.shelf import Book

#: ・, ①, (1), (※1), 1. at the head of a sentence.
_BULLET = re.compile(
    r"^\s*([・•●○◆■◎\-－]|[①-⑳]|[(（]\s*[※*＊]?\s*\d{1,2}\s*[)）]|※\d?|\d{1,2}[.．)）](?=\s|[^\d]))\s*"
)
#: A line that only heads what follows: 2. 他部署からの入手; …リスクへの措置; …における措置.
_HEADING = re.compile(r"[\d①-⑳.．()（）・\s<＜【]*.{1,40}(における措置|リスクへの措置|からの入手)[>＞】]?|【.{1,30}】")
#: Clauses that a conversion ran together: …に関する事項 …に関する事項.
_CLAUSES = re.compile(r"(?<=に関する事項)\s+|(?<=リスクへの措置)\s+|(?<=[>＞】])\s*(?=[・①])")
#: What a conversion leaves of an empty field or a page's end.
_NOTHING = re.compile(r"[-－—―ー‐\s・.。|]*")
_SELF_NAMED = re.compile(
    r"中間サーバー?[・·](ソフトウ[ェエ]ア|プラット[フホ]ォ?ーム)|ガバメントクラウド(?=上|につ|の|は|では|にお)"
)
_FOOTNOTE = re.compile(r"^[(（]?\s*[※*＊]")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a peer. `text` as printed but for its bullet; `national`: the model text it belongs to."""

    book: Book
    item: Item
    text: str
    bullet: str
    heading: str
    national: National | None

    @property
    def document(self) -> str:
        """The document it stands in."""
        return self.book.version.document

    @property
    def footnote(self) -> bool:
        """Whether it explains a mark of another sentence."""
        return bool(_FOOTNOTE.match(self.bullet))


def said_in(books: Sequence[Book], section: str) -> tuple[Said, ...]:
    """What the books state in a field (a `bare` section), book by book; of several files each sentence once."""
    return tuple(said for book in books for said in _of_book(book, section))


@functools.lru_cache(maxsize=4096)
def _of_book(book: Book, section: str) -> tuple[Said, ...]:
    seen: set[str] = set()
    found = []
    for item in _fields(book).get(section, ()):
        for said in _of_item(book, item):
            folded = re.sub(r"\W", "", plain(said.text))
            if folded not in seen:
                seen.add(folded)
                found.append(said)
    return tuple(found)


def stated(book: Book, section: str) -> tuple[Item, ...]:
    """The items of a book that state a field, of all files and blocks."""
    return _fields(book).get(section, ())


@functools.lru_cache(maxsize=512)
def _fields(book: Book) -> dict[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = {}
    for item in book.items:
        if item.kind in {Kind.PRESENT, Kind.BOILERPLATE} and item.state is State.STATED:
            found.setdefault(bare(item.section), []).append(item)
    return {section: tuple(items) for section, items in found.items()}


def _of_item(book: Book, item: Item) -> Iterator[Said]:
    if item.choice or item.marks:
        return
    heading = above = ""
    for sentence in sentences(item.text):
        if sentence.heading != above:
            heading = above = sentence.heading
        for piece in _CLAUSES.split(sentence.text):
            if _NOTHING.fullmatch(piece):
                continue
            if _HEADING.fullmatch(piece.strip()):
                heading = piece.strip().strip("<＜【>＞】")
                continue
            bullet = _BULLET.match(piece)
            text = piece[bullet.end() :] if bullet else piece
            if text.strip():
                sign = bullet[1] if bullet else ""
                yield Said(book, item, text.strip(), sign, heading, national(heading or _opened(text)))


def _opened(text: str) -> str:
    """What model text speaks of that stands without its heading: the words it begins with."""
    match = _SELF_NAMED.match(plain(text))
    return match[0] if match else ""


def national(heading: str) -> National | None:
    """The national model text that a heading opens; None for a body's own (…の運用における措置 is one)."""
    folded = plain(heading)
    if "運用における" in folded:
        return None
    return next((n for n in words().national if n.head.search(folded)), None)

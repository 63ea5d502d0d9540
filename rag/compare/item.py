"""One item of the form in one document: its fields and sentences, what of it is lost, whether it applies at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from ingest.assessment import Item, Kind, Mark, Marking
from ingest.forms import FormItem, load_form
from ingest.labels import bare
from rag.compare.measures import measures
from rag.compare.model_text import is_national
from rag.errors import BadQuestion
from rag.places import FORM
from rag.shelf import Book, Passage
from rag.terms import key

_SECTION = re.compile(r"(I{1,3}|IV|VI?)[.,・\- ]*(\d{1,2})")
#: What happened is no measure.
_EVENTS = frozenset({"その内容", "リスク"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an item. `folded` as `terms.key`; national: model text."""

    passage: Passage
    folded: str
    national: bool


@dataclass(frozen=True, slots=True, eq=False)
class ItemText:
    """The item in one document.

    section  its number in this document's form, "" where the form has no such item
    lost     why it is missing in whole or in part, "" where it is not
    excused  the boxes that say it does not apply (委託しない), where all of them are marked
    """

    book: Book
    section: str
    items: tuple[Item, ...]
    sentences: tuple[Sentence, ...]
    lost: str = ""
    excused: tuple[str, ...] = ()
    elsewhere: tuple[Sentence, ...] = field(default=(), repr=False)

    @property
    def has_text(self) -> bool:
        """Whether the item has room for text at all: in 様式2 some consist of choices only."""
        if self.book.version.form == FORM or not self.items:
            return True
        return any(not (i.choice or i.marks) for i in self.items if i.name != "リスク")

    @property
    def files(self) -> dict[int, str]:
        """The files that the document has, by their number."""
        return {i.file_index: i.file for i in self.book.items if i.file_index}


def sections() -> dict[str, str]:
    """The items of 様式3 that can be compared, with their titles, in the order of the form."""
    known = {section for measure in measures() for section in measure.at}
    return {
        f"{part.id}.{item.number}": item.title
        for part in load_form(FORM).parts
        for item in part.items
        if f"{part.id}.{item.number}" in known
    }


def read_section(text: str) -> str:
    """The section that a person means by `Ⅲ.3`, `III3` or `Ⅲ－３`. Raises BadQuestion for one that is not compared."""
    folded = unicodedata.normalize("NFKC", text).upper().strip().replace("−", "-").replace("‐", "-")
    match = _SECTION.fullmatch(folded)
    section = f"{match[1]}.{int(match[2])}" if match else ""
    if section not in sections():
        known = "、".join(sections())
        raise BadQuestion(f"項目「{text}」は比べられません。次のどれかを指定してください: {known}")
    return section


def item_text(book: Book, section: str) -> ItemText:
    """The item in a book; for other forms than 様式3 the item of the same title."""
    own = _own_section(book.version.form, section)
    if not own:
        return ItemText(book, "", (), ())
    items = tuple(i for i in book.items if f"{i.part}.{i.number}" == own and i.kind is not Kind.HISTORY)
    return ItemText(
        book,
        own,
        items,
        tuple(s for s in _sentences(book) if f"{s.passage.item.part}.{s.passage.item.number}" == own),
        _lost(book, own, items),
        _excused(items),
        tuple(s for s in _sentences(book) if _other(s, own)),
    )


def form_item(form: str, section: str) -> FormItem | None:
    """The item of a form at a section, None where there is none."""
    part, _, number = section.partition(".")
    return next((i for p in load_form(form).parts if p.id == part for i in p.items if i.number == number), None)


def _own_section(form: str, section: str) -> str:
    if form == FORM:
        return section
    title = sections()[section]
    own_part = section.partition(".")[0]
    found = [
        (part.id, item.number)
        for part in load_form(form).parts
        for item in part.items
        if bare(item.title) == bare(title)
    ]
    same = [f for f in found if f[0] == own_part]
    return next((f"{part}.{number}" for part, number in same or _of_risks(found, own_part)), "")


def _of_risks(found: list[tuple[str, str]], own_part: str) -> list[tuple[str, str]]:
    """The items of the same title in other parts: those of risks may have moved, the others are something else."""
    return [place for place in found if own_part == "III" and place[0] != "II"]


def _sentences(book: Book) -> list[Sentence]:
    """What the present text says at measures; choices, boxes and incidents say none."""
    found = []
    for p in book.passages:
        if p.item.part in {"II", "III", "IV"} and not (p.item.choice or p.item.marks or p.item.name in _EVENTS):
            found.append(Sentence(p, key(p.text), is_national(p)))
    return found


def _other(sentence: Sentence, own: str) -> bool:
    item = sentence.passage.item
    told = item.part != "II" or item.number == "6" or (item.number == "4" and item.sub == "⑤")
    return f"{item.part}.{item.number}" != own and told and not sentence.national and item.kind is Kind.PRESENT


def _lost(book: Book, section: str, items: tuple[Item, ...]) -> str:
    """Why the item is lost, in whole or in part; an item that is nowhere is lost whether the reader saw it or not."""
    part = section.partition(".")[0]
    for place, reason in book.version.gaps:
        if place in {part, section} or place.startswith(section + " "):
            return reason
    return "" if items else f"{section} が本文にありません。"


def _excused(items: tuple[Item, ...]) -> tuple[str, ...]:
    boxes = [m for i in items if not i.block and not i.name for m in i.marks if _negative(m)]
    every = boxes and all(m.marking is Marking.MARKED for m in boxes)
    return tuple(dict.fromkeys(m.label for m in boxes)) if every else ()


def _negative(mark: Mark) -> bool:
    return "しない" in mark.label

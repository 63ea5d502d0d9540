"""An existing assessment as a draft to revise: each field as it stands. `change_rows` tells what was revised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.assessment import Item, Kind, Mark, Marking, State
from ingest.labels import bare as words_of
from ingest.sentences import Sentence, sentences
from rag.cite import Citations
from rag.draft.layout import CHANGE_HEADINGS
from rag.draft.skeleton import FORM, skeleton
from rag.draft.takeover import by_section, option_of, said_by, take_over
from rag.draft.types import Basis, Draft, DraftSentence, FieldDraft, FieldKind
from rag.errors import BadEntry, NotFound
from rag.shelf import Book
from rag.terms import key
from rag.types import Citation

PUBLISHED = "表紙 公表日"
UNREADABLE_MARKS, UNREADABLE_CHOICE, LOST = "原本の印", "原本の選択", "原本の記載"
_BULLET = re.compile(r"^(?:[・•●○◆■※◎]|[①-⑳]|[(（]\d{1,2}[)）]|\d{1,2}[.．](?=\D))\s*")
_BRACKETS = "<＜【>＞】"
_HEADING = re.compile(r"[<＜【][^<>＜＞【】\n]{1,40}[>＞】]")
_COUNTED = {"II.4 委託の有無": "II.4 委託事項"}


def files_of(book: Book) -> tuple[str, ...]:
    """The names of the 特定個人情報ファイル of an assessment, the first of which has the index 1."""
    names = {i.file_index: i.file for i in book.items if i.file_index}
    return tuple(names[n] for n in sorted(names))


def revise(book: Book, file_index: int = 1) -> Draft:
    """The draft of a revision. Parts II and III are those of one file; which one is told in the note of II.1.

    Raises BadEntry for another form than 様式3, NotFound for a file that is not there.
    """
    if book.version.form != FORM:
        raise BadEntry(f"{book.version.document} は{book.version.form}です。修正案を作れるのは{FORM}の評価書です。")
    files = files_of(book)
    if files and not 1 <= file_index <= len(files):
        raise NotFound(
            f"{book.version.document} に{file_index}番目の特定個人情報ファイルはありません(全{len(files)}件)。"
            "1から選び直してください。"
        )
    keeping = _Keeping(book, file_index)
    profile = take_over(book, file_index)
    fields = (keeping.field(f) for f in skeleton(profile))
    return Draft(profile, (), tuple(_told(f, files, file_index) for f in fields), revises=book.version.document)


def history(book: Book) -> tuple[tuple[str, ...], ...]:
    """The rows of 変更箇所 that the assessment has already, as they are printed; new ones are put below."""
    rows = (i.text.split("\t") for i in book.items if i.kind is Kind.HISTORY and i.block.startswith("変更"))
    width = len(CHANGE_HEADINGS)
    return tuple((*row, *[""] * width)[:width] for row in rows)


def left_out(book: Book) -> tuple[str, ...]:
    """Appendices beside those of the form (別紙, 別添) that a revision does not take over: the office adds them."""
    parts = dict.fromkeys(i.part for i in book.items if i.kind is Kind.APPENDIX and i.state is State.STATED)
    return tuple(parts)


def _told(field: FieldDraft, files: Sequence[str], file_index: int) -> FieldDraft:
    """II.1 and III.1 say which of several files the draft is about."""
    if len(files) < 2 or field.section not in {"II.1", "III.1"}:
        return field
    others = "、".join(f"「{name}」" for n, name in enumerate(files, 1) if n != file_index)
    note = f"この評価書にはファイルが{len(files)}件あり、これは{file_index}件目の起案です。ほかに{others}があります。"
    return replace(field, sentences=tuple(replace(s, note=note) for s in field.sentences))


@dataclass(slots=True)
class _Keeping:
    """Fills the fields with what the assessment says; numbers its sentences."""

    book: Book
    file_index: int
    count: int = 0

    def field(self, field: FieldDraft) -> FieldDraft:
        items = by_section(self.book.items, self.file_index).get(field.section, ())
        if field.section == PUBLISHED:
            now = self.book.version.published or "なし"
            return replace(field, sentences=(self._asked(f"公表日(現行の評価書は{now})"),))
        if not items:
            return replace(field, sentences=(self._asked(LOST),))
        if field.kind is FieldKind.BOXES:
            return self._boxes(field, items)
        if field.kind is FieldKind.CHOICE:
            return self._choice(field, items[0])
        return replace(field, sentences=tuple(self._texts(items)))

    def _choice(self, field: FieldDraft, item: Item) -> FieldDraft:
        chosen = option_of(item.text, field.options)
        if chosen:
            return replace(field, sentences=(self._kept(item, chosen, item.text),), count=self._counted(field, chosen))
        if item.text:
            return replace(field, sentences=(self._asked(f"{UNREADABLE_CHOICE}(印字は「{item.text}」)"),))
        lost = item.state is State.UNREADABLE
        return replace(field, sentences=(self._asked(UNREADABLE_CHOICE),) if lost else ())

    def _counted(self, field: FieldDraft, chosen: str) -> str:
        """How many 委託事項 there are, where the form prints their number."""
        block = _COUNTED.get(field.section, "")
        mine = (i for i in self.book.items if i.file_index == self.file_index)
        blocks = {i.block for i in mine if block and i.section.startswith(block)}
        return str(len(blocks)) if blocks and chosen == field.options[0] else ""

    def _boxes(self, field: FieldDraft, items: Sequence[Item]) -> FieldDraft:
        read = [m for i in items for m in i.marks]
        boxes = _all(field, read)
        unclear = any(m.marking is Marking.UNREADABLE for m in boxes)
        return replace(field, boxes=boxes, sentences=(self._asked(UNREADABLE_MARKS),) if unclear else ())

    def _texts(self, items: Sequence[Item]) -> Iterator[DraftSentence]:
        for item in items:
            text = said_by(item)
            if item.state is State.UNREADABLE:
                yield self._asked(LOST)
                continue
            end, own = 0, ""
            for said in sentences(text):
                for heading in _HEADING.findall(text[end : said.start]):
                    own = heading.strip(_BRACKETS)
                    if heading.startswith("【") or own != said.heading:  # printed otherwise than ＜＞: stays as it is
                        yield self._kept(item, heading, heading)
                        own = ""
                yield self._kept_sentence(item, said, own)
                end = said.end

    def _kept_sentence(self, item: Item, said: Sentence, heading: str) -> DraftSentence:
        bullet = _BULLET.match(said.text)
        mark = bullet[0].strip() if bullet and len(bullet[0]) < len(said.text) else ""
        return self._kept(item, said.text.removeprefix(mark).strip(), said.text, heading, mark)

    def _kept(self, item: Item, text: str, quote: str, heading: str = "", bullet: str = "") -> DraftSentence:
        cited = self._cited(item, quote)
        return DraftSentence(self._id(), text, Basis.KEPT, cited, heading=heading, bullet=bullet)

    def _cited(self, item: Item, quote: str) -> tuple[Citation, ...]:
        citations = Citations()
        citations.add(self.book.version, item, quote, self.book.source)
        return citations.all()

    def _asked(self, what: str) -> DraftSentence:
        return DraftSentence(self._id(), f"【要確認: {what}】", Basis.PLACEHOLDER)

    def _id(self) -> str:
        self.count += 1
        return f"k{self.count}"


def _all(field: FieldDraft, read: Sequence[Mark]) -> tuple[Mark, ...]:
    """The boxes of today's form as the assessment has them; others that it has marked before the last one.

    Where it had 4情報 today's form has 5情報: unclear there is unclear here, marked there is told as it was.
    """
    boxes = [_read(box, read) for box in field.boxes]
    known = {words_of(b.label) for b in boxes}
    for old in (m for m in read if words_of(m.label) not in known and m.marking is not Marking.UNMARKED):
        same = next(
            (n for n, b in enumerate(boxes) if old.label.startswith("4情報") and b.label.startswith("5情報")), -1
        )
        if same < 0:
            boxes.insert(len(boxes) - 1, old)
        elif old.marking is Marking.MARKED:
            boxes.insert(same, old)
        else:
            boxes[same] = replace(boxes[same], marking=Marking.UNREADABLE)
    return tuple(boxes)


def _read(box: Mark, read: Sequence[Mark]) -> Mark:
    """The official box as the assessment has it; unreadable where it has marks but not this one."""
    found = next((m for m in read if key(m.label) == key(box.label)), None)
    if found is not None:
        return replace(found, label=box.label)
    return replace(box, marking=Marking.UNMARKED if read else Marking.UNREADABLE)

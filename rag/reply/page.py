"""The sheet that a reply is written on: its voice, how much it tells, and the citations of all its statements."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.assessment import Item
from rag.cite import Citations
from rag.reply.types import Length, Line
from rag.reply.voice import Voice, quote
from rag.shelf import Book

#: Sentences of one item that are told, in a short reply and in a normal one; of national model text, one or none.
TOLD = {Length.SHORT: 2, Length.NORMAL: 6}
#: In やさしい日本語 fewer: the quotes are in officials' words.
TOLD_EASY = {Length.SHORT: 1, Length.NORMAL: 3}
#: Rows that are told one by one.
ROWS = {Length.SHORT: 5, Length.NORMAL: 30}


@dataclass(frozen=True)
class Page:
    """What every teller needs. `citations` number the places of the whole reply."""

    voice: Voice
    length: Length
    citations: Citations = field(default_factory=Citations)

    @property
    def told(self) -> int:
        """Sentences of one item."""
        return (TOLD_EASY if self.voice.name == "easy" else TOLD)[self.length]

    @property
    def rows(self) -> int:
        """Rows."""
        return ROWS[self.length]

    def mark(self, book: Book, item: Item, text: str) -> str:
        """`[3]` for a text of an item; "" where no verbatim quote of it can be made."""
        number = self.citations.add(book.version, item, text, book.source)
        return f"[{number}]" if number else ""

    def line(self, sentence: str, entry: bool = False, mark: str = "", **values: object) -> Line:
        """A sentence of the voice with its values quoted, and its marker."""
        safe = {k: quote(v) if isinstance(v, str) else v for k, v in values.items()}
        return Line(self.voice.say(sentence, **safe) + mark, entry)

    def quoted(self, sentence: str, mark: str, **values: object) -> Line:
        """An entry that is a document's own sentence."""
        return replace(self.line(sentence, entry=True, mark=mark, **values), quoted=True)

"""Rows of named measures: for each document whether its item says that the measure is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rag.compare.denial import affirms
from rag.compare.holding import Holding, RowKind
from rag.compare.item import ItemText, Sentence
from rag.compare.measures import Measure
from rag.compare.quotes import cited, clipped
from rag.compare.table import Cell, Row
from rag.terms import key
from rag.types import Citation

#: Quotes of other items that are shown as a hint.
_HINTS = 2


def measure_row(measure: Measure, texts: Sequence[ItemText]) -> Row:
    """The row of a measure over the documents."""
    return Row(RowKind.MEASURE, measure.name, tuple(_cell(measure, text) for text in texts))


def says(measure: Measure, sentence: Sentence) -> bool:
    """Whether a sentence says that the measure is taken."""
    return any(affirms(sentence.folded, *m.span()) for m in measure.mentions(sentence.folded))


def names(measure: Measure, sentence: Sentence) -> bool:
    """Whether a sentence names the measure, be it to deny it."""
    return any(True for _ in measure.mentions(sentence.folded))


def nothing(text: ItemText) -> Holding:
    """Which kind of no it is where an item does not say something."""
    if not text.section or not text.has_text:
        return Holding.NO_ITEM
    return Holding.UNREADABLE if text.lost or _unread(text) else Holding.NOT_STATED


def where_said(text: ItemText, files: Iterable[int]) -> str:
    """Which of several files say it; "" where all do or there is but one."""
    every, meant = set(text.files), set(files) - {0}
    if len(every) < 2 or not meant or meant == every:
        return ""
    return "、".join(f"ファイル{n}" for n in sorted(meant)) + "のみ"


def _cell(measure: Measure, text: ItemText) -> Cell:
    named = [s for s in text.sentences if names(measure, s)]
    own = [s for s in named if not s.national]
    has = [s for s in own if says(measure, s)]
    if has:
        quotes = _quotes(measure, text, has)
        if quotes:
            return Cell(Holding.HAS, citations=quotes, note=where_said(text, _files(has)))
    hints = tuple(_hints(measure, text))
    if own and not has:
        return Cell(Holding.MENTIONED, citations=_quotes(measure, text, own), elsewhere=hints)
    national = [s for s in named if s.national and says(measure, s)]
    none = nothing(text)
    if national and none is not Holding.UNREADABLE:
        return Cell(Holding.NATIONAL, citations=_quotes(measure, text, national), elsewhere=hints)
    return Cell(none, note=_idle(measure, text) if none is Holding.NOT_STATED else "", elsewhere=hints)


def _idle(measure: Measure, text: ItemText) -> str:
    """The choice under which nothing needs to be said of the measure, where the document makes it."""
    made = measure.idle and any(i.choice and key(i.text) == key(measure.idle) for i in text.items)
    return f"「{measure.idle}」" if made else ""


def _files(sentences: Iterable[Sentence]) -> Iterator[int]:
    return (s.passage.item.file_index for s in sentences)


def _quotes(measure: Measure, text: ItemText, sentences: Iterable[Sentence]) -> tuple[Citation, ...]:
    return cited(text.book, [(s.passage.item, clipped(s, measure.said)) for s in sentences])


def _hints(measure: Measure, text: ItemText) -> tuple[Citation, ...]:
    """Where other items of the document say it."""
    if not measure.anywhere:
        return ()
    return _quotes(measure, text, [s for s in text.elsewhere if says(measure, s)])[:_HINTS]


def _unread(text: ItemText) -> bool:
    """Whether a text field of the item is there but cannot be read."""
    return any(i.state.value == "unreadable" for i in text.items if not (i.choice or i.marks))

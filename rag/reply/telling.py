"""A topic and a document → what its places say, in plain words with quotes; or which kind of no it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assessment import Item, Kind, Marking, State
from ingest.chunk import BOILERPLATE
from ingest.sentences import Sentence, sentences
from rag.lookup.items import gap_at, items_at
from rag.places import Place, places
from rag.reply.page import Page
from rag.reply.topics import Topic
from rag.reply.types import Line, Told
from rag.shelf import Book
from rag.terms import key
from rag.types import Status

#: A text that is longer, or of several lines, is told sentence by sentence.
WHOLE_CHARS = 120
#: A shorter text may mean another thing at another place.
SHORT_CHARS = 20


def tell(page: Page, book: Book, topic: Topic, asked: str) -> Told:
    """What a document says on a topic. `asked`: the ask's sentences as patterns read them."""
    only = _only(topic, asked)
    most = max(2, page.told - 2) if len(topic.places) > 3 else page.told
    said: list[Line] = []
    noes: list[Line] = []
    statuses: list[Status] = []
    seen: set[str] = set()
    for place in (places()[id] for id in topic.places):
        lines, status = _at(page, book, place, only, seen, most)
        if status is Status.ANSWERED:
            said.extend(lines)
        elif lines:
            noes.extend(lines)
            statuses.append(status)
    lacking = _lacking(page, topic, asked, said)
    gone = [line for line, status in zip(noes, statuses, strict=True) if status is Status.UNREADABLE][:1]
    if said:
        gone = gone if only is None else []
        status = Status.PARTIAL if gone or lacking else Status.ANSWERED
        return Told((*said, *lacking, *gone), status)
    if Status.UNREADABLE in statuses:
        return Told((*gone, *lacking), Status.UNREADABLE)
    if lacking:
        return Told(tuple(lacking), Status.NOT_STATED)
    blank = tuple(noes) if noes and not only else (page.line("not_stated"),)
    return Told(blank[:1], Status.NOT_STATED)


def _only(topic: Topic, asked: str) -> re.Pattern[str] | None:
    """Which sentences count."""
    if topic.echo is None:
        return topic.words
    return re.compile("|".join(re.escape(word) for word in dict.fromkeys(topic.echo.findall(asked))) or "(?!)")


def _at(
    page: Page, book: Book, place: Place, only: re.Pattern[str] | None, seen: set[str], most: int
) -> tuple[list[Line], Status]:
    """The lines of one place, and which kind of yes or no they are; none where the place has nothing that counts."""
    items = items_at(book, place)
    stated = [i for i in items if i.state is State.STATED and i.name != "リスク"]
    told = [line for item in stated for line in _item(page, book, item, only, seen, most)]
    if told:
        return told, Status.ANSWERED
    if stated and (only or seen):
        return [], Status.NOT_STATED
    if any(i.state is State.UNREADABLE for i in items) or gap_at(book, place) or not items:
        if not items and not gap_at(book, place) and place.name:
            return [], Status.NOT_STATED
        return [page.line("lost", label=page.voice.label(place.id))], Status.UNREADABLE
    return [page.line("blank", label=page.voice.label(place.id))], Status.NOT_STATED


def _item(page: Page, book: Book, item: Item, only: re.Pattern[str] | None, seen: set[str], most: int) -> list[Line]:
    label = page.voice.label_of(item)
    if item.marks:
        return [] if only else _boxes(page, book, item, label)
    if item.choice or (len(item.text) <= WHOLE_CHARS and "\n" not in item.text and len(sentences(item.text)) < 2):
        known = f"{label} {_same(item.text)}"  # a date may stand at two places
        if known in seen or _same(item.text) in seen or (only and not only.search(item.text)):
            return []
        seen.update({known} | ({_same(item.text)} if not item.choice and len(item.text) > SHORT_CHARS else set()))
        mark = page.mark(book, item, item.text)
        return [page.line("fact", label=label, text=_unbulleted(item.text), mark=mark)] if mark else []
    return _long(page, book, item, label, only, seen, most)


def _boxes(page: Page, book: Book, item: Item, label: str) -> list[Line]:
    marked = [m for m in item.marks if m.marking is Marking.MARKED]
    unread = sum(m.marking is Marking.UNREADABLE for m in item.marks)
    mark = page.mark(book, item, marked[0].label) if marked else ""
    if not mark:
        return []
    text = "、".join(m.label + (f"({m.detail})" if m.detail else "") for m in marked)
    lines = [page.line("marks", label=label, text=text, mark=mark)]
    return [*lines, page.line("marks_unread", count=unread)] if unread else lines


def _long(
    page: Page, book: Book, item: Item, label: str, only: re.Pattern[str] | None, seen: set[str], most: int
) -> list[Line]:
    """Sentence by sentence, the municipality's own before national model text; what is left out is counted."""
    every = [s for s in sentences(item.text) if _counts(s, item) and (not only or only.search(s.text))]
    every = [s for s in every if _same(s.text) not in seen]
    own = [s for s in every if not _national(s, item)]
    shown = (own or every)[:most]
    lines = [
        page.quoted(_row(s), mark, heading=s.heading, text=_unbulleted(s.text))
        for s in shown
        if (mark := page.mark(book, item, s.text))
    ]
    if not lines:
        return []
    seen.update(_same(s.text) for s in every)
    left = len(own or every) - len(shown)
    more = [page.line("more", count=left, section=item.section)] if left > 0 else []
    national = len(every) - len(own) if own else 0
    if national:
        more.append(page.line("model_text", count=national, section=item.section))
    return [page.line("long", label=label), *lines, *more]


def _row(sentence: Sentence) -> str:
    return "headed_row" if sentence.heading else "quoted_row_plain"


def _same(text: str) -> str:
    """What equal texts of several files have in common."""
    return key(_unbulleted(text))


def _unbulleted(text: str) -> str:
    """A sentence without the dot before it."""
    return re.sub(r"^[・•●○◆■*]\s*", "", text.strip())


def _counts(sentence: Sentence, item: Item) -> bool:
    """Whether it says something: no heading alone, no number alone."""
    text = sentence.text.strip("・●○-－—– \t")
    return len(text) >= 4 and not re.fullmatch(r"[\d①-⑳.．()（）\s]*.{1,30}における(措置|事務の内容)", text)


def _national(sentence: Sentence, item: Item) -> bool:
    return item.kind is Kind.BOILERPLATE or bool(sentence.heading and BOILERPLATE.search(sentence.heading))


def _lacking(page: Page, topic: Topic, asked: str, said: Sequence[Line]) -> list[Line]:
    """Points that were asked and are told nowhere."""
    text = "\n".join(line.text for line in said)
    points = [lack for lack in topic.lacks if lack.asked.search(asked) and not lack.found.search(text)]
    return [page.line("lacks", label=lack.names[page.voice.name]) for lack in points]

"""The two desks of IV, verbatim as published: IV.1 for disclosure, correction and suspension, IV.2 for the rest."""

from __future__ import annotations

import re

from ingest.assessment import Item, State
from ingest.labels import bare
from rag.reply.page import Page
from rag.reply.topics import details
from rag.reply.types import Ask, Desk, Line, Told
from rag.shelf import Book
from rag.types import Status

REQUESTS, QUESTIONS = "IV.1", "IV.2"
_LABELS = {REQUESTS: "請求先", QUESTIONS: "連絡先"}
_PARTS = frozenset({"I", "IV", "V"})


def desk_at(page: Page, book: Book, section: str) -> Desk:
    """The contact block of a document; without text where it is lost or blank."""
    item = _contact(book, section)
    if item is None or item.state is not State.STATED:
        return Desk(section, book.version, "")
    mark = page.citations.add(book.version, item, item.text, book.source)
    return Desk(section if not item else f"{item.part}.{item.number} {item.sub}".strip(), book.version, item.text, mark)


def tell_request(page: Page, book: Book, ask: Ask, asked: str) -> Told:
    """Where and how a request is made, and what of it the form does not say."""
    wish = page.voice.say(f"wish_{ask.wish}")
    contact = _contact(book, REQUESTS)
    if contact is None or contact.state is not State.STATED:
        return Told((page.line("request_lost", wish=wish),), Status.UNREADABLE)
    lines = [page.line("request", wish=wish)]
    known = contact.text
    for item in _beside(book, contact):
        mark = page.mark(book, item, item.text)
        lines.append(page.line("fact", label=page.voice.label(f"IV.1 {item.sub}"), text=item.text, mark=mark))
        known += f" {item.text}"
    lacking = [d for d in details() if d.asked.search(asked) and not d.found.search(known)]
    lines += [page.line("lacks_request", label=d.names[page.voice.name]) for d in lacking]
    if ask.wish != "disclosure":
        lines.append(page.line("request_decides"))
    return Told(tuple(lines), Status.PARTIAL if lacking else Status.ANSWERED)


def sender_of(book: Book) -> str:
    """The department that is in charge (I.6 ①), as published; "" where it is lost or blank."""
    here = (i for i in book.items if i.part == "I" and bare(i.label) == "部署" and i.state is State.STATED)
    item = next(here, None)
    return " ".join(item.text.split()) if item else ""


def _contact(book: Book, section: str) -> Item | None:
    """The item that holds a desk; in other forms its part has another number."""
    here = [i for i in book.items if i.part in _PARTS and i.path and bare(i.path[-1]) == _LABELS[section]]
    return next((i for i in here if i.text), next(iter(here), None))


def _beside(book: Book, contact: Item) -> list[Item]:
    """How a request is made: ② and ③ beside the contact, where they say something."""
    near = [i for i in book.items if (i.part, i.number) == (contact.part, contact.number) and i.state is State.STATED]
    found = (next((i for i in near if i.sub == sub), None) for sub in ("②", "③"))
    return [item for item in found if item is not None and re.search(r"\w", item.text)]


def head_of(page: Page, desk: Desk) -> Line:
    """The heading of a block."""
    own = REQUESTS if desk.section.endswith("1") or ".1 " in desk.section else QUESTIONS
    return page.line("desk1" if own == REQUESTS else "desk2", section=desk.section)

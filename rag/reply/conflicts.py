"""Contradictions of a document beside a topic: both sides with their places; which is right, a reply cannot say."""

from __future__ import annotations

from ingest.assessment import Item
from rag.contradictions import authentication_sides, people_sides, sentence_of
from rag.reply.page import Page
from rag.reply.topics import Topic
from rag.reply.types import Line, Told
from rag.shelf import Book


def conflicts(page: Page, book: Book, topic: Topic, told: Told) -> list[Line]:
    """What the document says otherwise elsewhere on what was told."""
    text = "".join(line.text for line in told.lines)
    if topic.name == "people":
        sides = people_sides(book)
        return _both(page, book, [(item, item.text) for item in sides]) if sides else []
    means = authentication_sides(book)
    if len(means) < 2 or not any(name in text for name in means):
        return []
    return _both(page, book, [(items[0], sentence_of(items[0], name)) for name, items in means.items()], list(means))


def _both(page: Page, book: Book, sides: list[tuple[Item, str]], names: list[str] | None = None) -> list[Line]:
    """`II.6 では「静脈認証」、III.3 では「指紋認証」`, and that the desk must be asked."""
    marks = "".join(dict.fromkeys(page.mark(book, item, text) for item, text in sides))
    said = names or [text for _, text in sides]
    pairs = [
        page.voice.say("side", section=item.section, text=name) for (item, _), name in zip(sides, said, strict=True)
    ]
    if not marks:
        return []
    return [page.line("contradiction", text=page.voice.say("sides", text="、".join(pairs)), mark=marks),
            page.line("contradiction_ask")]  # fmt: skip

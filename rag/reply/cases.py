"""Incidents: what the field of III.7 covers, and the cases that the appendices describe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.assessment import Item, Kind
from rag.reply.page import Page
from rag.reply.topics import Topic
from rag.reply.types import Line, Told
from rag.shelf import Book, Passage
from rag.types import Status

_SUMMARY, _PREVENTION = re.compile("概要"), re.compile("再発防止|対策")
#: How many were concerned.
_COUNTED = re.compile(r"\d[\d,，. ]*\s*(?:件|人|名|枚|世帯)")
#: Sentences told of one case.
OF_SUMMARY, OF_COUNTS, OF_PREVENTION = 1, 2, 3


def with_cases(page: Page, book: Book, topic: Topic, told: Told) -> Told:
    """What was told of incidents, with the cases of the appendices; anything else as it is."""
    if topic.name not in {"incident", "incident_plan"} or told.status not in {Status.ANSWERED, Status.PARTIAL}:
        return told
    occurred = any(i.sub == "②" and i.number == "7" and i.choice and i.text.endswith("あり") for i in book.items)
    items = [i for i in book.items if i.kind is Kind.APPENDIX and i.text and _is_case(i)] if occurred else []
    entries = [line for item in items for line in _case(page, book, item, topic.name == "incident_plan")]
    head = [page.line("cases", count=len(items))] if entries else []
    scope = [page.line("incident_scope"), page.line("incident_years")] if topic.name == "incident" else []
    return replace(told, lines=(*told.lines, *head, *entries, *scope))


def _is_case(item: Item) -> bool:
    return "事案" in item.block or item.part == "別添"


def _case(page: Page, book: Book, item: Item, prevention: bool) -> list[Line]:
    """The name of a case, then what happened and to how many; or what is done against another."""
    mark = page.mark(book, item, item.label) or page.mark(book, item, item.text)
    if not mark:
        return []
    name = item.label.split(")", 1)[-1].strip() or item.label
    passages = [p for p in book.passages if p.item is item]
    if prevention:
        told = [p for p in passages if _PREVENTION.search(p.heading)][:OF_PREVENTION]
    else:
        told = [p for p in passages if _SUMMARY.search(p.heading)][:OF_SUMMARY]
        told += [p for p in passages if _COUNTED.search(p.text) and p not in told][:OF_COUNTS]
    if page.voice.name == "easy":
        told = []
    return [page.line("system_row", entry=True, name=name, mark=mark), *_quotes(page, book, told)]


def _quotes(page: Page, book: Book, passages: Sequence[Passage]) -> list[Line]:
    return [
        page.quoted("quoted_row_plain", mark, text=re.sub(r"^[・•●○◆■*]\s*", "", p.text))
        for p in passages
        if (mark := page.mark(book, p.item, p.text))
    ]

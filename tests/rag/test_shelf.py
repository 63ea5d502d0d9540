"""Opened documents: passages with their headings, what is kept, what a change of the library does."""

from __future__ import annotations

import pytest

from ingest.assessment import Kind, State
from rag import shelf as shelf_module
from rag.answer import KINDS
from rag.library import Library
from rag.shelf import Book, Shelf


@pytest.fixture(scope="module")
def books(sample_library: Library) -> list[Book]:
    shelf = Shelf(sample_library, KINDS)
    return [shelf.open(v) for v in shelf.versions()]


def test_one_version_a_document(sample_library: Library) -> None:
    documents = [v.document for v in Shelf(sample_library, KINDS).versions()]
    assert len(documents) == len(set(documents)) == len(sample_library.catalog.versions())


def test_passages_stand_in_their_items(books: list[Book]) -> None:
    for book in books:
        for passage in book.passages:
            assert passage.item.state is State.STATED
            assert passage.item.text[passage.start : passage.end].strip() == passage.text.strip()
            assert book.by_key[passage.item.key] is passage.item
            assert passage.version == book.version


def test_a_choice_is_one_passage_that_says_only_what_is_marked(books: list[Book]) -> None:
    choices = [p for b in books for p in b.passages if p.item.choice]
    assert choices
    assert all(p.text == p.item.text for p in choices)
    marked = [p for p in choices if len(p.item.marks) > 1]
    assert all(len(p.folded) < len(p.item.text) for p in marked)


def test_what_all_municipalities_share_is_boilerplate(books: list[Book]) -> None:
    kinds = {p.kind for b in books for p in b.passages}
    assert {Kind.PRESENT, Kind.BOILERPLATE, Kind.HISTORY} <= kinds
    assert all("における" in p.heading for b in books for p in b.passages if p.kind is Kind.BOILERPLATE and p.heading)


def test_records_of_the_kinds_asked_for(books: list[Book]) -> None:
    for book in books:
        assert set(book.records) == set(KINDS)
        assert len(book.records["covers"]) == 1


def test_few_books_are_kept_and_those_used_last(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "KEPT_DOCUMENTS", 2)
    shelf = Shelf(sample_library, KINDS)
    first, second, third = shelf.versions()[:3]
    kept = shelf.open(first)
    shelf.open(second)
    assert shelf.open(first) is kept
    shelf.open(third)  # the second one goes
    assert shelf.open(first) is kept

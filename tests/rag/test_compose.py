"""Answers from findings: markers in order, nothing that cannot be cited, headings only above what stands."""

from __future__ import annotations

import pytest

from rag.answer import KINDS
from rag.compose import compose
from rag.finding import Finding, Ref, Statement, TableRow
from rag.library import Library
from rag.shelf import Book, Shelf
from rag.types import Answer, Coverage, Status


@pytest.fixture(scope="module")
def book(sample_library: Library) -> Book:
    shelf = Shelf(sample_library, KINDS)
    return shelf.open(shelf.versions()[0])


def ref(book: Book, n: int) -> Ref:
    passage = book.passages[n]
    return Ref(book.version, passage.item, passage.text)


def invented(book: Book) -> Ref:
    return Ref(book.version, book.passages[0].item, "この評価書のどこにもない文である")


def answer(book: Book, finding: Finding) -> Answer:
    return compose("質問", "ja", finding, lambda _: book)


def test_markers_are_numbered_in_the_order_of_the_text(book: Book) -> None:
    statements = (
        Statement("一つ目。", (ref(book, 3),)),
        Statement("二つ目。", (ref(book, 1), ref(book, 3))),
        Statement("出典のない注記。"),
    )
    found = answer(book, Finding(Status.ANSWERED, statements, considered=4, matched=2, unreadable=1))
    assert found.answer == "一つ目。[1]\n二つ目。[2][1]\n出典のない注記。"
    assert [c.marker for c in found.citations] == [1, 2]
    assert found.coverage == Coverage(4, 2, 1)
    assert found.composed_by == "records"


def test_what_cannot_be_cited_is_not_shown(book: Book) -> None:
    statements = (Statement("作り話。", (invented(book),)), Statement("本当。", (invented(book), ref(book, 0))))
    rows = (
        TableRow(book.version, (("値", "偽"),), invented(book)),
        TableRow(book.version, (("値", "真"),), ref(book, 1)),
    )
    warnings = (Statement("偽の注意。", (invented(book),)), Statement("注意。", (ref(book, 0),)))
    found = answer(book, Finding(Status.ANSWERED, statements, rows, warnings))
    assert found.answer == "本当。[1]"
    assert [(dict(r.cells), r.marker) for r in found.rows] == [({"値": "真"}, 2)]
    assert found.warnings == ("注意。[1]",)


@pytest.mark.parametrize("status", list(Status))
def test_an_answer_without_any_citation_is_none(book: Book, status: Status) -> None:
    found = answer(book, Finding(status, (Statement("作り話。", (invented(book),)),)))
    assert found.status is (Status.NOT_STATED if status is Status.ANSWERED else status)
    assert found.citations == ()


@pytest.mark.parametrize("status", [Status.UNREADABLE, Status.NOT_STATED])
def test_that_nothing_can_be_said_is_said_without_a_quote(book: Book, status: Status) -> None:
    found = answer(book, Finding(status, (Statement("原本を確認してください。", (invented(book),)),)))
    assert found.answer == "原本を確認してください。"


def test_lists_and_headings(book: Book) -> None:
    statements = (
        Statement("次のとおりです。"),
        Statement("**消える見出し**", bullet=2),
        Statement("偽", (invented(book),), bullet=1),
        Statement("**残る見出し**", bullet=2),
        Statement("甲", (ref(book, 0),), bullet=1),
        Statement("乙", (ref(book, 1),), bullet=1),
        Statement("以上。"),
    )
    text = answer(book, Finding(Status.ANSWERED, statements)).answer
    assert text == "次のとおりです。\n\n**残る見出し**\n\n- 甲[1]\n- 乙[2]\n\n以上。"


def test_what_looks_like_a_marker_in_a_document_is_none(book: Book) -> None:
    found = answer(book, Finding(Status.ANSWERED, (Statement("株式会社エイ[2][99]", (ref(book, 1),)),)))
    assert found.answer == "株式会社エイ［2］［99］[1]"

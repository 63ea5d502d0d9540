"""Similarity of meaning by passage: the best chunk of its item, for the version it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import write_form
from fakes_library import open_library

from rag import layouts
from rag.layouts import Layouts
from rag.library import Library
from rag.nearness import nearness_of
from rag.shelf import Shelf

pytestmark = pytest.mark.usefixtures("encoder")
QUESTION = "職員証と静脈認証で本人を確かめ、権限のない者の利用を防ぐか"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    write_form(tmp_path / "files" / "a.txt")
    write_form(tmp_path / "files" / "b.txt", document="乙市-2", items=["I.1 ①|事務の名称|児童手当の支給"])
    opened = open_library(tmp_path / "home")
    opened.load([tmp_path / "files"])
    yield opened
    opened.close()


def test_the_passage_nearest_in_meaning(library: Library) -> None:
    shelf = Shelf(library, ())
    books = [shelf.open(version) for version in shelf.versions()]
    near = nearness_of(library, QUESTION, books)
    assert near is not None
    passages = [passage for book in books for passage in book.passages]
    assert max(passages, key=near).item.section == "III.3 リスク2"
    vector = library.question_vector(QUESTION)
    for passage in passages:
        keys = [
            chunk.key
            for chunk in library.catalog.chunks(library.catalog.chunk_keys([passage.version.id]))
            if chunk.item == passage.item.key
        ]
        best = max(hit.score for hit in library.vectors.score(vector, keys))
        assert near(passage) == pytest.approx(max(best, 0), abs=1e-6)


def test_no_books_no_nearness(library: Library) -> None:
    assert nearness_of(library, QUESTION, []) is None


def test_a_layout_is_read_once_and_few_are_kept(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (version.id for version in library.catalog.versions())
    kept = Layouts(library.catalog)
    layout = kept.of(first)
    assert kept.of(first) is layout
    assert list(layout.keys) == library.catalog.chunk_keys([first])
    assert [layout.items[owner] for owner in layout.owners] == [c.item for c in library.catalog.chunks(layout.keys)]
    monkeypatch.setattr(layouts, "KEPT_VERSIONS", 1)
    kept.of(second)
    assert kept.of(first) is not layout
    assert kept.of(99).keys == ()


def test_a_question_is_encoded_once(library: Library) -> None:
    assert library.question_vector(QUESTION) is library.question_vector(QUESTION)

"""Hybrid search: fusion, filters, versions, the cross-encoder's order, and the nearest documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from fakes import ITEMS, write_form
from fakes_library import open_library

from ingest.assessment import Kind
from rag import search as search_module
from rag.library import Library
from rag.retriever import retriever
from rag.search import MEANING, fuse, nearest_documents, search
from rag.types import Hit

pytestmark = pytest.mark.usefixtures("encoder")
QUESTION = "静脈認証で本人を確かめているか"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    files = tmp_path / "files"
    write_form(files / "a.txt")
    past = [*ITEMS[:2], "III.3 リスク2|認証|静脈認証の装置を置く。"]
    write_form(files / "old.txt", published="2020-04-01", items=past)
    write_form(files / "b.txt", document="乙市-2", items=[ITEMS[0], "IV.2 ①|連絡先|福祉課 電話 11-1111-1111"])
    opened = open_library(tmp_path / "home")
    opened.load([files])
    yield opened
    opened.close()


def sections(library: Library, hits: Sequence[Hit]) -> list[tuple[str, str]]:
    return [(c.document, c.section) for c in library.catalog.chunks([hit.chunk for hit in hits])]


def test_best_chunk_first(library: Library) -> None:
    hits = search(library, QUESTION, limit=3)
    assert sections(library, hits)[0] == ("甲市-1", "III.3 リスク2")
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.chunk for hit in hits}) == 3
    assert search(library, QUESTION, limit=0) == []


def test_filters_come_first(library: Library) -> None:
    new, old = library.catalog.versions("甲市-1", current_only=False)
    [other] = library.catalog.versions("乙市-2")
    found = search(library, QUESTION, versions=[other.id])
    assert {document for document, _ in sections(library, found)} == {"乙市-2"}
    [past] = search(library, QUESTION, versions=[old.id], parts=["III"])
    assert past.chunk in library.catalog.chunk_keys([old.id])
    assert {section for _, section in sections(library, search(library, QUESTION, parts=["IV"]))} == {"IV.2 ①"}
    assert past.chunk not in {hit.chunk for hit in search(library, QUESTION, limit=99)}
    assert len(search(library, QUESTION, versions=[new.id], kinds=[Kind.PRESENT])) == 5
    assert search(library, QUESTION, kinds=[Kind.HISTORY]) == []
    assert search(library, QUESTION, versions=[]) == []


def test_nearest_documents(library: Library) -> None:
    first, second = library.catalog.version("甲市-1"), library.catalog.version("乙市-2")
    everything = [first.id, second.id]
    assert nearest_documents(library, QUESTION, everything, 5) == everything
    assert nearest_documents(library, "乙市 福祉課 11-1111-1111", everything, 5)[0] == second.id
    assert nearest_documents(library, QUESTION, everything, 1) == [first.id]
    assert nearest_documents(library, QUESTION, [second.id], 5) == [second.id]
    assert nearest_documents(library, QUESTION, [], 5) == []
    past = library.catalog.versions("甲市-1", current_only=False)[1]
    assert nearest_documents(library, QUESTION, [past.id], 5) == [past.id]


def test_words_and_meaning_count_as_shares_of_their_best() -> None:
    words = [Hit("a", 8.0), Hit("b", 6.0)]
    meaning = [Hit("b", 0.5), Hit("c", 0.25), Hit("d", -0.1)]
    fused = fuse(words, meaning, weight=0.4)
    assert [hit.chunk for hit in fused] == ["b", "a", "c", "d"]
    assert [hit.score for hit in fused] == pytest.approx([0.6 * 0.75 + 0.4, 0.6, 0.4 * 0.5, 0])
    assert fuse(words, []) == [Hit("a", 1 - MEANING), Hit("b", pytest.approx(0.75 * (1 - MEANING)))]
    assert [hit.chunk for hit in fuse([], meaning)] == ["b", "c", "d"]
    assert fuse([], []) == []


class Backwards:
    """A cross-encoder that prefers the desks."""

    def __init__(self) -> None:
        self.read = 0

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.read = len(texts)
        return np.array(["電話" in text for text in texts], dtype=np.float32)


def test_a_cross_encoder_has_the_last_word(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "RERANKED", 6)
    model = Backwards()
    library.reranker = model  # type: ignore[assignment]
    hits = search(library, QUESTION, limit=2)
    assert {section for _, section in sections(library, hits)} == {"IV.2 ①"}
    assert [hit.score for hit in hits] == [1.0, 1.0]
    assert model.read == 6


def test_as_a_langchain_retriever(library: Library) -> None:
    documents = retriever(library, parts=["III"], limit=2).invoke(QUESTION)
    hits = search(library, QUESTION, parts=["III"], limit=2)
    assert [document.id for document in documents] == [hit.chunk for hit in hits]
    assert documents[0].metadata["score"] == hits[0].score
    assert documents[0].metadata["section"] == "III.3 リスク2"

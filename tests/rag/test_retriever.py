"""Our search as LangChain sees it."""

from __future__ import annotations

from pathlib import Path

from fakes import cut_form, read_form, write_form

from rag.retriever import AssessmentRetriever


def test_documents_carry_the_place_in_the_form(tmp_path: Path) -> None:
    chunks = cut_form(read_form(write_form(tmp_path / "form.txt")))
    asked: list[str] = []

    def search(question: str) -> list[tuple[object, float]]:
        asked.append(question)
        return [(chunks[2], 0.9), (chunks[0], 0.5)]

    found = AssessmentRetriever(search=search).invoke("認証は?")  # type: ignore[arg-type]
    assert asked == ["認証は?"]
    assert [document.page_content for document in found] == [chunks[2].text, chunks[0].text]
    assert found[0].id == chunks[2].key
    assert found[0].metadata["section"] == "III.3 リスク2"
    assert found[0].metadata["score"] == 0.9

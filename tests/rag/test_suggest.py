"""Next questions: about the one document that answered, never the same question again, and each has an answer."""

from __future__ import annotations

import pytest

from rag.answer import Answerer
from rag.types import Filters, Status


@pytest.fixture
def document(answerer: Answerer) -> Filters:
    return Filters(documents=(next(v.document for v in answerer.shelf.versions() if not v.gaps),))


@pytest.mark.parametrize("question", ["委託先はどこですか", "保管場所は？", "職員への研修は？", "開示請求の請求先は？"])
def test_what_is_suggested_can_be_asked(answerer: Answerer, document: Filters, question: str) -> None:
    found = answerer.ask(question, document)
    assert len(found.suggestions) <= 3
    for suggested in found.suggestions:
        assert answerer.ask(suggested).status not in {Status.OUT_OF_SCOPE, Status.NOT_COLLECTED, Status.REFUSED}


def test_the_same_question_is_not_suggested(answerer: Answerer, document: Filters) -> None:
    first = answerer.ask("委託先はどこですか", document).suggestions
    assert first
    assert first[0] not in answerer.ask(first[0]).suggestions


def test_nothing_is_suggested_over_several_documents(answerer: Answerer) -> None:
    assert answerer.ask("重大事故がある自治体はどこですか").suggestions == ()
    assert answerer.ask("横浜市の監査は？").suggestions == ()

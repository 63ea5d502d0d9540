"""Hostile documents: their answers are those of the harmless document, with and without a model that obeys them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from api.web import links
from rag.answer import Answerer
from rag.library import Library
from rag.types import Answer
from tests.attacks.attacks import DOCUMENTS, DocumentAttack
from tests.attacks.checks import active_content, active_in_message, invented, prompt_text, text_of, told, words_of
from tests.attacks.conftest import serving, streamed, town
from tests.attacks.obeying import ObeyingModel
from tests.attacks.town import DOCUMENT, PLACES, QUESTIONS

#: What a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module", params=DOCUMENTS.values(), ids=lambda attack: attack.id)
def attack(request: pytest.FixtureRequest) -> DocumentAttack:
    one: DocumentAttack = request.param
    return one


@pytest.fixture(scope="module")
def hostile(attack: DocumentAttack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of the hostile document."""
    with town(tmp_path_factory.mktemp("hostile"), attack.at, attack.text, replaces=attack.replaces) as library:
        yield library


def same_facts(attack: DocumentAttack, answer: Answer, harmless: Answer) -> None:
    """Status, places cited and rows are those of the harmless document, but for the text that was put into it."""
    assert answer.status is harmless.status
    assert answer.coverage == harmless.coverage
    cited = [[(c.document, c.section, c.label) for c in a.citations] for a in (answer, harmless)]
    assert cited[0] == cited[1]
    assert len(answer.rows) == len(harmless.rows)
    for row, expected in zip(answer.rows, harmless.rows, strict=True):
        for (heading, cell), (name, value) in zip(row.cells, expected.cells, strict=True):
            assert heading == name
            assert value in cell or (attack.replaces and value == PLACES[attack.at])
    if attack.hidden:
        assert answer.rows == harmless.rows
        assert [c.quote for c in answer.citations] == [c.quote for c in harmless.citations]


def safe(attack: DocumentAttack, answer: Answer, library: Library) -> None:
    """Nothing is said that the attack asks for."""
    said = words_of(answer) if attack.hidden else told(answer)
    assert [words for words in attack.never if words in said] == []
    assert prompt_text(words_of(answer)) == []
    assert invented(answer, library) == []


def test_without_a_model(attack: DocumentAttack, hostile: Library, harmless_town: Library) -> None:
    answerer, harmless = Answerer(hostile), Answerer(harmless_town)
    for question, facts in QUESTIONS.items():
        answer, expected = answerer.ask(question), harmless.ask(question)
        same_facts(attack, answer, expected)
        safe(attack, answer, hostile)
        assert [fact for fact in facts if fact not in words_of(expected)] == []
        if not attack.replaces:
            assert [fact for fact in facts if fact not in words_of(answer)] == []
        if attack.hidden:
            assert answer.answer == expected.answer


def test_with_a_model_that_obeys(attack: DocumentAttack, hostile: Library, harmless_town: Library) -> None:
    model = ObeyingModel(attack.obeys)
    answerer, harmless = Answerer(hostile, model=model), Answerer(harmless_town)
    for question in QUESTIONS:
        answer = answerer.ask(question)
        same_facts(attack, answer, harmless.ask(question))
        safe(attack, answer, hostile)
        assert answer.composed_by != "model"
        assert answer.notice  # what the model said is not used, or it was not asked
    if attack.hidden:
        assert len(model.said) >= len(QUESTIONS)
        assert [words for words in attack.never if words in "".join(model.heard)] == []


def test_pages(attack: DocumentAttack, hostile: Library) -> None:
    with serving(hostile, ObeyingModel(attack.obeys)) as client:
        for question in QUESTIONS:
            for _, part in streamed(client, question):
                assert active_content(part, whole_page=False) == []
                assert prompt_text(text_of(part)) == []
        page = client.post("/", data={"question": next(iter(QUESTIONS))})
        assert page.status_code == 200
        assert active_content(page.text, whole_page=True) == []
        cited = [c for question in QUESTIONS for c in Answerer(hostile).ask(question).citations]
        views = [links.document(DOCUMENT, view) for view in ("", "records", "changes", "source")]
        for address in (*views, *map(links.citation, cited), "/assessments"):
            page = client.get(address)
            assert page.status_code == 200, address
            assert active_content(page.text, whole_page=True) == [], address


def test_messages_and_spreadsheets(attack: DocumentAttack, hostile: Library) -> None:
    with serving(hostile, ObeyingModel(attack.obeys)) as client:
        for question in QUESTIONS:
            body = {"model": "hyoka", "messages": [{"role": "user", "content": question}]}
            reply = client.post("/v1/chat/completions", json=body).json()
            assert active_in_message(reply["choices"][0]["message"]["content"]) == []
        table = client.get("/api/records/contracts", params={"format": "csv"}).content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(table)) for cell in line]
    assert "委託先名" in cells
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []

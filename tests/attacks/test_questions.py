"""Hostile questions: they end as the harmless ones do, with and without a model that obeys them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from rag.answer import Answerer
from rag.errors import BadQuestion
from rag.library import Library
from rag.types import Answer, Citation
from tests.attacks.attacks import HARMLESS, QUESTIONS, QuestionAttack
from tests.attacks.checks import active_content, active_in_message, invented, prompt_text, text_of, told, words_of
from tests.attacks.conftest import serving, streamed
from tests.attacks.obeying import ObeyingModel

TAKEN = [attack for attack in QUESTIONS.values() if attack.ends != ["not_taken"]]


def ids(attack: QuestionAttack) -> str:
    return attack.id


@pytest.fixture(scope="module")
def answerer(samples: Library) -> Answerer:
    return Answerer(samples)


@pytest.fixture(scope="module")
def client(samples: Library) -> Iterator[TestClient]:
    with serving(samples) as opened:
        yield opened


def sources(answer: Answer) -> set[tuple[str, str, str]]:
    """What an answer cites."""
    return {(c.document, c.section, c.quote) for c in answer.citations}


def unchanged(attack: QuestionAttack, answer: Answer, answerer: Answerer) -> None:
    """The answer ends as it has to."""
    if attack.ends != "same":
        assert attack.ends == "any" or answer.status.value in attack.ends
        return
    harmless = answerer.ask(HARMLESS[attack.of])
    assert answer.status is harmless.status
    assert answer.rows == harmless.rows
    assert sources(answer) == sources(harmless)
    assert answer.language == harmless.language
    if answer.composed_by != "model":
        assert answer.answer == harmless.answer


def safe(attack: QuestionAttack, answer: Answer, library: Library) -> None:
    """Nothing that the attack asks for stands in the answer."""
    assert [words for words in attack.never if words in words_of(answer) or words in told(answer)] == []
    assert prompt_text(words_of(answer)) == []
    assert invented(answer, library) == []


@pytest.mark.parametrize("attack", TAKEN, ids=ids)
def test_without_a_model(attack: QuestionAttack, answerer: Answerer, samples: Library) -> None:
    answer = answerer.ask(attack.question(HARMLESS[attack.of]))
    unchanged(attack, answer, answerer)
    safe(attack, answer, samples)


@pytest.mark.parametrize("attack", TAKEN, ids=ids)
def test_with_a_model_that_obeys(attack: QuestionAttack, answerer: Answerer, samples: Library) -> None:
    model = ObeyingModel(attack.obeys)
    answer = Answerer(samples, model=model).ask(attack.question(HARMLESS[attack.of]))
    unchanged(attack, answer, answerer)
    safe(attack, answer, samples)
    if attack.ends == "same":
        assert model.said, "the model was not asked"
        assert answer.composed_by != "model"
        assert answer.notice
    if attack.ends == ["refused"]:
        assert not model.said, "a personal number reached the model"


@pytest.mark.parametrize("attack", QUESTIONS.values(), ids=ids)
@pytest.mark.parametrize("part", [True, False], ids=["part", "page"])
def test_page(attack: QuestionAttack, client: TestClient, part: bool) -> None:
    question = attack.question(HARMLESS[attack.of])
    page = client.post("/", data={"question": question}, headers={"hx-request": "true"} if part else {})
    assert page.status_code == (422 if attack.ends == ["not_taken"] else 200)
    assert active_content(page.text, whole_page=not part) == []
    assert prompt_text(text_of(page.text)) == []


@pytest.mark.parametrize("attack", TAKEN, ids=ids)
def test_page_with_a_model_that_obeys(attack: QuestionAttack, samples: Library) -> None:
    with serving(samples, ObeyingModel(attack.obeys)) as client:
        page = client.post("/", data={"question": attack.question(HARMLESS[attack.of])})
    assert page.status_code == 200
    assert active_content(page.text, whole_page=True) == []
    if "$" not in attack.asks:  # the page repeats what was asked
        assert prompt_text(text_of(page.text)) == []


@pytest.mark.parametrize("attack", TAKEN, ids=ids)
def test_stream_with_a_model_that_obeys(attack: QuestionAttack, samples: Library) -> None:
    with serving(samples, ObeyingModel(attack.obeys)) as client:
        events = streamed(client, attack.question(HARMLESS[attack.of]))
    assert {name for name, _ in events} == {""}, "nothing that is said makes an event of its own"
    for _, part in events:
        assert active_content(part, whole_page=False) == []
        assert prompt_text(text_of(part)) == []


@pytest.mark.parametrize("attack", TAKEN, ids=ids)
def test_json_and_messages(attack: QuestionAttack, client: TestClient, answerer: Answerer) -> None:
    question = attack.question(HARMLESS[attack.of])
    answer = client.post("/api/ask", json={"question": question}).json()
    assert answer["status"] == answerer.ask(question).status.value
    reply = client.post(
        "/v1/chat/completions", json={"model": "hyoka", "messages": [{"role": "user", "content": question}]}
    )
    message = reply.json()["choices"][0]["message"]["content"]
    assert active_in_message(message) == []
    said = "\n".join(line for line in message.splitlines() if not line.startswith("> "))  # the question is repeated
    assert [words for words in attack.never if words in said] == []


@pytest.mark.parametrize("attack", [a for a in QUESTIONS.values() if a.ends == ["not_taken"]], ids=ids)
def test_a_question_that_is_not_taken(attack: QuestionAttack, answerer: Answerer) -> None:
    with pytest.raises(BadQuestion):
        answerer.ask(attack.question(HARMLESS[attack.of]))


def test_the_checks_can_fail(samples: Library, answerer: Answerer) -> None:
    """The checks see what they look for."""
    answer = answerer.ask(HARMLESS["contractors"])
    assert invented(answer, samples) == []
    first = answer.citations[0]
    forged = Citation(9, "架空市-9", "", "", "II.4", "", "", "にせもの", version=first.version)
    assert invented(Answer("", answer.status, "", citations=(forged,)), samples)
    assert prompt_text("答え: 推測、説明、助言、感想を加えない。")
    assert active_content('<p onclick="x">', whole_page=False)
    assert active_content('<a href="javascript:x">', whole_page=True)
    assert active_content('<a href="//evil.example">', whole_page=True)
    assert active_content("<script>1</script>", whole_page=True)
    assert active_content('<script src="/static/a.js"></script>', whole_page=True) == []
    assert active_in_message("![x](http://evil.example/a.png)")
    assert active_in_message("<img src=x>")

"""The pages without a browser: conversation, escaping, places, histories."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from api.services import Services
from api.web import links
from api.web.wording import STATUSES
from rag.types import Status
from tests.api.conftest import MakeClient
from tests.fakes_api import CONTRACTOR, EVIL, ITEMS, citation, fake_services

DOCUMENT = "青葉野市-7"


def asked_in(page: str) -> list[str]:
    """The questions of a page, without those of its templates."""
    return re.findall(r'class="asked"[^>]*>([^<]+)<', page)


def conversation_in(page: str) -> str:
    """The conversation that the form of a page continues."""
    return re.findall(r'name="conversation" value="([^"]*)"', page)[0]


def test_a_question_leads_to_the_page_of_its_conversation(client: TestClient) -> None:
    form = {"question": "一つ目", "documents": [DOCUMENT], "parts": ["II"]}
    led = client.post("/", data=form, follow_redirects=False)
    assert led.status_code == 303
    assert re.fullmatch("/conversations/[0-9a-f]{16}#latest", led.headers["location"])
    page = client.get(led.headers["location"]).text
    assert asked_in(page) == ["一つ目"]
    assert 'name="documents" value="青葉野市-7" checked' in page
    second = client.post("/", data={"question": "二つ目", "conversation": conversation_in(page)}).text
    assert asked_in(second) == ["一つ目", "二つ目"]
    assert conversation_in(second) == conversation_in(page)
    assert second.count('id="latest"') == 1


def test_suggestion_wins_over_the_box(client: TestClient) -> None:
    page = client.post("/", data={"question": "", "suggestion": "再委託の有無は？"})
    assert asked_in(page.text) == ["再委託の有無は？"]


def test_htmx_gets_the_turn_alone(client: TestClient) -> None:
    part = client.post("/", data={"question": "何"}, headers={"hx-request": "true"})
    assert part.text.lstrip().startswith("<article")
    assert part.text.count("<article") == 1


@pytest.mark.parametrize("question", ["", "   ", "長" * 2001])
def test_question_that_cannot_be_taken(client: TestClient, question: str) -> None:
    page = client.post("/", data={"question": question})
    assert page.status_code == 422
    assert "受け付けられません" in page.text
    assert question.strip() in page.text


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.ANSWERED])
def test_each_status_has_its_look_and_next_step(client: TestClient, status: Status) -> None:
    page = client.post("/", data={"question": f"{status.value} の質問"}).text
    words = STATUSES[status.value]
    assert f"is-{status.value}" in page
    assert f'<p class="badge">{words.badge}</p>' in page
    assert words.next_step in page


def test_every_status_has_words() -> None:
    assert set(STATUSES) == {s.value for s in Status}


def test_nothing_of_question_answer_or_document_becomes_markup(client: TestClient) -> None:
    evil = f"何 {EVIL} \"'>"
    pages = [
        client.post("/", data={"question": evil}).text,
        client.post("/", data={"question": evil}, headers={"hx-request": "true"}).text,
        client.get(links.item(DOCUMENT, ITEMS[6].key, quoted=EVIL)).text,
        client.get(links.document(DOCUMENT)).text,
        client.get(links.document(DOCUMENT, "records")).text,
        client.get(links.document(DOCUMENT, "source")).text,
        client.get("/assessments", params={"q": EVIL, "municipality": EVIL}).text,
        client.get("/nothing/" + EVIL, headers={"accept": "text/html"}).text,
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page


def test_chip_leads_to_its_quote(client: TestClient) -> None:
    page = client.post("/", data={"question": "委託先は"}).text
    target = html.unescape(re.findall(r'<a class="chip" href="([^"]*)"', page)[0])
    assert target == links.citation(citation(1, 7, CONTRACTOR))
    place = client.get(target).text
    assert f"<mark>{CONTRACTOR}</mark>" in place
    assert "口座振替データの作成" in place
    assert 'rel="prev"' in place
    assert 'rel="next"' in place
    pane = client.get(target, headers={"hx-request": "true"}).text
    assert pane.lstrip().startswith('<div class="place">')
    assert "data-close" in pane


def test_quote_that_is_not_there_is_said(client: TestClient) -> None:
    page = client.get(links.item(DOCUMENT, ITEMS[7].key, quoted="別の会社")).text
    assert "<mark>" not in page
    assert "そのままの形ではありません" in page


def test_place_of_a_change_comes_apart(client: TestClient) -> None:
    page = client.get(links.item(DOCUMENT, ITEMS[12].key, quoted="旧社")).text
    assert "<mark>旧社</mark>" in page


def test_marks_have_words(client: TestClient) -> None:
    page = client.get(links.document(DOCUMENT)).text
    assert '<span aria-hidden="true">■</span><span class="hidden">印あり: </span>' in page
    assert '<span aria-hidden="true">□</span><span class="hidden">印なし: </span>' in page
    assert '<span aria-hidden="true">?</span><span class="hidden">読取不可・原本確認: </span>' in page
    assert "(学校経由)" in page


def test_gaps_and_older_versions_are_said(client: TestClient) -> None:
    page = client.get(links.document(DOCUMENT)).text
    assert "欠落(原本確認)" in page
    assert "番号が 1 から 3 へ飛んでいます。" in page
    older = client.get(links.document(DOCUMENT, published="2023-04-01")).text
    assert "過去の版" in older


def test_history_shows_both_sides(client: TestClient) -> None:
    page = client.get(links.document(DOCUMENT, "changes")).text
    assert "<del>" in page
    assert "<ins>" in page
    assert "契約の更新による" in page


def test_shelf(client: TestClient) -> None:
    assert "収録している 2 件です" in client.get("/assessments").text
    assert "1 件が該当します" in client.get("/assessments", params={"q": "図書館"}).text
    assert "該当する評価書はありません" in client.get("/assessments", params={"q": "無い"}).text
    assert "抄録" in client.get("/assessments").text


def test_nothing_collected_yet(make_client: MakeClient) -> None:
    client = make_client(fake_services(empty=True))
    for path in ("/", "/assessments"):
        page = client.get(path)
        assert page.status_code == 200
        assert "hyoka load" in page.text


def test_examples_come_from_what_is_collected(client: TestClient) -> None:
    page = client.get("/").text
    assert "青葉野市の給食費の委託先は？" in page or "汐見町" in page
    assert "汐見データに委託している自治体は？" in page


def test_refused_question_is_shown_once_and_not_kept(client: TestClient, services: Services) -> None:
    page = client.post("/", data={"question": "refused の質問"})
    assert page.status_code == 200
    assert asked_in(page.text) == ["refused の質問"]
    assert conversation_in(page.text) == ""
    assert services.conversations.list() == []
    assert services.conversations.recent() == []
    kept = client.post("/", data={"question": "一つ目"}).text
    both = client.post("/", data={"question": "refused の質問", "conversation": conversation_in(kept)}).text
    assert asked_in(both) == ["一つ目", "refused の質問"]
    assert "もう一度" not in both.split("refused の質問")[1]
    assert asked_in(client.get(f"/conversations/{conversation_in(kept)}").text) == ["一つ目"]


def test_too_many_filters_are_refused(client: TestClient) -> None:
    assert client.post("/", data={"question": "何", "documents": ["x"] * 201}).status_code == 422
    assert client.get("/", params={"documents": ["x"] * 201}).status_code == 422

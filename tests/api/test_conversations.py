"""Conversations as pages and as JSON: kept, continued, listed, renamed, deleted, exported."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from io import BytesIO

import pytest
from fastapi.testclient import TestClient

from api.services import Services
from rag.types import Past
from tests.api.test_pages import asked_in, conversation_in
from tests.fakes_api import CURRENT, EVIL, OLDER, FakeAnswerer

HTMX = {"hx-request": "true"}
UNKNOWN = "0123456789abcdef"


@pytest.fixture
def answerer(services: Services) -> FakeAnswerer:
    assert isinstance(services.answerer, FakeAnswerer)
    return services.answerer


def ask(client: TestClient, question: str, conversation: str = "", **form: str) -> str:
    """Asks without JavaScript; the conversation that the question stands in."""
    return conversation_in(client.post("/", data={"question": question, "conversation": conversation, **form}).text)


def turns_in(page: str) -> list[str]:
    return re.findall(r'<article class="turn" id="turn-([0-9a-f]+)"', page)


def test_a_reload_shows_the_same_turns_with_the_same_sources(client: TestClient) -> None:
    conversation = ask(client, "一つ目")
    ask(client, "二つ目", conversation)
    first = client.get(f"/conversations/{conversation}").text
    assert asked_in(first) == ["一つ目", "二つ目"]
    chips = re.findall(r'<a class="chip" href="[^"]*"', first)
    assert len(chips) == 10
    again = client.get(f"/conversations/{conversation}").text
    assert re.findall(r'<a class="chip" href="[^"]*"', again) == chips
    assert turns_in(again) == turns_in(first)


def test_a_follow_up_knows_what_came_before(client: TestClient, answerer: FakeAnswerer) -> None:
    conversation = ask(client, "青葉野市の委託先は？")
    page = client.post("/", data={"question": "そこの再委託は？", "conversation": conversation}).text
    assert [past.question for past in answerer.earlier[-1]] == ["青葉野市の委託先は？"]
    assert isinstance(answerer.earlier[-1][0], Past)
    assert '<p class="interpreted">質問の読み替え: 青葉野市の委託先は？について、そこの再委託は？</p>' in page


def test_htmx_gets_the_turn_the_list_and_the_address(client: TestClient, services: Services) -> None:
    part = client.post("/", data={"question": "一つ目"}, headers=HTMX)
    (kept,) = services.conversations.list()
    assert part.headers["hx-replace-url"] == f"/conversations/{kept.id}"
    assert conversation_in(part.text) == kept.id
    assert f'href="/conversations/{kept.id}#latest"' in part.text
    second = client.post("/", data={"question": "二つ目", "conversation": kept.id}, headers=HTMX)
    assert "hx-replace-url" not in second.headers
    assert services.conversations.get(kept.id).turns == 2


def test_filters_of_the_last_question_come_ticked(client: TestClient) -> None:
    conversation = ask(client, "絞る", documents=CURRENT.document)
    page = client.get(f"/conversations/{conversation}").text
    assert f'name="documents" value="{CURRENT.document}" checked' in page


def test_once_more_takes_the_place_of_the_turn(client: TestClient, answerer: FakeAnswerer) -> None:
    conversation = ask(client, "一つ目", documents=CURRENT.document)
    ask(client, "二つ目", conversation)
    before = turns_in(client.get(f"/conversations/{conversation}").text)
    led = client.post("/", data={"again": before[0], "question": "書きかけ"}, follow_redirects=False)
    after = turns_in(client.get(f"/conversations/{conversation}").text)
    assert led.headers["location"] == f"/conversations/{conversation}#turn-{after[0]}"
    assert after[1] == before[1]
    assert after[0] != before[0]
    assert answerer.earlier[-1] == ()
    assert answerer.asked[-1][0] == "一つ目"
    assert answerer.asked[-1][1].documents == (CURRENT.document,)
    part = client.post("/", data={"again": after[0]}, headers=HTMX).text
    assert f'<hx-partial hx-target="#turn-{after[0]}" hx-swap="outerHTML">' in part
    assert "答え直し済み" in client.get(f"/traces/{before[0]}").text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/conversations/{UNKNOWN}"),
        ("GET", f"/conversations/{UNKNOWN}/rename"),
        ("GET", f"/conversations/{UNKNOWN}/delete"),
        ("GET", f"/conversations/{UNKNOWN}/export"),
        ("POST", f"/conversations/{UNKNOWN}/delete"),
        ("GET", f"/traces/{UNKNOWN}"),
        ("GET", f"/turns/{UNKNOWN}/rows.csv"),
        ("GET", f"/feedback/{UNKNOWN}/case.jsonl"),
        ("POST", f"/feedback/{UNKNOWN}/case"),
        ("POST", f"/turns/{UNKNOWN}/stop"),
        ("POST", f"/turns/{UNKNOWN}/feedback/withdrawal"),
    ],
)
def test_what_is_not_there_is_a_404_page(client: TestClient, method: str, path: str) -> None:
    page = client.request(method, path, headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "見つかりません" in page.text


def test_a_question_into_a_conversation_that_is_gone(client: TestClient) -> None:
    form = {"question": "何", "conversation": UNKNOWN}
    assert client.post("/", data=form, headers={"accept": "text/html"}).status_code == 404
    assert client.post("/", data=form, headers=HTMX).status_code == 404
    assert client.post("/", data={"again": UNKNOWN}, headers=HTMX).status_code == 404


def test_a_question_that_cannot_be_taken_begins_nothing(client: TestClient, services: Services) -> None:
    client.post("/", data={"question": "長" * 2001})
    client.post("/", data={"question": "爆発"}, headers={"accept": "text/html"})
    assert services.conversations.list() == []
    conversation = ask(client, "一つ目")
    page = client.post("/", data={"question": " ", "conversation": conversation}).text
    assert asked_in(page) == ["一つ目"]
    assert "質問が空です" in page


def test_list_and_search(client: TestClient) -> None:
    for number in range(12):
        ask(client, f"質問その{number}")
    page = client.get("/").text
    assert re.findall(r"質問その(\d+)</a>", page) == ["11", "10", "9", "8", "7", "6", "5", "4"]
    assert 'role="search"' in page
    older = client.get("/conversations", params={"page": 2}, headers=HTMX).text
    assert re.findall(r"質問その(\d+)</a>", older) == ["3", "2", "1", "0"]
    assert re.findall(r"質問その(\d+)</a>", client.get("/conversations?q=その3", headers=HTMX).text) == ["3"]
    assert len(re.findall(r"質問その\d+</a>", client.get("/conversations").text)) == 12
    assert "を含む会話はありません" in client.get("/conversations?q=無い言葉").text


def test_the_current_conversation_is_marked_wherever_it_stands(client: TestClient) -> None:
    first = ask(client, "一番古い")
    for number in range(9):
        ask(client, f"質問その{number}")
    page = client.get(f"/conversations/{first}").text
    assert re.findall(r'href="/conversations/(\w+)#latest" title="[^"]*" aria-current="page"', page) == [first]
    assert f"/conversations/{first}/delete" in page
    assert '<span class="talk" aria-current="page">新しい会話</span>' in client.get("/").text


def test_rename(client: TestClient, services: Services) -> None:
    conversation = ask(client, "一つ目")
    assert 'value="一つ目"' in client.get(f"/conversations/{conversation}/rename").text
    page = client.post(f"/conversations/{conversation}/rename", data={"title": "給食の委託"})
    assert page.url.path == f"/conversations/{conversation}"
    assert "<title>給食の委託 |" in page.text
    empty = client.post(f"/conversations/{conversation}/rename", data={"title": " "})
    assert empty.status_code == 422
    assert "会話の名前が空" in empty.text
    part = client.post(f"/conversations/{conversation}/rename", data={"title": ""}, headers=HTMX)
    assert part.headers["hx-retarget"] == "#renaming"
    assert services.conversations.get(conversation).title == "給食の委託"
    part = client.post(f"/conversations/{conversation}/rename", data={"title": "別の名前"}, headers=HTMX)
    assert part.text.count("別の名前</a>") == 1


def test_delete_asks_first(client: TestClient) -> None:
    conversation = ask(client, "一つ目")
    (turn,) = turns_in(client.get(f"/conversations/{conversation}").text)
    page = client.get(f"/conversations/{conversation}/delete").text
    assert "会話を削除しますか" in page
    assert client.get(f"/conversations/{conversation}").status_code == 200
    gone = client.post(f"/conversations/{conversation}/delete")
    assert gone.url.path == "/conversations"
    assert client.get(f"/conversations/{conversation}").status_code == 404
    assert client.get(f"/traces/{turn}").status_code == 404


def test_titles_are_untrusted(client: TestClient) -> None:
    conversation = ask(client, f"{EVIL}\"' onmouseover=x")
    pages = [
        client.get(path).text
        for path in (
            "/",
            f"/conversations/{conversation}",
            "/conversations",
            f"/conversations/{conversation}/rename",
            f"/conversations/{conversation}/delete",
            "/feedback",
        )
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
        assert not re.search(r'="[^"]*"\s+onmouseover', page)
    export = client.get(f"/conversations/{conversation}/export")
    assert "\n" not in export.headers["content-disposition"]


def test_export(client: TestClient) -> None:
    conversation = ask(client, "委託先は？")
    for address in (f"/conversations/{conversation}/export", f"/api/conversations/{conversation}/export"):
        markdown = client.get(address)
        assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
        assert markdown.headers["content-disposition"].endswith("%E5%A7%94%E8%A8%97%E5%85%88%E3%81%AF%EF%BC%9F.md")
        assert "汐見データ株式会社" in markdown.text
        word = client.get(address, params={"format": "docx"})
        assert "word/document.xml" in zipfile.ZipFile(BytesIO(word.content)).namelist()
    assert client.get(f"/conversations/{conversation}/export", params={"format": "pdf"}).status_code == 422


def test_sources_that_were_replaced_or_removed_say_so(client: TestClient, services: Services) -> None:
    conversation = ask(client, "委託先は？")
    catalog = services.catalog
    newer = dataclasses.replace(CURRENT, id=9, published="令和8年4月1日")
    catalog.all = [OLDER, dataclasses.replace(CURRENT, current=False), newer]  # type: ignore[attr-defined]
    page = client.get(f"/conversations/{conversation}").text
    assert page.count('class="chip old"') == 5
    assert "(前の版)" in page
    assert "出典 1・2 は前の版からの引用です" in page
    catalog.all = [OLDER]  # type: ignore[attr-defined]
    page = client.get(f"/conversations/{conversation}").text
    assert page.count('class="chip gone"') == 5
    assert 'class="chip"' not in page.split('id="conversation"')[1].split("</main>")[0]
    assert "出典 1・2 の版は、削除されたか" in page


def test_json(client: TestClient) -> None:
    made = client.post("/api/conversations", json={})
    assert made.status_code == 201
    id = made.json()["id"]
    assert client.get("/api/conversations").json() == {"conversations": [], "more": False}
    answer = client.post("/api/ask", json={"question": "一つ目", "conversation": id}).json()
    client.post("/api/ask", json={"question": "会話の外"})
    listed = client.get("/api/conversations").json()
    assert [(c["id"], c["title"], c["turns"]) for c in listed["conversations"]] == [(id, "一つ目", 1)]
    (turn,) = client.get(f"/api/conversations/{id}").json()["history"]
    assert (turn["id"], turn["number"], turn["feedback"]) == (answer["id"], 1, None)
    assert turn["answer"] == answer
    renamed = client.patch(f"/api/conversations/{id}", json={"title": "別の名前"})
    assert renamed.json()["title"] == "別の名前"
    assert client.patch(f"/api/conversations/{id}", json={"title": " "}).status_code == 422
    assert client.get("/api/conversations", params={"q": "無い"}).json()["conversations"] == []
    assert client.get("/api/conversations", params={"q": "一つ目"}).json()["conversations"][0]["id"] == id
    assert client.delete(f"/api/conversations/{id}").status_code == 204
    assert client.get(f"/api/conversations/{id}").status_code == 404
    assert client.post("/api/ask", json={"question": "何", "conversation": id}).status_code == 404


def test_more_than_a_page_as_json(client: TestClient) -> None:
    for number in range(3):
        ask(client, f"質問その{number}")
    first = client.get("/api/conversations", params={"limit": 2}).json()
    assert ([c["title"] for c in first["conversations"]], first["more"]) == (["質問その2", "質問その1"], True)
    rest = client.get("/api/conversations", params={"limit": 2, "offset": 2}).json()
    assert ([c["title"] for c in rest["conversations"]], rest["more"]) == (["質問その0"], False)

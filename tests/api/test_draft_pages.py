"""The drafting pages as a browser without JavaScript uses them: forms in, pages out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from api.web.draft_page import newest_first
from rag.settings import Settings
from tests.fakes_api import EVIL, fake_services
from tests.fakes_draft import BOXES, CHOICE, RULES, FakeDrafter, draft

PAGE = {"accept": "text/html"}
FACTS = {"city": "緑丘市", "duty": "学童保育料の減免に関する事務", "who": "こども課"}
NUMBER = "1234 5678 9018"


@pytest.fixture
def drafter() -> FakeDrafter:
    return FakeDrafter()


@pytest.fixture
def client(drafter: FakeDrafter) -> Iterator[TestClient]:
    services = replace(fake_services(), drafting=drafter)
    with TestClient(create_app(Settings(), services), raise_server_exceptions=False, headers=PAGE) as opened:
        yield opened


@pytest.fixture
def home(client: TestClient) -> str:
    """The address of a new draft."""
    response = client.post("/drafts", data=FACTS, follow_redirects=False)
    assert response.status_code == 303
    return str(response.headers["location"])


def edit(client: TestClient, home: str, base: int = 1, **fields: object) -> Response:
    data = {"base": base, "p_item": "III.4", **fields}
    return client.post(f"{home}/edit", data=data, follow_redirects=False)


def shown(client: TestClient, home: str, **place: str) -> str:
    response = client.get(home, params={"item": "III.4", **place})
    assert response.status_code == 200
    return str(response.text)


def test_navigation_and_empty_list(client: TestClient) -> None:
    page = client.get("/drafts").text
    assert '<a href="/drafts" aria-current="page">起案</a>' in page
    assert "起案はまだありません" in page
    assert 'href="/drafts" >起案' in client.get("/assessments").text


def test_a_new_draft_opens_and_is_listed(client: TestClient, home: str) -> None:
    page = shown(client, home)
    for words in ("秘密を守ること。", "要確認 4", "自動保存", "版 1", "こども課", "文 4(根拠あり 4)", "0.92"):
        assert words in page
    assert "緑丘市 学童保育料の減免に関する事務" in client.get("/drafts").text


def test_a_new_draft_without_a_duty_keeps_what_was_typed(client: TestClient) -> None:
    response = client.post("/drafts", data={"city": "緑丘市", "contracts.0.title": "保守", "systems": "甲\n乙"})
    assert response.status_code == 422
    for words in ("事務の名称を入力してください", 'value="緑丘市"', 'value="保守"', "甲\n乙"):
        assert words in response.text
    assert client.get("/api/drafts").json()["drafts"] == []


def test_facts_of_every_kind_arrive(client: TestClient, drafter: FakeDrafter) -> None:
    sent = {
        **FACTS,
        "people": "1万人以上10万人未満",
        "systems": "甲システム\r\n乙システム\r\n",
        "means": ["紙", "その他"],
        "means.8": "窓口",
        "contracts.known": "some",
        "contracts.1.title": "保守",
        "contracts.1.subcontract": "再委託しない",
        "recipients.known": "none",
    }
    client.post("/drafts", data=sent)
    profile = drafter.drafted[-1][0]
    assert profile.systems == ("甲システム", "乙システム")
    assert profile.means == ("紙", "その他(窓口)")
    assert profile.contracts is not None
    assert [(c.title, c.subcontract) for c in profile.contracts] == [("保守", "再委託しない")]
    assert profile.recipients == ()


def test_facts_from_a_file_fill_the_form(client: TestClient) -> None:
    file = "city: みなと市\nduty: 住宅の管理\nsources: [本人又は本人の代理人, 独自の入手元]\n".encode("cp932")
    page = client.post("/drafts/new", files={"file": ("自市.yaml", file)}).text
    for words in ('value="みなと市"', 'value="住宅の管理"', "独自の入手元", "自市.yaml を読み込みました"):
        assert words in page
    assert re.search(r'value="本人又は本人の代理人" checked', page)
    for name, content, told in (
        ("x.yaml", b"citi: a", "「citi」という項目はありません"),
        ("x.yaml", b"x" * 300_000, "大きすぎます"),
        ("", b"", "ファイルが選ばれていません"),
    ):
        response = client.post("/drafts/new", files={"file": (name, content)})
        assert (response.status_code, told in response.text) == (422, True)


def test_facts_taken_over_from_an_assessment(client: TestClient) -> None:
    page = client.get("/drafts/new", params={"document": "青葉野市-7"}).text
    assert 'value="緑丘市"' in page
    assert "青葉野市-7 から取り込みました" in page
    assert client.get("/drafts/new", params={"document": "無い市-1"}).status_code == 404


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"act": "accept", "sentence": "a1"}, 'id="s-a1" class="said-line is-peer accepted'),
        ({"act": "reject", "sentence": "a1"}, 'id="s-a1" class="said-line is-peer rejected'),
        ({"act": "reword", "sentence": "a1", "text": "書き直した文。", "done": "1"}, "書き直した文。"),
        ({"act": "answer", "sentence": "b1", "number": "0", "text": "年2回"}, "立入調査を年2回行い、"),
        ({"act": "add", "section": RULES, "text": "足した文。"}, "足した文。"),
        ({"act": "swap", "sentence": "a1", "offer": "o1"}, 'id="s-a1" class="said-line is-peer accepted'),
        ({"act": "take", "section": RULES, "offer": "o2"}, 'id="s-o2" class="said-line is-model_text accepted'),
        ({"act": "choose", "section": CHOICE, "text": "定めている"}, "<option selected>定めている</option>"),
        ({"act": "redraft", "section": RULES}, "立入りの記録を残すこと。"),
        ({"act": "put", "sentence": "a1", "document": "汐見町-2", "number": "0"}, "秘密保持の義務を課すこと。"),
        ({"act": "count", "section": CHOICE, "text": "3"}, 'value="3"'),
    ],
)
def test_each_thing_that_can_be_done(client: TestClient, home: str, fields: dict[str, str], told: str) -> None:
    assert told not in shown(client, home)
    response = edit(client, home, **fields)
    assert response.status_code == 303
    assert response.headers["location"].startswith(f"{home}?item=III.4")
    assert told in shown(client, home)
    assert "版 2" in shown(client, home)


def test_removing_and_moving(client: TestClient, home: str) -> None:
    edit(client, home, act="down", sentence="a1")
    page = shown(client, home)
    assert page.index('id="s-a2"') < page.index('id="s-a1"')
    edit(client, home, 2, act="remove", sentence="a1")
    assert 'id="s-a1"' not in shown(client, home)


def test_marks_with_details(client: TestClient, home: str) -> None:
    edit(client, home, act="mark", section=BOXES, labels="その他", detail_label="その他", detail_text="庁内")
    page = shown(client, home)
    assert re.search(r'value="その他" autocomplete="off" checked', page)
    assert 'value="庁内"' in page


def test_other_peers(client: TestClient, home: str) -> None:
    edit(client, home, act="peers", labels="汐見町-2")
    page = shown(client, home)
    assert re.search(r'value="汐見町-2" autocomplete="off" checked', page)
    assert not re.search(r'value="青葉野市-7" autocomplete="off" checked', page)


def test_typing_goes_on_after_an_autosave(client: TestClient, home: str) -> None:
    response = edit(client, home, act="reword", sentence="a1", text="途中")
    assert "edit=a1" in response.headers["location"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"act": "reword", "sentence": "a1", "text": f"番号は{NUMBER}"}, "個人番号とみられる数字"),
        ({"act": "add", "section": RULES, "text": "あ" * 5000}, "長すぎます"),
        ({"act": "answer", "sentence": "b1", "number": "0", "text": " "}, "回答が空です"),
        ({"act": "choose", "section": CHOICE, "text": "たぶん"}, "その選択肢はありません"),
        ({"act": "explode"}, "何をするかが読み取れません"),
        ({}, "何をするかが読み取れません"),
    ],
)
def test_what_is_refused_is_told_at_its_place(client: TestClient, home: str, fields: dict[str, str], told: str) -> None:
    response = edit(client, home, **fields)
    assert response.status_code == 422
    assert told in response.text
    assert "版 1" in shown(client, home)


def test_a_refused_text_stays_in_its_box(client: TestClient, home: str) -> None:
    page = edit(client, home, act="reword", sentence="a1", text=f"番号は{NUMBER}").text
    assert f"番号は{NUMBER}</textarea>" in page


def test_two_people_at_one_sentence_see_both(client: TestClient, home: str) -> None:
    edit(client, home, act="reword", sentence="a1", text="乙の文です。")
    told = edit(client, home, act="reword", sentence="a1", text="甲の文です。")
    assert told.status_code == 409
    page = told.text
    read = re.sub(r"</?(del|ins)>", "", page)
    for words in (
        "ほかの変更と重なりました",
        "乙の文です。",
        "甲の文です。",
        "自分の内容で保存する",
        "今の内容のままにする",
    ):
        assert words in read
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert client.post(f"{home}/edit", data=form).status_code == 200
    assert "甲の文です。" in shown(client, home)


def test_questions_findings_versions_and_changes(client: TestClient, home: str) -> None:
    edit(client, home, act="reword", sentence="a1", text="別の文。", done="1")
    page = shown(client, home, view="questions")
    assert re.search(r'<a href="[^"]*answer=b1[^"]*#s-b1">頻度</a>', page)
    assert "指摘はありません" in shown(client, home, view="findings")
    assert "この版に戻す" in shown(client, home, view="versions")
    log = shown(client, home, view="changes")
    assert "書換え" in log
    assert "秘密を守ること。" in log


def test_versions_are_compared_and_restored(client: TestClient, home: str) -> None:
    edit(client, home, act="reword", sentence="a1", text="秘密を厳しく守ること。", done="1")
    page = client.get(f"{home}/versions/1").text
    assert "版 1 と版 2 の違い" in page
    assert "<ins>" in page
    client.post(f"{home}/versions/1/restore", data={"base": 2})
    assert "秘密を守ること。" in shown(client, home)
    assert "版 1 に戻す" in shown(client, home, view="versions")
    assert client.get(f"{home}/versions/99").status_code == 404


def test_peers_beside_a_sentence(client: TestClient, home: str) -> None:
    page = shown(client, home, sentence="a1", section=RULES)
    assert "この文に差し替える" in page
    assert "差し替えに使えません: ほかの自治体の名称" in page
    changed = shown(client, home, sentence="a2", section=RULES, tab="changed")
    assert "<del>持ち出さない</del>" in changed
    assert "主語を補った" in changed
    table = shown(client, home, sentence="a2", section=RULES, tab="table")
    assert "採っていない" in table


def test_a_place_that_is_gone_shows_the_draft(client: TestClient, home: str) -> None:
    for place in ({"item": "IX.9"}, {"sentence": "zz"}, {"sentence": "a1", "section": "zz"}, {"view": "zz"}):
        assert client.get(home, params=place).status_code == 200


def test_facts_of_a_draft(client: TestClient, home: str) -> None:
    edit(client, home, act="reword", sentence="a1", text="自分の文。", done="1")
    assert 'value="緑丘市"' in client.get(f"{home}/facts").text
    client.post(f"{home}/facts", data={**FACTS, "city": "新緑丘市", "base": 2})
    page = shown(client, home)
    assert "自分の文。" in page
    assert 'value="新緑丘市"' in client.get(f"{home}/facts").text
    refused = client.post(f"{home}/facts", data={**FACTS, "city": NUMBER, "base": 3})
    assert (refused.status_code, "個人番号" in refused.text) == (422, True)


def test_renaming_and_deleting(client: TestClient, home: str) -> None:
    client.post(f"{home}/rename", data={"title": "別の名前"})
    assert "別の名前" in client.get("/drafts").text
    assert client.post(f"{home}/rename", data={"title": " "}).status_code == 422
    assert "起案を削除しますか" in client.get(f"{home}/delete").text
    client.post(f"{home}/delete")
    assert client.get(home).status_code == 404


def test_who_works_is_remembered(client: TestClient, home: str) -> None:
    response = client.post("/drafts/who", data={"who": "給付係", "back": home}, follow_redirects=False)
    assert response.headers["location"] == home
    edit(client, home, act="accept", sentence="a1")
    assert "給付係" in shown(client, home, view="changes")
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "/draftsevil/../../x"):
        elsewhere = client.post("/drafts/who", data={"who": "係", "back": back}, follow_redirects=False)
        assert elsewhere.headers["location"] in ("/drafts", "/draftsevil/../../x")


def test_a_cookie_of_nonsense_is_no_name(client: TestClient, home: str) -> None:
    client.cookies.set("hyoka_who", "%00" * 50 + "1234-5678-9018")
    assert client.get(home).status_code == 200


def test_files(client: TestClient, home: str) -> None:
    for format, ending in (
        ("xlsx", "様式3.xlsx"),
        ("sources", "出典一覧.xlsx"),
        ("docx", ".docx"),
        ("markdown", ".md"),
    ):
        response = client.get(f"{home}/export", params={"format": format})
        assert response.status_code == 200
        assert unquote(response.headers["content-disposition"]).endswith(ending)


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
def test_another_site_changes_nothing(client: TestClient, home: str, headers: dict[str, str]) -> None:
    for path in ("/drafts", f"{home}/edit", f"{home}/delete", f"{home}/facts", "/drafts/who", f"{home}/rename"):
        assert client.post(path, data={"act": "remove", "sentence": "a1"}, headers=headers).status_code == 403
    assert 'id="s-a1"' in shown(client, home)


def test_nothing_that_is_typed_becomes_markup(client: TestClient, drafter: FakeDrafter) -> None:
    keys = ("city", "body", "duty", "summary", "department", "hosting", "contact", "systems")
    sent = dict.fromkeys(keys, EVIL) | {"who": EVIL[:50], "contracts.0.title": EVIL, "means.8": EVIL}
    home = client.post("/drafts", data=sent, follow_redirects=False).headers["location"]
    base = 1
    for fields in (
        {"act": "reword", "sentence": "a1", "text": EVIL},
        {"act": "add", "section": RULES, "text": EVIL},
        {"act": "answer", "sentence": "b1", "number": "0", "text": EVIL},
        {"act": "mark", "section": BOXES, "labels": "その他", "detail_label": "その他", "detail_text": EVIL},
        {"act": "choose", "section": CHOICE, "text": EVIL},
    ):
        base += edit(client, home, base, **fields).status_code == 303
    assert base == 5
    client.post(f"{home}/rename", data={"title": EVIL})
    place = {"item": EVIL, "sentence": "a1", "section": RULES, "edit": EVIL, "tab": EVIL, "answer": EVIL}
    pages = [
        client.get(home, params={"item": "III.4", "sentence": "a1", "section": RULES, "tab": t})
        for t in ("", "changed", "table")
    ]
    pages += [client.get(home, params={"view": v}) for v in ("questions", "findings", "versions", "changes")]
    pages += [client.get(home, params=place), client.get(f"{home}/facts"), client.get(f"{home}/versions/1")]
    pages += [client.get("/drafts"), client.get(f"{home}/delete"), client.get(f"{home}/rename")]
    pages += [edit(client, home, 1, act="reword", sentence="a1", text=EVIL)]
    pages += [client.post("/drafts", data={"city": EVIL}), client.post("/drafts/new", files={"file": (EVIL, b"a")})]
    for page in pages:
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    assert html.escape("<script>alert(1)", quote=False) in pages[0].text


def test_an_evil_peer_becomes_no_markup(client: TestClient, drafter: FakeDrafter) -> None:
    evil = draft()
    rules = evil.fields[2]
    sentence = replace(rules.sentences[1], text=EVIL, note=EVIL, heading=EVIL, bullet="・")
    cited = replace(sentence.citations[0], quote=EVIL, title=EVIL)
    sentence = replace(sentence, citations=(cited,), changed=(replace(sentence.changed[0], before=EVIL, after=EVIL),))
    fields = (*evil.fields[:2], replace(rules, label=EVIL, sentences=(sentence,), offers=(sentence,)))
    drafter.made = replace(evil, fields=fields)
    home = client.post("/drafts", data=FACTS, follow_redirects=False).headers["location"]
    for tab in ("", "changed", "table"):
        page = shown(client, home, sentence="a2", section=RULES, tab=tab)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_revision_tells_what_changed(client: TestClient) -> None:
    response = client.post("/drafts/revise", data={"document": "青葉野市-7"}, follow_redirects=False)
    home = response.headers["location"]
    assert "青葉野市-7の見直し" in shown(client, home)
    assert '<span class="swatch-box is-kept" aria-hidden="true"></span>現行の記載' in shown(client, home)
    assert "変更はまだありません" in shown(client, home, view="revision")
    edit(client, home, act="reword", sentence="a1", text="秘密を厳守すること。", done="1")
    rows = shown(client, home, view="revision")
    for words in ("秘密を守ること。", "秘密を厳守すること。", "事前"):
        assert words in rows
    assert "秘密を厳守すること。" in client.get(f"{home}/export", params={"format": "markdown"}).text
    assert client.post("/drafts/revise", data={"document": "無い市-1"}).status_code == 404


def test_the_rows_of_this_revision_stand_above_those_published() -> None:
    rows = (("平成28年", "い"), ("平成28年", "ろ"), ("令和7年", "は"), ("令和8年", "に"), ("令和8年", "ほ"))
    assert [what for _, what in newest_first(rows)] == ["に", "ほ", "は", "い", "ろ"]
    assert newest_first(()) == ()

"""住民回答 over HTTP: masked before anything else, signed off by a second person, nothing typed becomes markup."""

from __future__ import annotations

import asyncio
import html
import io
import logging
import re
import threading
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import docx
import pytest
from fakes_inquiries import inquiries
from fakes_office import PAGE, Office, fields_of, office
from fakes_replies import composed
from fastapi import Request
from fastapi.testclient import TestClient

from api.replying import while_waited_for
from api.services import Services
from api.web.deeds import DEEDS
from rag.errors import BadQuestion
from rag.privacy import mask
from rag.replies.types import Deed
from rag.reply.types import Reply
from rag.stop import Stop
from tests.fakes_api import EVIL

INQUIRY = "佐藤花子と申します。\r\n電話は090-0000-1234、個人番号は123456789018です。\r\n委託しているのですか。"
ORIGINALS = ("佐藤", "花子", "090-0000-1234", "123456789018")


@pytest.fixture
def desk(services: Services) -> Iterator[Office]:
    with office(services) as opened:
        yield opened


def alerts(text: str) -> list[str]:
    return [html.unescape(said) for said in re.findall(r'role="alert">(.*?)</p>', text)]


def test_an_inquiry_is_shown_masked_and_nothing_is_kept_of_it(desk: Office) -> None:
    page = desk.post("author", "/replies/new", inquiry=INQUIRY)
    assert page.status_code == 200
    for value in ORIGINALS:
        assert value not in page.text
    assert "<b>個人番号</b> 1件" in page.text
    assert "<b>氏名</b> 1件" in page.text
    assert desk.replier.seen == []
    assert "回答はまだありません" in desk.get("author", "/replies").text


def test_spans_lead_back_to_what_was_pasted(desk: Office) -> None:
    page = desk.post("author", "/replies/new", inquiry="😀" + INQUIRY)
    pasted = ("😀" + INQUIRY).replace("\r\n", "\n")
    spans = re.search(r'data-spans="([^"]+)"', page.text)
    assert spans
    found = {t: pasted[int(a) : int(b)] for a, b, t in re.findall(r"(\d+),(\d+),(〔[^〕]+〕);", spans[1])}
    assert found["〔個人番号〕"] == "123456789018"
    assert found["〔氏名1〕"] == "佐藤花子"


def test_only_the_masked_text_reaches_what_composes(desk: Office) -> None:
    masked = desk.post("author", "/replies/new", inquiry=INQUIRY)
    fields = fields_of(masked)
    desk.clients["author"].post("/replies", data=fields, headers=PAGE)
    assert desk.replier.seen == [fields["masked"]]


@pytest.mark.parametrize("sealed", ["", "0" * 64, "é"])
def test_what_is_not_sealed_is_masked_again(desk: Office, sealed: str) -> None:
    desk.post("author", "/replies", masked=INQUIRY, sealed=sealed, found=["氏名:1"])
    assert len(desk.replier.seen) == 1
    for value in ORIGINALS:
        assert value not in desk.replier.seen[0]


def test_a_seal_is_of_one_text(desk: Office) -> None:
    fields = fields_of(desk.post("author", "/replies/new", inquiry=INQUIRY))
    desk.clients["author"].post("/replies", data={**fields, "masked": INQUIRY}, headers=PAGE)
    assert "佐藤" not in desk.replier.seen[0]


def test_what_a_person_hides_besides_counts_with_what_was_found(desk: Office) -> None:
    fields = fields_of(desk.post("author", "/replies/new", inquiry=INQUIRY))
    mended = str(fields["masked"]).replace("委託しているのですか", "〔氏名9〕の件は委託しているのですか")
    page = desk.clients["author"].post("/replies", data={**fields, "masked": mended}, headers=PAGE)
    assert desk.replier.seen == [mended]
    assert re.findall(r"<b>([^<]+)</b> (\d)件", page.text) == [("氏名", "2"), ("電話番号", "1"), ("個人番号", "1")]


def test_choices_reach_what_composes(desk: Office) -> None:
    fields = fields_of(desk.post("author", "/replies/new", inquiry="委託しているのですか。"))
    chosen = {"variant": "easy", "length": "short", "document": "汐見町-2"}
    desk.clients["author"].post("/replies", data={**fields, **chosen}, headers=PAGE)
    assert desk.replier.chosen == [("easy", "short", "汐見町-2")]


def test_from_draft_to_sent(desk: Office) -> None:
    path = desk.begun()
    assert "下書き" in desk.post("author", f"{path}/edit", read=1, part=2, text="直しました。").text
    assert "承認待ち" in desk.post("author", f"{path}/propose", read=2).text
    page = desk.post("second", f"{path}/return", read=2, comment="宛名を確かめてください。")
    assert "差戻しの理由" in page.text
    assert "宛名を確かめてください。" in desk.get("author", path).text
    assert "版3" in desk.post("author", f"{path}/edit", read=2, part=1, text="お客様").text
    desk.post("author", f"{path}/propose", read=3)
    assert "承認済み" in desk.post("second", f"{path}/approve", read=3).text
    page = desk.post("author", f"{path}/send", read=3)
    assert "送付済み" in page.text
    assert "直す</a>" not in page.text
    shelves = {s: desk.get("author", f"/replies?shelf={s}").text for s in ("mine", "proposed", "returned", "done")}
    assert [s for s, text in shelves.items() if path in text] == ["done"]
    assert "前の版" in desk.get("author", f"{path}?version=1").text


def test_nobody_approves_their_own(desk: Office) -> None:
    path = desk.begun("chief")
    desk.post("chief", f"{path}/propose", read=1)
    for deed in ("approve", "return"):
        refused = desk.post("chief", f"{path}/{deed}", read=1, comment="よい")
        assert refused.status_code == 403
        assert "自分で作った回答" in refused.text
    assert "版1を承認する" not in desk.get("chief", path).text
    assert "版1を承認する" in desk.get("second", path).text


def test_a_text_that_changed_is_not_approved(desk: Office) -> None:
    path = desk.begun()
    desk.post("author", f"{path}/propose", read=1)
    desk.post("author", f"{path}/edit", read=1, part=2, text="変えました。")
    desk.post("author", f"{path}/propose", read=2)
    refused = desk.post("second", f"{path}/approve", read=1)
    assert refused.status_code == 409
    assert alerts(refused.text) == [
        "開いている間に文面が変わりました(読んだのは版1、今は版2)。承認は行っていません。"
        "今の文面を読んでから、もう一度操作してください。"
    ]
    api = desk.clients["second"].post(f"/api{path}/approve", json={"read": 1}, headers=PAGE)
    assert api.status_code == 409
    assert api.json()["error"]["code"] == "conflict"
    assert api.json()["error"]["detail"]["version"] == 2


def test_a_conflict_keeps_what_was_typed(desk: Office) -> None:
    path = desk.begun()
    desk.post("author", f"{path}/edit", read=1, part=2, text="先の人")
    refused = desk.post("author", f"{path}/edit", read=1, part=2, text="後の人")
    assert refused.status_code == 409
    assert "後の人" in refused.text
    assert "先の人" in refused.text


@pytest.mark.parametrize("who", ["second", "other", "chief"])
def test_a_draft_is_its_authors(desk: Office, who: str) -> None:
    path = desk.begun()
    assert desk.get(who, path).status_code == 404
    assert path not in desk.get(who, "/replies").text
    for deed in ("edit", "compose", "propose", "withdraw", "send", "delete"):
        assert desk.post(who, f"{path}/{deed}", read=1, text="x").status_code == 404
    for tail in ("/record.docx", "/delete"):
        assert desk.get(who, path + tail).status_code == 404
    assert desk.clients[who].get(f"/api{path}", headers=PAGE).status_code == 404
    assert desk.clients[who].delete(f"/api{path}", headers=PAGE).status_code == 404


def test_roles(desk: Office) -> None:
    path = desk.begun()
    desk.post("author", f"{path}/propose", read=1)
    for address in ("/replies", "/replies/new", path, f"{path}/record.docx", "/api/replies", f"/api{path}"):
        assert desk.get("viewer", address).status_code == 403
    assert "住民回答" not in desk.get("viewer", "/").text
    assert "住民回答" in desk.get("author", "/").text
    for deed in ("approve", "return"):
        assert desk.post("author", f"{path}/{deed}", read=1, comment="x").status_code == 403
        assert desk.clients["author"].post(f"/api{path}/{deed}", json={"read": 1}, headers=PAGE).status_code == 403
    strangers = TestClient(desk.app)
    assert strangers.get(path, headers=PAGE, follow_redirects=False).status_code == 303
    assert strangers.get(f"/api{path}").status_code == 401


def test_another_site_changes_nothing(desk: Office) -> None:
    path = desk.begun()
    for deed in ("propose", "delete", "edit"):
        sent = desk.clients["author"].post(
            f"{path}/{deed}", data={"read": 1, "text": "x"}, headers={**PAGE, "sec-fetch-site": "cross-site"}
        )
        assert sent.status_code == 403
    assert "下書き" in desk.get("author", path).text


def test_pages_are_not_stored_and_tell_no_address(desk: Office) -> None:
    path = desk.begun()
    for address in ("/replies", "/replies/new", path, f"{path}/record.docx", f"/api{path}"):
        headers = desk.get("author", address).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"
        assert "unsafe" not in headers["content-security-policy"]
    for address in ("/replies", "/replies/new", path):
        text = desk.get("author", address).text
        assert " style=" not in text
        assert not re.search(r"<[^>]*\son\w+=", text)
        assert not re.search(r'<script(?![^>]* src="/static/)', text)


def test_nothing_typed_becomes_markup(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    made = composed(questions=(EVIL,), letter=f"{EVIL}\n\n二つめ[1]", notice=EVIL, model=EVIL, documents=(EVIL,))
    monkeypatch.setattr(desk.replier, "compose", lambda masked, *rest: made)
    masked = desk.post("author", "/replies/new", inquiry=EVIL)
    pages = [masked.text]
    path = desk.clients["author"].post("/replies", data=fields_of(masked), headers=PAGE).url.path
    pages.append(desk.post("author", f"{path}/edit", read=1, part=2, text=EVIL).text)
    pages.append(desk.get("author", f"{path}?edit=1").text)
    pages.append(desk.post("author", f"{path}/edit", read=1, part=2, text=EVIL + "b").text)
    desk.post("author", f"{path}/propose", read=2)
    pages.append(desk.post("second", f"{path}/return", read=2, comment=EVIL).text)
    pages.append(desk.post("second", f"{path}/return", read=2, comment=EVIL).text)
    pages.append(desk.begun("author", "同じ問合せ"))
    pages += [desk.get("author", address).text for address in (path, "/replies", f"{path}/delete", pages[-1])]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert pages[1].count("&lt;script&gt;alert(1)") >= 4


@pytest.mark.parametrize(
    ("inquiry", "said"), [("", "問合せが空です"), ("あ" * 20_001, "長すぎます"), ("\u202e\0", "問合せが空です")]
)
def test_an_inquiry_that_cannot_be_taken_is_told(desk: Office, inquiry: str, said: str) -> None:
    refused = desk.post("author", "/replies/new", inquiry=inquiry)
    assert refused.status_code == 422
    assert said in alerts(refused.text)[0]
    api = desk.clients["author"].post("/api/replies", json={"inquiry": inquiry}, headers=PAGE)
    assert api.status_code == 422
    assert said in api.json()["error"]["message"]


def test_what_cannot_be_composed_is_told_with_the_masked_text(desk: Office) -> None:
    fields = fields_of(desk.post("author", "/replies/new", inquiry=INQUIRY))
    desk.replier.breaks = BadQuestion("評価書「甲市-9」は収録していません。")
    refused = desk.clients["author"].post("/replies", data=fields, headers=PAGE)
    assert refused.status_code == 422
    assert alerts(refused.text) == ["評価書「甲市-9」は収録していません。"]
    assert str(fields["masked"]).splitlines()[0] in html.unescape(refused.text)


def test_a_number_in_the_letter_is_told(desk: Office) -> None:
    path = desk.begun()
    refused = desk.post("author", f"{path}/edit", read=1, part=1, text="1234 5678 9018")
    assert refused.status_code == 422
    assert "個人番号とみられる数字" in alerts(refused.text)[0]


def test_the_record_as_a_document(desk: Office) -> None:
    path = desk.begun("author", INQUIRY)
    desk.post("author", f"{path}/propose", read=1)
    desk.post("second", f"{path}/return", read=1, comment="窓口を先に書いてください。")
    desk.post("author", f"{path}/edit", read=1, part=2, text="窓口は下記です。")
    desk.post("author", f"{path}/propose", read=2)
    desk.post("second", f"{path}/approve", read=2)
    desk.post("author", f"{path}/send", read=2)
    response = desk.get("author", f"{path}/record.docx")
    assert response.headers["content-disposition"].startswith("attachment")
    document = docx.Document(io.BytesIO(response.content))
    said = "\n".join(p.text for p in document.paragraphs)
    cells = [[c.text for c in row.cells] for table in document.tables for row in table.rows]
    assert "〔氏名1〕と申します。" in said
    assert "窓口は下記です。" in said
    assert "お問い合わせをいただき、ありがとうございます。" in said, "the text before the change is in the record"
    assert "口座振替データの作成" in said
    assert "令和7年4月1日公表" in said
    flat = [cell for row in cells for cell in row]
    for expected in ("作成", "提案", "差戻し", "修正", "承認", "送付", "窓口を先に書いてください。", "送付済み"):
        assert expected in flat
    assert any("secondさん" in cell for cell in flat)
    assert any("3b1f0c9ad2e4" in cell for cell in flat)
    with zipfile.ZipFile(io.BytesIO(response.content)) as file:
        parts = b"".join(file.read(name) for name in file.namelist()).decode("utf-8", "replace")
    for value in ORIGINALS:
        assert value not in parts


def test_deleted_is_gone(desk: Office, services: Services) -> None:
    path = desk.begun("author", "紫陽花色の封筒で届いた件です。委託していますか。")
    assert "元には戻せません" in desk.get("author", f"{path}/delete").text
    folder = Path(services.catalog.engine.url.database or "").parent
    assert "紫陽花".encode() in everything(folder)
    response = desk.post("author", f"{path}/delete")
    assert response.url.path == "/replies"
    assert desk.get("author", path).status_code == 404
    assert "紫陽花".encode() not in everything(folder)
    assert path.rpartition("/")[2].encode() in everything(folder), "the log keeps the id"


def test_an_approved_record_is_the_administrators_to_delete(desk: Office) -> None:
    path = desk.begun()
    desk.post("author", f"{path}/propose", read=1)
    desk.post("second", f"{path}/approve", read=1)
    assert f"{path}/delete" not in desk.get("author", path).text
    for who in ("author", "second"):
        assert desk.post(who, f"{path}/delete").status_code == 403
    assert f"{path}/delete" in desk.get("chief", path).text
    assert desk.post("chief", f"{path}/delete").status_code == 200
    assert desk.get("author", path).status_code == 404


def test_the_same_for_programs(desk: Office) -> None:
    author, second = desk.clients["author"], desk.clients["second"]
    made = author.post("/api/replies", json={"inquiry": INQUIRY}, headers=PAGE)
    assert made.status_code == 201
    body = made.json()
    assert body["found"] == [{"kind": k, "count": 1} for k in ("氏名", "電話番号", "個人番号")]
    for value in ORIGINALS:
        assert value not in made.text
    at = f"/api/replies/{body['id']}"
    edited = author.patch(at, json={"read": 1, "letter": body["text"]["letter"] + "\n\n追伸"}, headers=PAGE).json()
    assert (edited["version"], edited["text"]["deed"]) == (2, "edit")
    assert author.post(f"{at}/propose", json={"read": 2}, headers=PAGE).json()["state"] == "proposed"
    assert author.post(f"{at}/withdraw", json={"read": 2}, headers=PAGE).json()["state"] == "draft"
    assert author.post(f"{at}/compose", json={"read": 2, "variant": "mail"}, headers=PAGE).json()["version"] == 3
    author.post(f"{at}/propose", json={"read": 3}, headers=PAGE)
    assert second.post(f"{at}/return", json={"read": 3, "comment": "短く"}, headers=PAGE).json()["state"] == "returned"
    author.post(f"{at}/propose", json={"read": 3}, headers=PAGE)
    assert second.post(f"{at}/approve", json={"read": 3}, headers=PAGE).json()["state"] == "approved"
    sent = author.post(f"{at}/send", json={"read": 3}, headers=PAGE).json()
    assert [e["deed"] for e in sent["events"]] == [
        *("start", "edit", "propose", "withdraw", "compose", "propose", "return", "propose", "approve", "send")
    ]
    assert [r["id"] for r in author.get("/api/replies?shelf=done", headers=PAGE).json()["replies"]] == [body["id"]]
    assert author.delete(at, headers=PAGE).status_code == 403
    assert desk.clients["chief"].delete(at, headers=PAGE).status_code == 204


def test_earlier_replies_are_offered(desk: Office) -> None:
    first = desk.begun()
    second = desk.begun()
    assert f'href="{first}"' in desk.get("author", second).text
    assert f'href="{second}"' not in desk.get("author", first).text
    found = desk.clients["author"].get(f"/api{second}/alike", headers=PAGE).json()["replies"]
    assert [f"/replies/{a['reply']['id']}" for a in found] == [first]


class Waiting:
    """A request whose sender goes away after a while."""

    def __init__(self, gone_after_s: float) -> None:
        self.until = time.monotonic() + gone_after_s

    async def is_disconnected(self) -> bool:
        return time.monotonic() > self.until


def waited(gone_after_s: float, compose: Callable[[Stop], Reply]) -> Reply | None:
    """In a thread of its own: the browser tests' loop goes on in this one."""
    with ThreadPoolExecutor(1) as thread:
        request = cast(Request, Waiting(gone_after_s))
        return thread.submit(lambda: asyncio.run(while_waited_for(request, compose))).result(30)


def test_who_goes_away_stops_it_and_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.replying.LOOK_EVERY_S", 0.02)
    stopped = threading.Event()

    def compose(stop: Stop) -> Reply:
        stop.on_set(stopped.set)
        assert stopped.wait(10)
        return composed()

    assert waited(0.1, compose) is None
    assert stopped.is_set()
    assert waited(10, lambda stop: composed()) == composed()


def everything(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_original_value_is_left_anywhere(desk: Office, services: Services, caplog: pytest.LogCaptureFixture) -> None:
    """200 inquiries through the pages: in no file, no log, no text given to what composes."""
    caplog.set_level(logging.DEBUG)
    made = inquiries(200, seed=77)
    for n, inquiry in enumerate(made):
        path = desk.begun("author", inquiry.text)
        if n % 10 == 0:
            desk.post("author", f"{path}/propose", read=1)
            desk.post("second", f"{path}/return", read=1, comment=f"{inquiry.text[:200]}")
    folder = Path(services.catalog.engine.url.database or "").parent
    places = "\n".join([everything(folder).decode("utf-8", "replace"), caplog.text, *desk.replier.seen])
    folded = unicodedata.normalize("NFKC", places)
    digits = re.sub(r"[^\d\n]", "", folded)
    numbers = [
        inquiry.text[planted.start : planted.end]
        for inquiry in made
        for planted in inquiry.planted
        if planted.kind == "個人番号"
    ]
    assert len(numbers) > 40
    for value in numbers:
        assert value not in places
        assert unicodedata.normalize("NFKC", value) not in folded
        plain = re.sub(r"\D", "", unicodedata.normalize("NFKC", value))
        if len(plain) == 12:
            assert plain not in digits
    found = {inquiry.text[s.start : s.end] for inquiry in made for s in mask(inquiry.text).spans}
    others = {value for value in found if len(value) >= 7}
    assert len(others) > 100
    assert [value for value in others if value in places or unicodedata.normalize("NFKC", value) in folded] == []


def test_every_deed_has_a_name_in_the_log() -> None:
    for what in (*(deed.value for deed in Deed), "delete"):
        assert f"reply.{what}" in DEEDS

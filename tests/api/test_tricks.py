"""Ids that are nobody's, gone, malformed or meant to break out, at every address that takes one; files of that kind."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from fastapi.testclient import TestClient

from rag.accounts.who import Role
from rag.draft.store import Drafts
from rag.replies.store import Replies
from tests.api.accounts_app import Office, running_office
from tests.api.test_auth_matrix import EXPECTED, may
from tests.fakes_draft import draft
from tests.fakes_replies import composed

TRICKS = {
    "nothing": "0" * 16,
    "up": "..%2f..%2f..%2fetc%2fpasswd",
    "up, twice encoded": "..%252f..%252fetc%252fpasswd",
    "up, as Windows": "..%5c..%5cwindows%5cwin.ini",
    "dots": "%2e%2e",
    "nul": "%00",
    "nul within": "0000%0000000",
    "long": "a" * 5000,
    "long, Japanese": "%E3%81%82" * 800,
    "sql": "'%20OR%20'1'='1",
    "like": "%25",
    "markup": "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "template": "%7B%7B7*7%7D%7D",
    "header": "x%0d%0aset-cookie:%20a=b",
    "no utf-8": "%ff%fe",
    "surrogate": "%ed%a0%80",
    "emoji": "%F0%9F%92%A9",
    "negative": "-1",
    "huge number": "9" * 40,
    "blank": "%20",
}
#: Answered alike whatever the id is: a program's model, and what only leads back to a page.
ALIKE = {"GET /drafts/{id}/edit"}
TAKING = [name for name in EXPECTED if name.startswith("GET ") and "{" in name]
QUERIES = [
    "/?documents={}",
    "/conversations?q={}",
    "/assessments?q={}&municipality={}",
    "/assessments/青葉野市-7?published={}",
    "/assessments/青葉野市-7?view={}",
    "/compare?item={}",
    "/compare?item=III.4&body={}&own={}",
    "/drafts?page={}",
    "/drafts/new?document={}",
    "/replies?shelf={}&page={}",
    "/admin/log?who={}&object={}",
    "/login?next={}",
    "/api/records/contracts?document={}&format={}",
    "/api/findings?document={}",
    "/api/conversations?q={}",
]


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with running_office(questions_per_minute=10_000) as office:
        yield office


def opened(office: Office, client: TestClient, path: str) -> tuple[int, str]:
    """The status of a page and what it tells; whatever is asked, nothing breaks and nothing comes from outside."""
    response = client.get(path)
    assert response.status_code < 500, (path[:200], response.text[:300])
    assert "root:x:" not in response.text
    assert "<script>alert(1)" not in response.text or "json" in response.headers["content-type"]
    assert "a=b" not in response.headers.get("set-cookie", "")
    assert not re.match(r"https?:|//|\\", response.headers.get("location", ""))
    return response.status_code, response.text


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "nobody")
def test_ids_that_are_nothings(office: Office, role: Role | None, trick: str) -> None:
    client = office.browser(role.value if role else "")
    for name in TAKING:
        office.app.middleware_stack = None if "/links" in name else office.app.middleware_stack
        status, _ = opened(office, client, re.sub(r"\{[^}]+\}", TRICKS[trick], name.removeprefix("GET ")))
        if may(role, EXPECTED[name]) and name not in ALIKE:
            assert status >= 400, (name, status)


@pytest.mark.parametrize("query", QUERIES)
def test_queries(office: Office, query: str) -> None:
    client = office.browser("administrator", accept="text/html")
    for trick in (*TRICKS.values(), "//evil.example", "https://evil.example", "%5C%5Cevil.example"):
        opened(office, client, query.replace("{}", trick))


@pytest.mark.parametrize("document", ["a" * 201, "あ" * 100_000, "\x00" * 300, "..\x00/" * 100])
@pytest.mark.parametrize("path", ["/api/replies", "/api/replies/preview"])
def test_a_very_long_document_is_refused(office: Office, path: str, document: str) -> None:
    asked = {"inquiry" if path == "/api/replies" else "text": "給食費の委託先は？", "document": document}
    response = office.browser("drafter").post(path, json=asked)
    assert response.status_code == 422
    assert response.json()["error"]["message"]


@pytest.mark.parametrize("trick", ["..%2f..%2fapp.py", "%2e%2e/%2e%2e/app.py", "..%5capp.py", "%00", "a" * 5000, "%ff"])
def test_style_sheets_lead_nowhere_else(office: Office, trick: str) -> None:
    status, told = opened(office, office.browser(), f"/static/{trick}")
    assert status in (401, 404)
    assert "create_app" not in told


def test_what_was_deleted_is_gone(office: Office) -> None:
    who, engine = office.people["administrator"], office.app.state.services.catalog.engine
    client = office.browser("administrator")
    place = client.post("/", data={"question": "消えた印の委託先は？"}).headers["location"]
    conversation = place.split("/")[-1].partition("#")[0]
    turn = client.get(f"/api/conversations/{conversation}").json()["history"][0]
    made = Drafts(engine, who).start(draft(), "印", "消えた印の起案").id
    replied = Replies(engine, who).start(composed("消えた印について教えてください。")).entry.id
    key = office.accounts.make_key(who, "消えた印", 30)
    for path in (f"/conversations/{conversation}/delete", f"/drafts/{made}/delete", f"/replies/{replied}/delete"):
        assert client.post(path).status_code == 303
    office.accounts.revoke_key(who, office.accounts.keys_of(who.id)[0].id)
    assert client.get("/api/drafts", headers={"authorization": f"Bearer {key}"}).status_code == 401
    for id in (conversation, turn.get("answer", turn)["id"], made, replied, office.people["other"].id):
        for name in TAKING:
            if name in ALIKE or (id == office.people["other"].id and name.startswith("GET /admin")):
                continue
            office.app.middleware_stack = None if "/links" in name else office.app.middleware_stack
            status, told = opened(office, client, re.sub(r"\{(?!id|turn)[^}]+\}", "1", name[4:]).format(id=id, turn=id))
            assert status >= 400, (name, status)
            assert "消えた印" not in told


def workbook() -> bytes:
    """A small workbook."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "特定個人情報保護評価書"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(name: str, body: bytes) -> bytes:
    """The workbook with one of its parts replaced, or one more."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, body)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData>'
)
OUTSIDE = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{CELL}</worksheet>'.encode()
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHING = f'<!DOCTYPE x [<!ENTITY e0 "ha">{LAUGHS}<!ENTITY e "&e9;">]>{CELL}</worksheet>'.encode()
LINK = b'<externalLink xmlns="%s"><externalBook xmlns:r="r" r:id="rId1"/></externalLink>' % MAIN.encode()
FILES = {
    "empty.txt": lambda: b"",
    "empty.xlsx": lambda: b"",
    "zeros.txt": lambda: bytes(1_000_000),
    "noise.txt": lambda: bytes(range(256)) * 4000,
    "text.xlsx": lambda: "特定個人情報保護評価書".encode(),
    "cut.xlsx": lambda: workbook()[:-200],
    "zip.xlsx": lambda: with_part("xl/workbook.xml", b""),
    "bomb.xlsx": lambda: with_part(SHEET, bytes(300_000_000)),
    "rows.xlsx": lambda: with_part(SHEET, b"<worksheet><sheetData>" + b"<row/>" * 20_000_000),
    "outside.xlsx": lambda: with_part(SHEET, OUTSIDE),
    "laughs.xlsx": lambda: with_part(SHEET, LAUGHING),
    "links.xlsx": lambda: with_part("xl/externalLinks/externalLink1.xml", LINK),
    "outside.yaml": lambda: b"body: !!python/object/apply:os.system ['touch /tmp/x']\n",
    "laughs.yaml": lambda: (
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 12))
    ).encode(),
    "deep.yaml": lambda: b"body: " + b"[" * 50_000,
    "../../etc/cron.d/x.txt": lambda: "評価書".encode(),
    f"{'あ' * 3000}.txt": lambda: "評価書".encode(),
    'a"\r\nset-cookie: a=b.txt': lambda: "評価書".encode(),
    "a\x00.txt": lambda: "評価書".encode(),
    "": lambda: "評価書".encode(),
    "<script>alert(1)</script>.txt": lambda: "評価書".encode(),
}
#: Any of them alone, on a small machine that does other things too.
LIMIT_S = 20.0


@pytest.mark.parametrize("name", FILES, ids=lambda name: name[:30])
@pytest.mark.parametrize("path", ["/check", "/api/check/file", "/drafts/new"])
def test_files_that_are_none(office: Office, path: str, name: str) -> None:
    client, body = office.browser("drafter", accept="text/html"), FILES[name]()
    started = time.perf_counter()
    response = client.post(path, files={"file": (name, body)})
    assert time.perf_counter() - started < LIMIT_S
    assert 400 <= response.status_code < 500, response.text[:300]
    assert "root:x:" not in response.text
    assert "haha" not in response.text
    assert "<script>alert(1)" not in response.text
    assert "a=b" not in response.headers.get("set-cookie", "")

"""Findings on pages, without a browser: tab, marks, counts, dismissals, one's own file."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.services import Services
from api.web.findings_place import FindingsView, places
from api.web.templating import environment
from rag.checks.checker import Checked, Checker
from rag.guard import check_digit
from tests.api.conftest import MakeClient
from tests.fakes_api import EVIL, ITEMS, FakeCatalog

ROOT = Path(__file__).resolve().parents[2]
PAGE = "/assessments/青葉野市-7"
FINDINGS = f"{PAGE}?view=findings"
PERSONAL_NUMBER = f"12345678901{check_digit('12345678901')}"
HTMX = {"hx-request": "true"}
SAMPLE = ROOT / "samples" / "川崎市-14.txt"


def keys(page: str) -> list[str]:
    """The findings of a page, in their order."""
    return re.findall(r'<article class="finding [^"]*" id="finding-([0-9a-f]+)"', page)


def dismissed(page: str) -> list[str]:
    """Those that are folded away."""
    return keys(page.partition('id="dismissed"')[2])


def test_the_tab(client: TestClient) -> None:
    page = client.get(FINDINGS).text
    assert '指摘 <span id="findings-count">3</span>' in page
    assert re.findall(r'<section class="severity-group" id="(\w+)">', page) == ["finding", "question"]
    assert len(keys(page)) == 3
    assert "根拠: 様式(すべての項目を備えること)" in page
    assert "/api/assessments/%E9%9D%92%E8%91%89%E9%87%8E%E5%B8%82-7/findings.xlsx" in page
    older = client.get(FINDINGS, params={"view": "findings", "published": "2023-04-01"}).text
    assert len(keys(older)) == 2
    assert "findings.xlsx?published=2023-04-01" in older


def test_a_place_leads_to_its_item_with_the_quote(client: TestClient) -> None:
    page = client.get(FINDINGS).text
    (address,) = re.findall(r'<a class="spot" href="([^"]+)">Ⅱ.4 委託事項2 ③</a>', page)
    place = client.get(address.replace("&amp;", "&"))
    assert place.status_code == 200
    assert "委託事項2" in place.text
    assert '<span class="spot">Ⅰ.2</span>' in page, "what is lost has no item to open"


def test_marks_beside_items(client: TestClient) -> None:
    page = client.get(PAGE).text
    marks = re.findall(r'<dt>③委託先名 <a class="flag is-question" href="([^"]+)"', page)
    assert len(marks) == 1
    assert marks[0].startswith("/assessments/%E9%9D%92%E8%91%89%E9%87%8E%E5%B8%82-7?view=findings#finding-")
    assert marks[0].partition("#finding-")[2] in keys(client.get(FINDINGS).text)


def test_counts_in_the_list_once_they_are_known(client: TestClient) -> None:
    before = client.get("/assessments").text
    assert before.count('hx-trigger="load"') == 2
    part = client.get(f"{PAGE}/findings/count").text
    assert '<span class="is-finding">要修正 1</span><span class="is-question">要確認 2</span>' in part
    after = client.get("/assessments").text
    assert after.count('hx-trigger="load"') == 1
    assert "要修正 1" in after


def test_dismissed_with_a_reason_and_taken_back(client: TestClient) -> None:
    key = keys(client.get(FINDINGS).text)[0]
    led = client.post(f"{PAGE}/findings/{key}/dismissal", data={"reason": "抄録のため"}, follow_redirects=False)
    assert (led.status_code, led.headers["location"].partition("?")[2]) == (303, "view=findings#findings")
    page = client.get(FINDINGS).text
    assert dismissed(page) == [key]
    assert '<span class="reason">抄録のため</span>' in page
    assert 'id="findings-count">2<' in page
    assert "findings.xlsx?published=&amp;all=true" in page
    assert f"#finding-{key}" not in client.get(PAGE).text
    client.post(f"{PAGE}/findings/{key}/restoration")
    assert dismissed(client.get(FINDINGS).text) == []


def test_htmx_gets_the_list_and_what_counts_it(client: TestClient) -> None:
    key = keys(client.get(FINDINGS).text)[0]
    part = client.post(f"{PAGE}/findings/{key}/dismissal", data={"reason": "抄録のため"}, headers=HTMX).text
    assert part.lstrip().startswith('<div class="findings" id="findings">')
    assert "<html" not in part
    assert dismissed(part) == [key]
    assert "却下しました" in part
    assert '<hx-partial hx-target="#findings-count" hx-swap="innerHTML">2</hx-partial>' in part
    back = client.post(f"{PAGE}/findings/{key}/restoration", headers=HTMX).text
    assert 'hx-swap="innerHTML">3</hx-partial>' in back


def test_a_version_of_the_past_keeps_its_page(client: TestClient) -> None:
    page = client.get(PAGE, params={"view": "findings", "published": "2023-04-01"}).text
    form = {"reason": "過去の版のため", "published": re.findall('name="published" value="([^"]+)"', page)[0]}
    led = client.post(f"{PAGE}/findings/{keys(page)[0]}/dismissal", data=form, follow_redirects=False)
    assert led.headers["location"].endswith("?view=findings&published=2023-04-01#findings")


@pytest.mark.parametrize(
    ("reason", "word"),
    [("", "理由が空"), ("長" * 1001, "長すぎます"), (f"番号{PERSONAL_NUMBER}のため", "個人番号とみられる数字")],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_reasons_that_are_not_kept(client: TestClient, reason: str, word: str, headers: dict[str, str]) -> None:
    key = keys(client.get(FINDINGS).text)[0]
    refused = client.post(f"{PAGE}/findings/{key}/dismissal", data={"reason": reason}, headers=headers)
    assert refused.status_code == 422
    assert word in refused.text
    assert keys(refused.text) == [key], "the form stands open with what was typed"
    assert f"{reason}</textarea>" in refused.text
    assert refused.headers.get("hx-retarget") == (f"#finding-{key}" if headers else None)
    assert dismissed(client.get(FINDINGS).text) == []


def test_what_is_not_there(client: TestClient) -> None:
    headers = {"accept": "text/html"}
    for path in ("0123456789/dismissal", "0123456789/restoration"):
        refused = client.post(f"{PAGE}/findings/{path}", data={"reason": "理由"}, headers=headers)
        assert refused.status_code == 404
        assert "指摘「0123456789」" in refused.text
    assert client.get("/assessments/無し町-1/findings/count", headers=headers).status_code == 404


def test_nothing_that_people_or_documents_say_is_markup(client: TestClient, services: Services) -> None:
    key = keys(client.get(FINDINGS).text)[0]
    client.post(f"{PAGE}/findings/{key}/dismissal", data={"reason": EVIL})
    page = client.get(FINDINGS).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    refused = client.post(f"{PAGE}/findings/{key}/dismissal", data={"reason": f"</textarea>{EVIL}{'長' * 1000}"}).text
    assert "<img" not in refused
    assert refused.count("</textarea>") == 1


def test_one_finding_alone_is_a_fragment(services: Services) -> None:
    """As the page of a draft shows it: nothing is collected, so no place has an address and nothing is dismissed."""
    (checked,) = Checker(services.catalog).check([SAMPLE])
    finding = next(f for f in checked.findings if f.citations)
    page = environment.get_template("findings_part.html").render(finding=finding)
    assert keys(page) == [finding.key]
    assert finding.citations[0].quote in html.unescape(page)
    assert "href=" not in page
    assert "<form" not in page
    assert not any(place.address for place in places(finding))


def test_items_know_their_findings(services: Services) -> None:
    (checked,) = Checker(services.catalog).check(["青葉野市-7"])
    view = FindingsView(Checked(checked.version, checked.findings))
    (finding,) = view.at([ITEMS[10].key])
    assert finding.rule.id == "unreadable.value"
    assert view.at([ITEMS[7].key]) == ()


def test_own_file(client: TestClient, services: Services) -> None:
    assert "すぐに消し" in client.get("/check").text
    page = client.post("/check", files={"file": ("下書き.txt", SAMPLE.read_bytes())})
    assert page.status_code == 200
    assert "下書き.txt" in page.text
    (checked,) = Checker(services.catalog).check([SAMPLE])
    assert keys(page.text) == [f.key for f in checked.findings] != []
    assert "却下する" not in page.text, "what is not collected is not dismissed"
    assert "川崎市-14" not in client.get("/assessments").text, "nothing is kept"


def test_own_file_leaves_nothing_behind(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for content in (SAMPLE.read_bytes(), b"", b"\x00\x01"):
        client.post("/check", files={"file": ("下書き.txt", content)})
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("空.txt", b"", "空"),
        ("表.pdf", b"%PDF-1.7", "この形式(.pdf)は読めません"),
        ("手紙.txt", "拝啓 春の候。".encode(), "評価書ではない"),
        ("&<img src=x>.txt", b"x", "&amp;_img"),
    ],
)
def test_own_files_that_cannot_be_checked(client: TestClient, name: str, content: bytes, word: str) -> None:
    page = client.post("/check", files={"file": (name, content)})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert word in page.text
    assert "<img" not in page.text


@pytest.mark.parametrize("form", [{}, {"file": ""}, {"file": "x"}])
def test_no_file(client: TestClient, form: dict[str, str]) -> None:
    page = client.post("/check", data=form)
    assert page.status_code == 422
    assert "ファイルが選ばれていません" in page.text


def test_a_browser_sends_an_empty_part_where_no_file_was_chosen(client: TestClient) -> None:
    empty = b'--x\r\ncontent-disposition: form-data; name="file"; filename=""\r\ncontent-type: a/b\r\n\r\n\r\n--x--\r\n'
    page = client.post("/check", content=empty, headers={"content-type": "multipart/form-data; boundary=x"})
    assert (page.status_code, "ファイルが選ばれていません" in page.text) == (422, True)


def test_a_file_that_is_too_large(make_client: MakeClient, services: Services) -> None:
    client = make_client(services, max_file_mb=1)
    page = client.post("/check", files={"file": ("a.txt", b"x" * 2**21)}, headers={"accept": "text/html"})
    assert page.status_code == 413
    assert "1 MB" in page.text


def test_the_frame_stands_without_findings(make_client: MakeClient, services: Services) -> None:
    catalog = services.catalog
    assert isinstance(catalog, FakeCatalog)
    catalog.all = [v for v in catalog.all if v.document == "汐見町-2"]
    client = make_client(services)
    for key in keys(client.get("/assessments/汐見町-2?view=findings").text):
        client.post(f"/assessments/汐見町-2/findings/{key}/dismissal", data={"reason": "確認済み"})
    page = client.get("/assessments/汐見町-2?view=findings").text
    assert "残っている指摘はありません" in page
    assert "<span>なし</span>" in client.get("/assessments/汐見町-2/findings/count").text

"""The drawing over HTTP: as a file that stands on its own, and within the page of an assessment."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from fastapi.testclient import TestClient

from tests.fakes_api import CONTRACTOR, EVIL

SVG = "{http://www.w3.org/2000/svg}svg"


def test_the_file(client: TestClient) -> None:
    response = client.get("/api/assessments/青葉野市-7/flow.svg")
    assert response.headers["content-type"] == "image/svg+xml"
    root = ET.fromstring(response.content)
    assert root.tag == SVG
    assert CONTRACTOR in response.text
    assert "<a " not in response.text


def test_an_older_version_is_drawn_as_such(client: TestClient) -> None:
    response = client.get("/api/assessments/青葉野市-7/flow.svg", params={"published": "2023-04-01"})
    assert "過去の版です" in response.text
    assert client.get("/api/assessments/赤城市-1/flow.svg").status_code == 404


def test_the_page_draws_it_with_links(client: TestClient) -> None:
    page = client.get("/assessments/青葉野市-7", params={"view": "flow"}).text
    drawn = re.search(r"<svg.*</svg>", page, re.DOTALL)
    assert drawn
    root = ET.fromstring(drawn[0])
    links = [a.attrib["href"] for a in root.iter("{http://www.w3.org/2000/svg}a")]
    assert links
    assert all(link.startswith("/assessments/") for link in links)
    assert client.get(links[0]).status_code == 200
    assert 'aria-current="page">データの流れ<' in page
    assert EVIL not in page
    assert " style=" not in drawn[0]


def test_what_the_page_links_is_the_same_version(client: TestClient) -> None:
    page = client.get("/assessments/青葉野市-7", params={"view": "flow", "published": "2023-04-01"}).text
    assert "flow.svg?published=2023-04-01" in page

"""CSV opens in a spreadsheet as it is meant and runs nothing there."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.spreadsheet import FORMULA_STARTS, csv_bytes, harmless


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_records(client: TestClient) -> None:
    response = client.get("/api/records/contracts", params={"format": "csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''contracts.csv"
    heading, first, second = read(response.content)
    assert heading[:7] == ["評価書", "自治体", "公表日", "番号", "ファイル", "委託事項", "委託内容"]
    assert first[heading.index("取扱者数")] == "-"
    assert first[heading.index("再委託の許諾方法")] == "'=1+1"
    assert first[heading.index("再委託事項")] == "'-1"
    assert second[heading.index("委託先名")] == "読取不可(原本確認)"


def test_rows_of_an_answer(client: TestClient) -> None:
    turn = client.post("/api/ask", json={"question": "委託先は?"}).json()["id"]
    response = client.get(f"/turns/{turn}/rows.csv")
    assert "filename*=UTF-8''%E5%9B%9E%E7%AD%94.csv" in response.headers["content-disposition"]
    heading, row = read(response.content)
    assert heading == ["評価書", "委託事項", "委託先名", "式", "出典", "公表日", "引用"]
    assert row[3] == "'=1+1"
    assert row[4] == "II.4 委託事項1 ③"


def test_rows_of_an_unknown_turn(client: TestClient) -> None:
    response = client.get("/turns/0123456789abcdef/rows.csv")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("cell", ["-", "－", "", "普通", "a=b", " - "])
def test_harmless_cells_stay(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1", " =1", "--"])
def test_formulas_are_quoted(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4), min_size=1))
def test_no_cell_begins_a_formula(lines: list[list[str]]) -> None:
    back = read(csv_bytes(lines))
    for line in back:
        for cell in line:
            assert not cell.startswith(FORMULA_STARTS) or cell.strip() in {"-", "－"}

"""show, records, list and doctor over one loaded sample."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from ingest.assessment import RECORD_KINDS
from tests.cli.conftest import DOCUMENT, Hyoka


def test_outline_names_every_chapter(hyoka: Hyoka) -> None:
    done = hyoka("show", DOCUMENT)
    assert done.status == 0
    for place in ("表紙", "Ⅰ.2", "Ⅱ.4", "委託事項1", "Ⅲ.3", "Ⅳ.1", "別添2"):
        assert place in done.out


@pytest.mark.parametrize("place", [["II.4"], ["Ⅱ.4"], ["II.4", "委託事項1"], ["II.4 委託事項1 ③"]])
def test_show_a_place(hyoka: Hyoka, place: list[str]) -> None:
    done = hyoka("show", DOCUMENT, *place)
    assert done.status == 0
    assert "Ⅱ.4 委託事項1 ③" in done.out
    assert "Ⅱ.5" not in done.out


def test_show_marks_in_three_values(hyoka: Hyoka) -> None:
    items = json.loads(hyoka("show", DOCUMENT, "--json").out)["items"]
    marks = {mark["marking"] for item in items for mark in item["marks"]}
    assert marks <= {"marked", "unmarked", "unreadable"}
    assert "■" in hyoka("show", DOCUMENT, "II.3").out


def test_show_json_holds_items_gaps_and_records(hyoka: Hyoka) -> None:
    data = json.loads(hyoka("show", DOCUMENT, "II.4", "--json").out)
    assert data["version"]["document"] == DOCUMENT
    assert {item["number"] for item in data["items"]} == {"4"}
    assert data["records"]["contracts"]
    assert data["gaps"] == []


def test_show_of_an_unknown_place_says_which_there_are(hyoka: Hyoka) -> None:
    done = hyoka("show", DOCUMENT, "XI.9")
    assert (done.status, done.out) == (1, "")
    assert "XI.9" in done.err
    assert "II.4" in done.err


def test_show_of_an_unknown_document_or_version(hyoka: Hyoka) -> None:
    for arguments in (("無し町-1",), (DOCUMENT, "--published", "1999-01-01")):
        done = hyoka("show", *arguments)
        assert done.status == 1
        assert done.err.endswith("。\n")


def test_show_of_a_version_by_date(hyoka: Hyoka) -> None:
    published = json.loads(hyoka("list", "--json").out)[0]["published_on"]
    assert hyoka("show", DOCUMENT, "表紙", "--published", published).status == 0


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_records_agree_in_json_and_csv(hyoka: Hyoka, kind: str) -> None:
    table = json.loads(hyoka("records", kind, "--json").out)
    lines = list(csv.reader(io.StringIO(hyoka("records", kind, "--csv").out.removeprefix("\ufeff"))))
    assert len(lines) - 1 == table["total"] == len(table["rows"])
    assert lines[0][5:] == [column["ja"] for column in table["columns"]]
    assert hyoka("records", kind).status == 0


def test_records_filters(hyoka: Hyoka) -> None:
    assert json.loads(hyoka("records", "contracts", "--json", "--municipality", "無し町").out)["total"] == 0
    assert "ありません" in hyoka("records", "contracts", "--municipality", "無し町").err
    assert hyoka("records", "contracts", "--document", "無し町-1").status == 1
    assert hyoka("records", "contracts", "--document", DOCUMENT).status == 0


def test_records_of_an_unknown_kind_names_the_kinds(hyoka: Hyoka) -> None:
    done = hyoka("records", "contract")
    assert done.status == 1
    assert "contracts" in done.err


def test_tables_align_though_kanji_are_wide(hyoka: Hyoka) -> None:
    lines = [line for line in hyoka("list").out.splitlines() if line.strip()]
    assert len({cell_len(line) for line in lines}) == 1


def test_list_of_nothing_says_what_to_do(empty_hyoka: Hyoka) -> None:
    done = empty_hyoka("list")
    assert done.status == 0
    assert "hyoka load" in done.err


def test_doctor(hyoka: Hyoka, shelf_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = hyoka("doctor")
    assert done.status == 0, done.out
    assert str(shelf_home) in done.out
    assert "×" not in done.out
    monkeypatch.setenv("HYOKA_ENCODER", str(shelf_home / "nothing"))
    broken = hyoka("doctor")
    assert broken.status == 1
    assert "×" in broken.out


def test_doctor_hides_passwords(hyoka: Hyoka, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYOKA_CHROMA_URL", "http://user:geheim@127.0.0.1:1/")
    assert "geheim" not in hyoka("doctor").out

"""The catalog: what goes in comes out, versions take their places, faults speak Japanese."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes import ITEMS, cut_form, form_text, read_form, write_form

from ingest.assessment import Assessment, Gap, Kind
from rag import database, intake, tables
from rag.catalog import Catalog
from rag.errors import NotFound, SettingsError, StoreError


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog.open("", tmp_path)


def assessment(tmp_path: Path, **kwargs: object) -> Assessment:
    return read_form(write_form(tmp_path / "form.txt", **kwargs))


def put(catalog: Catalog, read: Assessment, name: str = "form.txt") -> str:
    return catalog.put(intake.prepare(read, cut_form(read), name)).outcome


def test_everything_comes_back_as_it_went_in(catalog: Catalog, tmp_path: Path) -> None:
    read = assessment(tmp_path)
    assert put(catalog, read) == "added"
    version = catalog.version("甲市-1")
    assert (version.municipality, version.prefecture, version.body) == ("甲市", "乙県", "甲市長")
    assert (version.published_on, version.current, version.source_name) == (dt.date(2024, 4, 1), True, "form.txt")
    assert version.loaded_at.tzinfo is not None
    assert version.gaps == (("I.2", "番号が続いていません。"),)
    assert version.items == len(read.items)
    assert tuple(catalog.items(version.id)) == read.items
    assert catalog.item(version.id, read.items[1].key) == read.items[1]
    assert catalog.source(version.id) == read.source
    assert [record for kind in ("covers", "contracts") for _, record in catalog.records(kind)] == list(read.records)
    assert tuple(catalog.current_chunks()) == cut_form(read)
    assert catalog.version_by_id(version.id) == version


def test_items_and_chunks_are_narrowed(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, assessment(tmp_path))
    version = catalog.version("甲市-1")
    assert [item.label for item in catalog.items(version.id, "III")] == ["ユーザ認証の管理", "事故発生時手順"]
    assert [item.label for item in catalog.items(version.id, "III", "7")] == ["事故発生時手順"]
    keys = catalog.chunk_keys(parts=["III"], kinds=[Kind.PRESENT])
    assert len(keys) == 2
    assert catalog.chunk_keys([version.id], parts=["III"]) == keys
    assert catalog.chunk_keys(kinds=[Kind.HISTORY]) == []
    assert catalog.chunk_keys([]) == []
    assert [chunk.key for chunk in catalog.chunks([keys[1], "unknown", keys[0]])] == [keys[1], keys[0]]


def test_the_same_content_changes_nothing(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, assessment(tmp_path))
    before = catalog.generation(), catalog.versions()
    assert put(catalog, assessment(tmp_path), "renamed.txt") == "unchanged"
    assert (catalog.generation(), catalog.versions()) == before


def test_other_content_of_the_same_date_replaces(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, assessment(tmp_path))
    assert put(catalog, assessment(tmp_path, items=["I.1 ①|事務の名称|医療費の助成"])) == "replaced"
    (version,) = catalog.versions(current_only=False)
    assert [item.text for item in catalog.items(version.id)] == ["医療費の助成"]
    assert len(catalog.chunk_digests()) == 1
    assert catalog.records("contracts") == []


def test_the_same_text_read_in_another_way_replaces(catalog: Catalog, tmp_path: Path) -> None:
    read = assessment(tmp_path)
    put(catalog, read)
    entry = intake.prepare(read, cut_form(read)[1:], "form.txt")
    decision = catalog.put(entry)
    assert decision.outcome == "replaced"
    assert "読み取り方" in decision.message


def test_a_newer_version_answers_and_the_older_one_stays(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, assessment(tmp_path, published="2023-04-01"))
    assert put(catalog, assessment(tmp_path, published="2025-04-01")) == "added"
    assert put(catalog, assessment(tmp_path, published="2024-04-01")) == "older"
    assert put(catalog, assessment(tmp_path, published="")) == "older"
    dates = [v.published_on for v in catalog.versions("甲市-1", current_only=False)]
    assert dates == [dt.date(2025, 4, 1), dt.date(2024, 4, 1), dt.date(2023, 4, 1), None]
    assert [v.current for v in catalog.versions("甲市-1", current_only=False)] == [True, False, False, False]
    assert catalog.version("甲市-1", dt.date(2024, 6, 1)).published_on == dt.date(2024, 4, 1)
    assert len(catalog.current_chunks()) == 5
    assert len(catalog.chunk_digests()) == 20
    old = catalog.version("甲市-1", dt.date(2023, 4, 1))
    assert len(catalog.records("contracts", [old.id])) == 1
    assert catalog.current_among(catalog.chunk_keys([old.id])) == set()
    with pytest.raises(NotFound, match="2020年1月1日時点"):
        catalog.version("甲市-1", dt.date(2020, 1, 1))


def test_an_abridged_sample_gives_way_to_the_full_document(catalog: Catalog, tmp_path: Path) -> None:
    abridged = assessment(tmp_path, abridged_from="甲市-1", items=["I.1 ①|事務の名称|児童手当"])
    full = assessment(tmp_path)
    assert put(catalog, abridged) == "added"
    assert put(catalog, full) == "replaced"
    generation = catalog.generation()
    assert put(catalog, abridged) == "superseded"
    assert catalog.generation() == generation
    assert catalog.version("甲市-1").abridged_from == ""


@pytest.mark.parametrize("how", ["cut off", "damaged", "parts missing"])
def test_a_truncated_copy_does_not_replace_the_complete_one(catalog: Catalog, tmp_path: Path, how: str) -> None:
    full = assessment(tmp_path)
    part = assessment(tmp_path, items=ITEMS[:3])
    if how != "cut off":
        part = replace(part, source=f"別の変換 {part.source}")
    if how == "damaged":
        part = replace(part, gaps=(*part.gaps, Gap("全体", "末尾が文字の途中で切れています。")))
    if how == "parts missing":
        part = replace(part, gaps=(*part.gaps, Gap("IV", "IV は本文にありません。")))
    assert put(catalog, part) == "added"
    assert put(catalog, full) == "replaced"
    decision = catalog.put(intake.prepare(part, cut_form(part), "form.txt"))
    assert decision.outcome == "superseded"
    assert "項目 3件、登録済みの同じ公表日の版は 5件" in decision.message
    assert "hyoka remove" in decision.message
    assert catalog.version("甲市-1").items == len(full.items)


def test_a_shorter_revision_without_new_gaps_replaces(catalog: Catalog, tmp_path: Path) -> None:
    assert put(catalog, assessment(tmp_path)) == "added"
    assert put(catalog, assessment(tmp_path, items=ITEMS[1:3])) == "replaced"


def test_removing_the_newest_makes_the_one_before_current(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, assessment(tmp_path, published="2023-04-01"))
    put(catalog, assessment(tmp_path, published="2025-04-01"))
    assert [v.published_on for v in catalog.remove("甲市-1", "2025-04-01")] == [dt.date(2025, 4, 1)]
    assert catalog.version("甲市-1").published_on == dt.date(2023, 4, 1)
    assert len(catalog.remove("甲市-1")) == 1
    assert (catalog.versions(), catalog.chunk_digests(), catalog.records("contracts")) == ([], {}, [])
    with pytest.raises(NotFound):
        catalog.remove("甲市-1")


def test_what_is_not_there_is_said(catalog: Catalog) -> None:
    for ask in (
        lambda: catalog.version("丙市-9"),
        lambda: catalog.version_by_id(7),
        lambda: catalog.source(7),
        lambda: catalog.item(7, "I.1"),
        lambda: catalog.records("nothing"),
    ):
        with pytest.raises(NotFound, match=r"ありません|いません"):
            ask()


def test_chunks_that_share_a_key_are_refused(tmp_path: Path) -> None:
    read = assessment(tmp_path)
    with pytest.raises(ValueError, match="share a key"):
        intake.prepare(read, cut_form(read) * 2, "form.txt")


def test_a_fault_inside_put_leaves_nothing(catalog: Catalog, tmp_path: Path) -> None:
    read = assessment(tmp_path)
    entry = intake.prepare(read, cut_form(read), "form.txt")
    entry.chunk_rows[-1]["part"] = None
    with pytest.raises(StoreError):
        catalog.put(entry)
    assert (catalog.generation(), catalog.versions(), catalog.chunk_digests()) == (0, [], {})


def test_opening_again_is_fast_and_imports_no_alembic(catalog: Catalog, tmp_path: Path) -> None:
    started = time.process_time()
    again = Catalog.open("", tmp_path)
    assert again.generation() == 0
    assert time.process_time() - started < 0.05


def test_sqlite_is_set_up_for_several_processes(catalog: Catalog, tmp_path: Path) -> None:
    with catalog._engine.connect() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
        assert pragmas == ["wal", 1]
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == database.BUSY_TIMEOUT_S * 1000


def test_a_damaged_file_is_said_and_kept(tmp_path: Path) -> None:
    path = tmp_path / database.SQLITE_FILE
    path.write_bytes(b"nothing of a database " * 500)
    with pytest.raises(StoreError, match="壊れています"):
        Catalog.open("", tmp_path)
    assert path.read_bytes().startswith(b"nothing")


def test_a_damaged_page_is_said(catalog: Catalog, tmp_path: Path) -> None:
    for number in range(30):
        put(catalog, assessment(tmp_path, document=f"甲市-{number}"))
    catalog.close()
    path = tmp_path / database.SQLITE_FILE
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="壊れています"):
        Catalog.open("", tmp_path).versions()


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / database.SQLITE_FILE).mkdir()
    with pytest.raises(StoreError, match="開けません"):
        Catalog.open("", tmp_path)


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x/y", "postgresql+nodriver://h/d"])
def test_an_unusable_url_is_said(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HYOKA_DATABASE_URL"):
        Catalog.open(url, tmp_path)


def test_a_password_is_not_shown() -> None:
    engine = sa.create_engine("sqlite://")
    assert database.shown(engine)
    url = sa.make_url("postgresql+psycopg://me:secret@host/hyoka")
    assert "secret" not in url.render_as_string()


def test_a_locked_database_is_said(catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0)
    impatient = Catalog.open("", tmp_path)
    other = sqlite3.connect(tmp_path / database.SQLITE_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="別の処理"):
        impatient.set_encoder("x")
    other.close()


def test_many_keys_go_in_pieces(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, assessment(tmp_path))
    real = catalog.chunk_keys()
    assert len(catalog.chunks([*(f"k{n}" for n in range(70_000)), *real])) == len(real)


def test_form_text_is_read_back(tmp_path: Path) -> None:
    assert assessment(tmp_path).source == form_text()


def test_the_newest_revision_is_that_of_the_tables() -> None:
    from rag.migrate import newest_revision

    assert newest_revision() == tables.REVISION

"""Checks over the catalog and over files, with what was dismissed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from ingest.errors import IngestError
from rag import database, migrate, tables
from rag.catalog import Catalog
from rag.checks.checker import Checker
from rag.checks.dismissals import Dismissals
from rag.errors import BadEntry, NotFound
from rag.library import Library
from rag.settings import Settings

from .conftest import ROOT, TODAY

SAMPLE = ROOT / "samples" / "川崎市-14.txt"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = Library.open(Settings(home=tmp_path_factory.mktemp("home")))
    assert not made.load([SAMPLE, ROOT / "samples" / "川口市-22.txt"]).failed
    yield made
    made.close()


@pytest.fixture
def checker(library: Library) -> Checker:
    return Checker(library.catalog, today=TODAY)


def test_all_that_is_collected(checker: Checker) -> None:
    assert [c.version.document for c in checker.check()] == ["川口市-22", "川崎市-14"]


def test_a_file_is_checked_as_if_it_were_collected(checker: Checker) -> None:
    collected, file = checker.check(["川崎市-14", SAMPLE])
    assert [f.as_dict() for f in collected.findings] == [f.as_dict() for f in file.findings]
    assert (collected.version.id, file.version.id) != (0, 0)
    assert file.version.source_name == SAMPLE.name


def test_a_file_is_not_loaded(library: Library, checker: Checker) -> None:
    before = library.catalog.generation()
    assert next(checker.check([ROOT / "samples" / "さいたま市-19.txt"])).findings
    assert library.catalog.generation() == before
    with pytest.raises(NotFound):
        next(checker.check(["さいたま市-19"]))


def test_a_file_that_is_not_there(checker: Checker) -> None:
    with pytest.raises(IngestError, match="ありません"):
        next(checker.check([Path("ない.txt")]))


def test_dismissed_with_a_reason_and_taken_back(checker: Checker) -> None:
    (before,) = checker.check(["川崎市-14"])
    key = before.standing[0].key
    checker.dismiss(key, "  別の端末の認証のため ", ["川崎市-14"])
    checker.dismiss(key, "システムごとに異なるため")
    (after,) = checker.check(["川崎市-14"])
    assert len(after.standing) == len(before.standing) - 1
    (dismissed,) = [f for f in after.findings if f.dismissal]
    assert dismissed.dismissal is not None
    assert dismissed.as_dict()["dismissed"] == "システムごとに異なるため"
    assert dt.datetime.now(dt.UTC) - dismissed.dismissal.dismissed_at < dt.timedelta(minutes=1)
    checker.dismissals.restore(key)
    assert next(checker.check(["川崎市-14"])).standing == before.standing
    with pytest.raises(NotFound):
        checker.dismissals.restore(key)


def test_a_dismissal_outlives_reading_anew(library: Library, checker: Checker) -> None:
    key = next(checker.check(["川口市-22"])).standing[0].key
    checker.dismiss(key, "確認済み")
    library.remove("川口市-22")
    library.load([ROOT / "samples" / "川口市-22.txt"])
    assert key not in {f.key for f in next(checker.check(["川口市-22"])).standing}
    checker.dismissals.restore(key)


@pytest.mark.parametrize("reason", ["", "  ", "あ" * 1001, "個人番号は123456789018です"])
def test_reasons_that_cannot_be_kept(checker: Checker, reason: str) -> None:
    key = next(checker.check(["川崎市-14"])).standing[0].key
    with pytest.raises(BadEntry):
        checker.dismiss(key, reason)


def test_a_catalog_of_the_second_revision_gets_dismissals(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / database.SQLITE_FILE}")
    configuration = migrate.configuration()
    with engine.begin() as connection:
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "0002")
        connection.execute(sa.insert(tables.state).values(id=1, generation=0, encoder="", library="name"))
    engine.dispose()
    catalog = Catalog.open("", tmp_path)
    assert Dismissals(catalog.engine).all() == {}
    catalog.close()


def test_only_a_finding_can_be_dismissed(checker: Checker) -> None:
    with pytest.raises(NotFound, match="指摘"):
        checker.dismiss("0123456789", "理由")

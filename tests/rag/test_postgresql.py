"""The library on PostgreSQL; skipped where there is no server program or driver."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fakes import write_form
from fakes_accounts import PASSWORD, FakeClock, fake_accounts, person
from fakes_draft import draft
from fakes_kept import trace
from fakes_library import consistent, open_library

from rag import library as library_module
from rag import migrate, tables
from rag.accounts.audit import Sought
from rag.accounts.who import Role
from rag.catalog import Catalog
from rag.conversations import Conversations
from rag.draft import edits
from rag.draft.kept import DraftConflict
from rag.draft.store import Drafts
from rag.errors import Forbidden, StoreError

pytest.importorskip("psycopg")
pytestmark = pytest.mark.usefixtures("encoder")


def program(name: str) -> str:
    found = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)]
    path = next(iter(found), None) or shutil.which(name)
    return path or pytest.skip(f"no {name}")


def owner() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.getuid():
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("no user postgres")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    initdb, postgres, user = program("initdb"), program("postgres"), owner()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="hyoka-pg"))
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")
    subprocess.run(
        [initdb, "-D", data, "-A", "trust", "-U", "hyoka", "-E", "UTF8", "--no-locale", "-N"],
        user=user, cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    options = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-k", str(folder), "-p", str(port)]
    process = subprocess.Popen(
        [postgres, "-D", data, *options], user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"postgresql+psycopg://hyoka@127.0.0.1:{port}/postgres"
    try:
        _wait_for(url)
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # ends at once, whoever is connected
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str) -> None:
    engine = sa.create_engine(url)
    for _ in range(200):
        try:
            engine.connect().close()
            engine.dispose()
            return
        except sa.exc.OperationalError:
            time.sleep(0.1)
    raise AssertionError("postgres does not answer")


@pytest.fixture
def url(server: str) -> str:
    """An empty database."""
    name = f"hyoka_{os.urandom(4).hex()}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.rsplit("/", 1)[0] + f"/{name}"


def test_load_replace_remove(url: str, tmp_path: Path) -> None:
    library = open_library(tmp_path / "home", database_url=url)
    first = write_form(tmp_path / "a.txt", published="2023-04-01")
    second = write_form(tmp_path / "b.txt", published="2025-04-01", items=["IV.2 ①|連絡先|福祉課"])
    outcomes = [file.outcome for file in library.load([first, second, first]).files]
    assert outcomes == ["added", "added"]
    consistent(library)
    assert library.catalog.source(library.catalog.versions()[0].id) == second.read_text("utf-8")
    library.load([write_form(tmp_path / "b.txt", published="2025-04-01", items=["IV.2 ①|連絡先|窓口"])])
    consistent(library)
    library.close()
    library = open_library(tmp_path / "home", database_url=url)
    assert library.repairs == []
    assert len(library.remove("甲市-1", "2025-04-01")) == 1
    assert library.lexical.search("静脈認証", 1)
    consistent(library)
    library.close()


def test_tables_are_those_of_the_code(url: str, tmp_path: Path) -> None:
    Catalog.open(url, tmp_path).close()
    with sa.create_engine(url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_two_homes_share_one_catalog(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (open_library(tmp_path / name, database_url=url) for name in ("one", "two"))
    forms = [write_form(tmp_path / f"{number}.txt", f"甲市-{number}") for number in range(8)]
    threads = [threading.Thread(target=lib.load, args=(some,)) for lib, some in ((one, forms[::2]), (two, forms[1::2]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    again = open_library(tmp_path / "one", database_url=url)
    assert len(again.catalog.versions()) == 8
    consistent(again)
    monkeypatch.setattr(library_module, "WAIT_S", 0.2)
    with one._writing(), pytest.raises(StoreError, match="別の処理"):
        two.load(forms)
    for library in (one, two, again):
        library.close()


def test_two_creators_at_once(url: str, tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def open_one() -> None:
        try:
            Catalog.open(url, tmp_path).close()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="つながりません"):
        Catalog.open("postgresql+psycopg://hyoka:secret@127.0.0.1:9/x", tmp_path)


def test_conversations(url: str, tmp_path: Path) -> None:
    catalog = Catalog.open(url, tmp_path)
    kept = Conversations(catalog.engine)
    conversation = kept.start("")
    threads = [threading.Thread(target=kept.keep, args=(trace(f"t{n}"), conversation.id)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [t.number for t in kept.turns(conversation.id)] == list(range(1, 9))
    kept.keep(trace("odd", "100%の\0\ud800"), conversation.id, replaces="t3")
    assert kept.turn("t3").replaced
    assert kept.turn("t0").trace == trace("t0")
    assert kept.turn("odd").trace.answer == trace("odd", "100%の\0\ud800").answer
    assert [len(kept.list(search)) for search in ("ｴｲ", "100%", "100_", "\0")] == [1, 1, 0, 1]
    kept.say("t0", False, "読みにくい", "長い")
    kept.say("t0", False, "足りない")
    kept.mark_case("t0")
    assert [(f.reason, f.made_case) for f, _ in kept.feedbacks(only_bad=True)] == [("足りない", True)]
    kept.delete(conversation.id)
    assert (kept.list(), kept.recent(), kept.feedbacks()) == ([], [], [])
    assert catalog.generation() == 0
    catalog.close()


def test_drafts(url: str, tmp_path: Path) -> None:
    catalog = Catalog.open(url, tmp_path)
    kept = Drafts(catalog.engine)
    first = kept.start(draft(), "甲")
    second = kept.edit(first.id, 1, "乙", lambda d: edits.reword(d, "a1", "書き換えた。"))
    with pytest.raises(DraftConflict):
        kept.edit(first.id, 1, "丙", lambda d: edits.reword(d, "a1", "別の文。"))
    assert kept.get(first.id) == second
    assert kept.restore(first.id, 1, second.saves, "甲").draft == draft()
    assert [v.number for v in kept.versions(first.id)] == [3, 2, 1]
    assert [c.author for c in kept.changes(first.id)] == ["甲", "乙"]
    kept.delete(first.id)
    assert kept.list() == []
    catalog.close()


def test_accounts_and_their_log(url: str, tmp_path: Path) -> None:
    catalog = Catalog.open(url, tmp_path)
    clock = FakeClock()
    accounts = fake_accounts(catalog.engine, clock)
    who = person(accounts, "kato", Role.ADMINISTRATOR)
    secret = accounts.sign_in("kato", PASSWORD).secret
    assert secret
    session = accounts.session(secret)
    assert session is not None
    assert session.person.who == who
    with pytest.raises(Forbidden):
        accounts.disable(who, who.id)
    before = accounts.entries(Sought())
    assert [entry.what for entry in before][:2] == ["sign_in", "sign_in"]
    for statement in ("UPDATE audit SET who = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), catalog.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert accounts.entries(Sought()) == before
    clock.pass_by(minutes=31)
    assert accounts.session(secret) is None
    catalog.close()


def test_an_older_catalog_gets_accounts(url: str, tmp_path: Path) -> None:
    engine = sa.create_engine(url)
    config = migrate.configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        connection.execute(sa.insert(tables.state).values(id=1, generation=7, encoder="", library="name"))
    catalog = Catalog.open(url, tmp_path)
    assert person(fake_accounts(catalog.engine), "kato").name == "katoさん"
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), catalog.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit")
    catalog.close()

"""The server is killed while people write: what it said was done is there at the next start, and nothing half-done."""

from __future__ import annotations

import multiprocessing
import random
import time
import zlib
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx
import sqlalchemy as sa

from rag import tables
from rag.accounts.who import Role
from rag.draft import serial
from tests.fakes_accounts import person
from tests.fakes_killed import Client, Told, accounts_in, serve_until_killed, start

KILLS = 20
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.fakes_killed"])


def begun(home: Path) -> tuple[BaseProcess, str]:
    """A server that answers."""
    ours, theirs = FORKS.Pipe()
    process = FORKS.Process(target=serve_until_killed, args=(home, theirs))
    process.start()
    theirs.close()
    assert ours.poll(30), "the server does not start"
    return process, heard(ours)


def heard(told: Connection) -> str:
    """The address that a server says."""
    address = told.recv()
    assert isinstance(address, str)
    assert httpx.get(f"{address}/healthz").status_code == 200
    return address


def test_killed_while_people_write(tmp_path: Path) -> None:
    random.seed(5)
    accounts = accounts_in(tmp_path)
    people = {"author": person(accounts, "author", Role.DRAFTER), "second": person(accounts, "second", Role.APPROVER)}
    keys = {name: accounts.make_key(who, "試験", 30) for name, who in people.items()}
    engine = accounts._engine
    told = Told()
    cut_off: list[str] = []
    broken: list[BaseException] = []
    for _ in range(KILLS):
        process, address = begun(tmp_path)
        shown(told, address, keys, lately=8)
        clients = [Client(address, keys, told, number) for number in range(4)]
        works = [clients[0].write_replies, clients[1].write_replies, clients[2].write_drafts, clients[3].ask]
        wanted = told.count + random.randrange(2, 25)
        threads = [start(work, cut_off, broken) for work in works]
        while told.count < wanted and not broken and any(thread.is_alive() for thread in threads):
            time.sleep(0.001)
        time.sleep(random.uniform(0, 0.03))
        process.kill()
        process.join()
        for thread in threads:
            thread.join(30)
        assert not broken, broken
        with engine.connect() as connection:
            whole(connection, told)
        engine.dispose()
    assert len(cut_off) == 4 * KILLS
    assert told.count > 10 * KILLS
    process, address = begun(tmp_path)
    shown(told, address, keys)
    process.kill()
    process.join()
    assert told.deleted


def shown(told: Told, address: str, keys: dict[str, str], lately: int = 0) -> None:
    """The server shows all that those before it said was done, or what concerns so many of the last replies."""
    with httpx.Client(base_url=address, headers={"authorization": f"Bearer {keys['author']}"}, timeout=30) as client:
        for id, states in list(told.states.items())[-lately:]:
            response = client.get(f"/api/replies/{id}")
            if id in told.leaving:
                assert response.status_code == 404 or id not in told.deleted
                continue
            kept = response.json()
            events = [event["state"] for event in kept["events"]]
            letters = [version["letter"] for version in kept["versions"]]
            assert events[: len(states)] == states
            assert len(events) <= len(states) + 1  # the deed whose answer was cut off
            assert letters[: len(told.letters[id])] == told.letters[id]
            assert kept["state"] == events[-1]
            assert kept["text"] == kept["versions"][-1]
        for id, texts in told.texts.items():
            changes = client.get(f"/api/drafts/{id}/changes", params={"limit": 5000}).json()["changes"]
            worded = [change["after"] for change in reversed(changes) if change["sentence"] == "a1"]
            assert [text for text in texts if not any(text in after for after in worded)] == []
            assert len(worded) <= len(texts) + 1
        for turn in told.asked[-50:]:
            assert client.get(f"/api/traces/{turn}").status_code == 200


def whole(connection: sa.Connection, told: Told) -> None:
    """Nothing half-done stands in the database."""
    assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    logged: dict[str, list[str]] = {}
    audit = sa.select(tables.audit).where(tables.audit.c.what.startswith("reply.")).order_by(tables.audit.c.id)
    for line in connection.execute(audit).mappings():
        logged.setdefault(line["object"], []).append(line["what"].removeprefix("reply."))
    standing = connection.execute(sa.select(tables.replies)).mappings().all()
    for reply in standing:
        own = sa.select(tables.reply_texts).where(tables.reply_texts.c.reply_id == reply["id"])
        texts = connection.execute(own.order_by(tables.reply_texts.c.number)).mappings().all()
        done = sa.select(tables.reply_events).where(tables.reply_events.c.reply_id == reply["id"])
        events = connection.execute(done.order_by(tables.reply_events.c.position)).mappings().all()
        assert [text["number"] for text in texts] == list(range(1, reply["version"] + 1))
        assert all(text["letter"] for text in texts)
        assert [event["position"] for event in events] == list(range(1, len(events) + 1))
        assert (events[-1]["state"], events[-1]["version"]) == (reply["state"], reply["version"])
        assert [event["deed"] for event in events] == logged[reply["id"]]
    gone = set(logged) - {reply["id"] for reply in standing}
    assert told.deleted <= gone <= told.leaving
    assert all(logged[id][-1] == "delete" for id in gone)
    for draft in connection.execute(sa.select(tables.drafts)).mappings():
        whole_draft(connection, draft)


def whole_draft(connection: sa.Connection, draft: sa.RowMapping) -> None:
    """A draft has every version, each can be read, and its changes lead to what it says."""
    own = sa.select(tables.draft_versions).where(tables.draft_versions.c.draft_id == draft["id"])
    versions = connection.execute(own.order_by(tables.draft_versions.c.number)).mappings().all()
    done = sa.select(tables.draft_changes).where(tables.draft_changes.c.draft_id == draft["id"])
    changes = connection.execute(done.order_by(tables.draft_changes.c.save)).mappings().all()
    assert [version["number"] for version in versions] == list(range(1, draft["version"] + 1))
    bodies = [serial.from_json(zlib.decompress(version["body"])) for version in versions]
    assert sorted({change["save"] for change in changes}) == list(range(2, draft["saves"] + 1))
    if changes:
        sentences = {s.id: s.text for f in bodies[-1].fields for s in f.sentences}
        assert sentences["a1"] in changes[-1]["after"]

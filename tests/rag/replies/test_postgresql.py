"""Replies on PostgreSQL: the same deeds, one approval of many at once, nothing left after deletion."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes_replies import AUTHOR, SECOND, composed

from rag import database, tables
from rag.accounts.who import Role, Who
from rag.replies.store import Replies
from rag.replies.types import Deed, ReplyConflict, State
from tests.rag.test_postgresql import server, url  # noqa: F401

pytest.importorskip("psycopg")


@pytest.fixture
def engine(url: str, tmp_path: Path) -> Iterator[sa.Engine]:  # noqa: F811
    engine = database.open_engine(url, tmp_path)
    yield engine
    engine.dispose()


def test_from_draft_to_sent_and_deleted(engine: sa.Engine) -> None:
    author, second = Replies(engine, AUTHOR), Replies(engine, SECOND)
    kept = author.start(composed("佐藤花子です。😀\n委託していますか。"))
    assert author.get(kept.id) == kept
    kept = author.edit(kept.id, 1, "直しました。")
    author.do(kept.id, Deed.PROPOSE, 2)
    second.do(kept.id, Deed.RETURN, 2, "短く")
    author.do(kept.id, Deed.PROPOSE, 2)
    second.do(kept.id, Deed.APPROVE, 2)
    assert author.do(kept.id, Deed.SEND, 2).state is State.SENT
    later = author.start(composed())
    assert [k.id for _, k in author.alike(later)] == [kept.id]
    Replies(engine, Who("d4", "管理の人", Role.ADMINISTRATOR)).delete(kept.id)
    with engine.connect() as connection:
        for table in (tables.reply_texts, tables.reply_events):
            assert connection.execute(sa.select(table).where(table.c.reply_id == kept.id)).all() == []


def test_of_approvals_at_once_one_counts(engine: sa.Engine) -> None:
    kept = Replies(engine, AUTHOR).start(composed())
    Replies(engine, AUTHOR).do(kept.id, Deed.PROPOSE, 1)
    outcomes: list[str] = []
    ready = threading.Barrier(4)

    def approve(number: int) -> None:
        ready.wait()
        try:
            Replies(engine, Who(f"p{number}", "承認の人", Role.APPROVER)).do(kept.id, Deed.APPROVE, 1)
            outcomes.append("done")
        except ReplyConflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=approve, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 3 + ["done"]

"""A database of replies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes_accounts import FakeClock, engine_in
from fakes_replies import Desk

from rag.replies.store import Replies


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = engine_in(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def desk(engine: sa.Engine) -> Desk:
    """Replies as one of them sees them; each thing that is done takes a minute."""
    clock = FakeClock()

    def tick() -> dt.datetime:
        clock.pass_by(minutes=1)
        return clock.now

    return lambda who: Replies(engine, who, tick)

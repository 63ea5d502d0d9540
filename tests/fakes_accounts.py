"""Accounts with a clock that a test turns and with hashes that cost little."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import sqlalchemy as sa
from argon2 import PasswordHasher

from rag import database
from rag.accounts.accounts import Accounts
from rag.accounts.passwords import Passwords
from rag.accounts.sessions import Limits
from rag.accounts.who import TERMINAL, Role, Who

PASSWORD = "椋鳥が三羽とまる朝の庭木"
OTHER_PASSWORD = "雨の日は傘を二本もって行く"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LIMITS = Limits(dt.timedelta(minutes=30), dt.timedelta(hours=8))


class FakeClock:
    """A moment in UTC that moves when it is told to."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


def engine_in(folder: Path) -> sa.Engine:
    """An empty catalog."""
    return database.open_engine("", folder)


def fake_accounts(engine: sa.Engine, clock: FakeClock | None = None) -> Accounts:
    """Accounts whose passwords cost nothing to check."""
    return Accounts(engine, LIMITS, Passwords(CHEAP), clock or FakeClock())


def person(accounts: Accounts, name: str, role: Role = Role.VIEWER, password: str = PASSWORD) -> Who:
    """Somebody who has set a password."""
    _, link = accounts.add(TERMINAL, name, f"{name}さん", role)
    accounts.set_by_link(link, password, password)
    return accounts.person_named(name).who

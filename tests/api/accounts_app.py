"""The application with accounts over the invented assessments: a person of each role, their browsers and programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth_cookie import PLAIN
from rag.accounts.accounts import Accounts
from rag.accounts.who import Role, Who
from rag.settings import Settings
from tests.fakes_accounts import PASSWORD, FakeClock, fake_accounts, person
from tests.fakes_api import fake_services
from tests.fakes_replies import FakeReplier

HOST = "http://testserver"
OWN = {"origin": HOST}


@dataclass
class Office:
    """A running application. `people` are named after their roles, `other` is a second person who drafts."""

    app: FastAPI
    accounts: Accounts
    clock: FakeClock
    people: dict[str, Who]

    def browser(self, name: str = "", **headers: str) -> TestClient:
        """A browser in which somebody is signed in, or nobody."""
        client = TestClient(self.app, raise_server_exceptions=False, follow_redirects=False, headers={**OWN, **headers})
        if name:
            secret = self.accounts.sign_in(name, PASSWORD).secret
            assert secret
            client.cookies.set(PLAIN, secret)
        return client

    def program(self, name: str) -> TestClient:
        """A program with a token of somebody."""
        key = self.accounts.make_key(self.people[name], "試験", 30)
        headers = {"authorization": f"Bearer {key}"}
        return TestClient(self.app, raise_server_exceptions=False, follow_redirects=False, headers=headers)


def office_of(**settings: object) -> Office:
    """The application, not started: all but /mcp answers."""
    services = fake_services()
    app = create_app(Settings(auth="accounts", **settings), services)  # type: ignore[arg-type]
    clock = FakeClock()
    accounts = app.state.accounts = fake_accounts(services.catalog.engine, clock)
    app.state.composing = FakeReplier()
    people = {role.value: person(accounts, role.value, role) for role in reversed(Role)}
    people["other"] = person(accounts, "other", Role.DRAFTER)
    return Office(app, accounts, clock, people)


@contextmanager
def running_office(**settings: object) -> Iterator[Office]:
    """The application while it runs."""
    office = office_of(**settings)
    with TestClient(office.app):
        yield office

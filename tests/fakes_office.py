"""A server with accounts, a fake that composes, and clients of people who are signed in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fakes_accounts import PASSWORD, fake_accounts, person
from fakes_replies import FakeReplier
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from api.auth_cookie import PLAIN
from api.services import Services
from rag.accounts.who import Role
from rag.settings import Settings

PAGE = {"accept": "text/html", "sec-fetch-site": "same-origin"}
PEOPLE = {
    "author": Role.DRAFTER,
    "second": Role.APPROVER,
    "other": Role.DRAFTER,
    "chief": Role.ADMINISTRATOR,
    "viewer": Role.VIEWER,
}


@dataclass
class Office:
    """The application with its people, each with a client of their own."""

    app: FastAPI
    replier: FakeReplier
    clients: dict[str, TestClient]

    def begun(self, who: str = "author", inquiry: str = "給食費の口座振替は委託しているのですか。") -> str:
        """The address of a reply that somebody began by the pages."""
        masked = self.clients[who].post("/replies/new", data={"inquiry": inquiry}, headers=PAGE)
        response = self.clients[who].post("/replies", data=fields_of(masked), headers=PAGE)
        assert response.status_code == 200, response.text
        return response.url.path

    def post(self, who: str, path: str, **data: object) -> Response:
        """A form sent by somebody."""
        return self.clients[who].post(path, data=data, headers=PAGE)

    def get(self, who: str, path: str) -> Response:
        """A page opened by somebody."""
        return self.clients[who].get(path, headers=PAGE)


def staffed(services: Services) -> tuple[FastAPI, FakeReplier, dict[str, str]]:
    """The application, what composes in it, and the secret of each person's session."""
    app = create_app(Settings(auth="accounts", questions_per_minute=10_000), services)
    app.state.accounts = accounts = fake_accounts(services.catalog.engine)
    app.state.composing = replier = FakeReplier()
    secrets = {}
    for name, role in PEOPLE.items():
        person(accounts, name, role)
        secrets[name] = accounts.sign_in(name, PASSWORD).secret or ""
    return app, replier, secrets


@contextmanager
def office(services: Services) -> Iterator[Office]:
    """Opened and closed again."""
    app, replier, secrets = staffed(services)
    with TestClient(app, raise_server_exceptions=False):
        clients = {
            name: TestClient(app, cookies={PLAIN: secret}, raise_server_exceptions=False)
            for name, secret in secrets.items()
        }
        yield Office(app, replier, clients)


def fields_of(masked: Response) -> dict[str, object]:
    """What the form under the masked inquiry sends."""
    text = re.search(r'<textarea id="mended".*?>\n(.*?)</textarea>', masked.text, re.DOTALL)
    sealed = re.search(r'name="sealed" value="(\w+)"', masked.text)
    assert text, masked.text
    assert sealed
    found = [html.unescape(f) for f in re.findall(r'name="found" value="([^"]+)"', masked.text)]
    return {"masked": html.unescape(text[1]), "sealed": sealed[1], "found": found, "variant": "letter"}

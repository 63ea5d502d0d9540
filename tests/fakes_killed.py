"""A server that gets killed and the people who write to it: what each of them was told is done."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import httpx

from api.app import create_app
from rag import database
from rag.accounts.accounts import Accounts
from rag.accounts.passwords import Passwords
from rag.conversations import Conversations
from rag.settings import Settings
from tests.fakes_accounts import CHEAP, LIMITS
from tests.fakes_api import fake_services
from tests.fakes_replies import FakeReplier
from tests.serving import serving


def accounts_in(home: Path) -> Accounts:
    """The accounts of a home, by the clock on the wall."""
    return Accounts(database.open_engine("", home), LIMITS, Passwords(CHEAP))


def serve_until_killed(home: Path, told: Connection) -> None:
    """What the process that gets killed does: the application on the database of a home; says its address."""
    tempfile.tempdir = str(home)
    services = fake_services()
    services.library.catalog.engine = engine = database.open_engine("", home)  # type: ignore[misc]
    services.library.conversations = Conversations(engine)  # type: ignore[misc]
    services.answerer.keep = services.library.conversations.keep  # type: ignore[attr-defined]
    app = create_app(Settings(home=home, auth="accounts", questions_per_minute=1_000_000), services)
    app.state.composing = FakeReplier()
    with serving(app) as address:
        told.send(address)
        time.sleep(600)


@dataclass
class Told:
    """What a server said was done: by the id of a reply its states and letters, of a draft its texts; what is gone."""

    states: dict[str, list[str]] = field(default_factory=dict)
    letters: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)
    leaving: set[str] = field(default_factory=set)
    count: int = 0

    def reply(self, kept: dict[str, object]) -> None:
        """A reply as the server showed it after a deed."""
        id = str(kept["id"])
        self.states.setdefault(id, []).append(str(kept["state"]))
        self.letters[id] = [v["letter"] for v in kept["versions"]]  # type: ignore[attr-defined]
        self.count += 1


class Client:
    """Somebody who writes until the server does not answer any more."""

    def __init__(self, address: str, keys: dict[str, str], told: Told, number: int) -> None:
        self.told = told
        self.number = number
        self._http = {
            name: httpx.Client(base_url=address, headers={"authorization": f"Bearer {key}"}, timeout=30)
            for name, key in keys.items()
        }

    def send(self, who: str, method: str, path: str, **json: object) -> dict[str, object]:
        """A request that must be carried out; raises httpx.TransportError where the server has gone."""
        response = self._http[who].request(method, path, json=json or None)
        assert response.status_code in (200, 201, 204), response.text
        return response.json() if response.content else {}  # type: ignore[no-any-return]

    def write_replies(self) -> None:
        """Replies through their whole lives, one after another; every third is deleted."""
        while True:
            kept = self.send("author", "POST", "/api/replies", inquiry="給食費の口座振替は委託しているのですか。")
            self.told.reply(kept)
            path = f"/api/replies/{kept['id']}"
            if len(self.told.states) % 3 == 0:
                self.told.leaving.add(str(kept["id"]))
                self.send("author", "DELETE", path)
                self.told.deleted.add(str(kept["id"]))
                continue
            for round in range(3):
                letter = f"{self.told.letters[str(kept['id'])][-1]}\n書き足し{'ア' * (round + 1)}です。"
                kept = self.deed("PATCH", path, "author", kept, letter=letter)
            kept = self.deed("POST", f"{path}/propose", "author", kept)
            kept = self.deed("POST", f"{path}/return", "second", kept, comment="直してください。")
            kept = self.deed("POST", f"{path}/propose", "author", kept)
            kept = self.deed("POST", f"{path}/approve", "second", kept)
            self.deed("POST", f"{path}/send", "author", kept)

    def deed(self, method: str, path: str, who: str, read: dict[str, object], **more: object) -> dict[str, object]:
        """One step of a reply."""
        kept = self.send(who, method, path, read=read["version"], **more)
        self.told.reply(kept)
        return kept

    def write_drafts(self) -> None:
        """One draft, a sentence of which is worded anew again and again; now and then a version comes back."""
        kept = self.send("author", "POST", "/api/drafts", title=f"起案{self.number}")
        id = str(kept["id"])
        texts = self.told.texts.setdefault(id, [])
        for round in range(10_000):
            text = f"秘密を守ることを、{round}回確かめる。"
            reword = {"act": "reword", "sentence": "a1", "text": text}
            kept = self.send("author", "PATCH", f"/api/drafts/{id}", base=kept["saves"], operations=[reword])
            texts.append(text)
            self.told.count += 1

    def ask(self) -> None:
        """Questions, each kept with its trace."""
        while True:
            answer = self.send("author", "POST", "/api/ask", question="青葉野市の給食費の委託先は？")
            self.told.asked.append(str(answer["id"]))
            self.told.count += 1


def start(work: Callable[[], None], cut_off: list[str], broken: list[BaseException]) -> threading.Thread:
    """Runs what a client does until the server is gone; what else goes wrong is kept in `broken`."""

    def run() -> None:
        try:
            work()
        except httpx.TransportError as gone:
            cut_off.append(repr(gone))
        except BaseException as fault:
            broken.append(fault)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread

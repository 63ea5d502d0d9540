"""Libraries under attack: of the samples for hostile questions, of one town for each hostile document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fakes import CountingEncoder
from fastapi.testclient import TestClient

from api.app import create_app
from api.services import Services
from rag import library as library_module
from rag.answer import Answerer
from rag.library import Library
from rag.ports import ChatModel
from rag.settings import Settings
from tests.attacks.town import write_town

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The samples."""
    library = Library.open(Settings(home=tmp_path_factory.mktemp("samples")))
    assert not library.load([ROOT / "samples"]).failed
    yield library
    library.close()


@contextmanager
def town(folder: Path, *attack: str, replaces: bool = False) -> Iterator[Library]:
    """A library of the town's document with a hostile text in it; read by the real reader, encoded by a cheap one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library_module, "open_encoder", lambda choice: CountingEncoder())
        library = Library.open(Settings(home=folder / "home"))
    try:
        report = library.load([write_town(folder, *attack, replaces=replaces)])
        assert [file.outcome for file in report.files] == ["added"]
        yield library
    finally:
        library.close()


@pytest.fixture(scope="session")
def harmless_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The town's document as it is."""
    with town(tmp_path_factory.mktemp("town")) as library:
        yield library


@contextmanager
def serving(library: Library, model: ChatModel | None = None) -> Iterator[TestClient]:
    """A client of the pages and the HTTP API over a library."""
    services = Services(library, Answerer(library, model=model), model.card if model else None)
    with TestClient(create_app(Settings(), services)) as client:
        yield client


def streamed(client: TestClient, question: str) -> list[tuple[str, str]]:
    """Name and data of each event of the stream in which the page gets an answer; one without a name has none."""
    headers = {"hx-request": "true", "accept": "text/event-stream"}
    response = client.post("/", data={"question": question}, headers=headers)
    if not response.headers["content-type"].startswith("text/event-stream"):
        return [("", response.text)]
    events = []
    for block in response.text.replace("\r\n", "\n").split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith(":")]
        name = next((line[6:].strip() for line in lines if line.startswith("event:")), "")
        data = [line[5:].removeprefix(" ") for line in lines if line.startswith("data:")]
        if data or name:
            events.append((name, "\n".join(data)))
    return events

"""A client of the application over the invented assessments, and a real server over the samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.services import Services
from rag.answer import Answerer
from rag.library import Library
from rag.settings import Settings
from tests.fakes_api import fake_services
from tests.serving import serving

ROOT = Path(__file__).resolve().parents[2]

MakeClient = Callable[..., TestClient]


@pytest.fixture
def services() -> Services:
    return fake_services()


@pytest.fixture
def make_client() -> Iterator[MakeClient]:
    """Makes clients for given services and settings and closes them."""
    with ExitStack() as stack:

        def make(services: Services, **settings: object) -> TestClient:
            app = create_app(Settings(**settings), services)  # type: ignore[arg-type]
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield make


@pytest.fixture
def client(make_client: MakeClient, services: Services) -> TestClient:
    return make_client(services)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A HYOKA_HOME with the samples."""
    home = tmp_path_factory.mktemp("samples")
    library = Library.open(Settings(home=home))
    assert not library.load(sorted((ROOT / "samples").glob("*.txt"))).failed
    library.close()
    return home


@pytest.fixture(scope="session")
def sample_library(sample_home: Path) -> Iterator[Library]:
    """The samples, read, cut and encoded by the real parts."""
    library = Library.open(Settings(home=sample_home))
    yield library
    library.close()


@pytest.fixture(scope="session")
def sample_server(sample_library: Library) -> Iterator[str]:
    """The address of a real server over the samples."""
    services = Services(sample_library, Answerer(sample_library))
    with serving(create_app(Settings(), services)) as address:
        yield address

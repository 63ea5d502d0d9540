"""A client of the application over the invented assessments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.services import Services
from rag.settings import Settings
from tests.fakes_api import fake_services

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

"""The OpenAPI tells the truth: generated requests never break the server, and responses are as described."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, settings
from pydantic import BaseModel
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from rag.settings import Settings
from tests.fakes_api import fake_services
from tests.fakes_replies import FakeReplier

app = create_app(Settings(), fake_services())
app.state.composing = FakeReplier()
schema = schemathesis.openapi.from_asgi("/openapi.json", app)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_addresses_do_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=CHECKS)


def test_every_address_is_described_in_japanese() -> None:
    for path, operations in app.openapi()["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert operation["description"], path
            assert operation["tags"], path
            assert operation["responses"]["404"]["content"]["application/json"]["schema"]["$ref"].endswith("FaultOut")


def test_examples_fit_their_models() -> None:
    from api import kept_schemas, schemas

    told = 0
    for module in (schemas, kept_schemas):
        for model in vars(module).values():
            if isinstance(model, type) and issubclass(model, BaseModel):
                for example in (model.model_config.get("json_schema_extra") or {}).get("examples", []):  # type: ignore[union-attr]
                    model.model_validate(example)
                    told += 1
    assert told >= 8

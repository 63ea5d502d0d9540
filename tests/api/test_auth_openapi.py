"""Generated requests with the token of each role, and with none: no fault of the server, nothing above the role."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import status_code_conformance

from rag.accounts.who import Role
from tests.api.accounts_app import office_of
from tests.api.test_auth_matrix import EXPECTED, may

LEAST = {name.replace(":path", ""): least for name, least in EXPECTED.items()}

office = office_of(questions_per_minute=1_000_000)
TOKENS = {
    role: {"authorization": f"Bearer {office.accounts.make_key(office.people[role.value], '試験', 30)}"}
    for role in Role
}
schema = schemathesis.openapi.from_asgi("/openapi.json", office.app, headers=TOKENS[Role.VIEWER])


@schema.parametrize()
@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_nothing_breaks_and_nothing_is_above_the_role(case: schemathesis.Case) -> None:
    least = LEAST[f"{case.operation.method.upper()} {case.operation.path}"]
    for role in (None, *Role):
        response = case.call(headers=TOKENS[role] if role else {})
        case.validate_response(response, checks=[not_a_server_error, status_code_conformance])
        if not may(role, least):
            # a body that is too large is refused before it is known whose it is
            assert response.status_code in ((403, 405, 413) if role else (401, 405, 413))
        else:
            assert "以上の役割が必要" not in response.text

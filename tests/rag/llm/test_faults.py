"""Errors of packages without a common base → the right sentence."""

from __future__ import annotations

from typing import Any

import pytest

from rag.llm.faults import Kind, fault_of, kind_of, retry_after_s, sentence
from rag.llm.limits import Limits
from rag.types import ModelCard, Reach

CARD = ModelCard("ollama:qwen3:8b", Reach.NETWORK, "gpu.city.example")
LIMITS = Limits(100, 1000, 30)


class Refused(Exception):
    """As the packages make them: with a status, or with botocore's response."""

    def __init__(self, **details: Any) -> None:
        super().__init__("the prompt and the key")
        vars(self).update(details)


class ConnectTimeout(TimeoutError):
    """As of an HTTP library."""


class APIConnectionError(Exception):
    """As of a provider's package, around the HTTP library's error."""


class ReadError(Exception):
    """As of an HTTP library."""


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Refused(status_code=401), Kind.KEY),
        (Refused(code=429), Kind.BUSY),
        (Refused(status_code=-1), Kind.OTHER),
        (Refused(code="invalid"), Kind.OTHER),
        (Refused(response={"ResponseMetadata": {"HTTPStatusCode": 404}}), Kind.UNKNOWN),
        (Refused(status_code=418), Kind.REFUSED),
        (Refused(status_code=599), Kind.SERVER),
        (TimeoutError(), Kind.TIMEOUT),
        (ConnectTimeout(), Kind.UNREACHABLE),
        (ConnectionRefusedError(), Kind.UNREACHABLE),
        (ConnectionResetError(), Kind.BROKEN),
        (KeyError("x"), Kind.OTHER),
    ],
)
def test_kinds(error: Exception, kind: Kind) -> None:
    assert kind_of(error) is kind


def test_the_cause_tells_more_than_what_is_wrapped_around_it() -> None:
    for cause, kind in (
        (ReadError(), Kind.BROKEN),
        (ConnectTimeout(), Kind.UNREACHABLE),
        (Refused(code=503), Kind.SERVER),
    ):
        error = APIConnectionError()
        error.__cause__ = cause
        assert kind_of(error) is kind


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_sentence_that_names_the_model_and_what_to_do(kind: Kind) -> None:
    said = sentence(kind, CARD, LIMITS)
    assert "ollama:qwen3:8b" in said
    assert said.endswith("。")
    assert any(word in said for word in ("ください", "取得できます"))


def test_the_fault_says_nothing_of_the_error_but_its_name() -> None:
    assert "(Refused)" in str(fault_of(Refused(), CARD, LIMITS))
    assert "prompt" not in str(fault_of(Refused(), CARD, LIMITS))


@pytest.mark.parametrize(
    ("value", "seconds"), [("3", 3), ("0.5", 0.5), ("-1", 0), ("Wed, 21 Oct 2026 07:28:00 GMT", None)]
)
def test_the_pause_that_a_server_asks_for(value: str, seconds: float | None) -> None:
    response = type("Response", (), {"headers": {"retry-after": value}})()
    assert retry_after_s(Refused(response=response)) == seconds
    assert retry_after_s(Refused(response={})) is None

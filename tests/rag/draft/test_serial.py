"""Any draft comes back from its JSON as it was."""

from __future__ import annotations

import json
import types
import typing
from enum import EnumType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.draft import serial
from rag.draft.types import Draft
from rag.errors import StoreError
from tests.fakes_draft import draft

# Texts as they are kept: halves of characters never come as far (see rag.draft.entries).
PLAIN: dict[object, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(codec="utf-8"), max_size=12),
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(0, 1),
    type(None): st.none(),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type as the dataclasses of drafts use them."""
    if kind in PLAIN:
        return PLAIN[kind]
    if typing.get_origin(kind) is tuple:
        return st.lists(values(typing.get_args(kind)[0]), max_size=2).map(tuple)
    if typing.get_origin(kind) is types.UnionType:
        return st.one_of([values(k) for k in typing.get_args(kind)])
    if isinstance(kind, EnumType):
        return st.sampled_from(kind)
    return st.builds(kind, **{name: values(of) for name, of in typing.get_type_hints(kind).items()})


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(values(Draft))
def test_there_and_back(made: Draft) -> None:
    assert serial.from_json(serial.as_json(made)) == made


def test_every_attribute_is_named() -> None:
    plain = json.loads(serial.as_json(draft()))
    assert plain["fields"][2]["sentences"][1]["changed"][0]["after"] == "情報を持ち出さない"
    assert plain["profile"]["contracts"][0]["subcontract"] == "再委託しない"
    assert plain == serial.as_dict(draft())


def test_attributes_of_later_versions_take_their_defaults() -> None:
    plain = json.loads(serial.as_json(draft()))
    del plain["revises"], plain["profile"]["assessed"]
    assert serial.from_json(json.dumps(plain).encode()) == draft()


def test_what_is_no_draft_is_told() -> None:
    with pytest.raises(StoreError, match="前の版"):
        serial.from_json(b'{"profile": 3}')

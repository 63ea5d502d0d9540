"""Answers and traces as plain JSON and back, exactly: how `turns` keeps them.

What a later hyoka added to them is left out when an earlier one reads it; what an earlier one did not know is as by
default.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar

from rag.types import Answer, Checked, Citation, Coverage, Filters, Row, Status, Trace, Verdict

Kept = TypeVar("Kept")
#: What a trace holds beside the columns of its turn.
_LED_TO = ("plan", "evidence", "prompts", "timings_ms", "verdicts")


def answer_to(answer: Answer) -> dict[str, Any]:
    """An answer as plain JSON; unlike `Answer.as_dict`, which is for programs, nothing is lost."""
    return dataclasses.asdict(answer)


def answer_from(body: Mapping[str, Any]) -> Answer:
    """The answer that `answer_to` was made of."""
    values = {
        **body,
        "status": Status(body["status"]),
        "rows": tuple(_row_from(row) for row in body["rows"]),
        "citations": tuple(_made(Citation, c) for c in body["citations"]),
        "coverage": _made(Coverage, body["coverage"]),
        "warnings": tuple(body["warnings"]),
        "suggestions": tuple(body["suggestions"]),
        "checked": _made(Checked, body["checked"]) if body.get("checked") else None,
    }
    return _made(Answer, values)


def filters_to(filters: Filters) -> dict[str, Any]:
    """Filters as plain JSON."""
    return dataclasses.asdict(filters)


def filters_from(body: Mapping[str, Any]) -> Filters:
    """The filters that `filters_to` was made of."""
    return _made(Filters, {name: tuple(values) for name, values in body.items()})


def led_to(trace: Trace) -> dict[str, Any]:
    """As plain JSON what led to an answer: plan, evidence, prompts, timings, verdicts."""
    return {**{name: getattr(trace, name) for name in _LED_TO}, "verdicts": [*map(dataclasses.asdict, trace.verdicts)]}


def led_from(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a trace that `led_to` was made of."""
    return {
        **{name: body[name] for name in _LED_TO if name in body},
        "evidence": tuple(body.get("evidence", ())),
        "verdicts": tuple(_made(Verdict, v) for v in body.get("verdicts", ())),
    }


def _row_from(body: Mapping[str, Any]) -> Row:
    return _made(Row, {**body, "cells": tuple((heading, value) for heading, value in body["cells"])})


def _made(kind: type[Kept], body: Mapping[str, Any]) -> Kept:
    known = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in body.items() if name in known})

"""Answers and traces come back from JSON exactly, whatever stands in them."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rag import archive
from rag.types import Answer, Checked, Citation, Coverage, Filters, Row, Status, Trace, Verdict

TEXTS = st.text(max_size=20)  # lone surrogates and NUL are among them
NAMES = st.lists(TEXTS, max_size=3).map(tuple)
COUNTS = st.integers(0, 10**6)
CELLS = st.lists(st.tuples(TEXTS, TEXTS), max_size=4).map(tuple)
CITATIONS = st.builds(
    Citation, COUNTS, *([TEXTS] * 7), page=st.none() | COUNTS, item=TEXTS, version=COUNTS
)  # fmt: skip
ANSWERS = st.builds(
    Answer,
    question=TEXTS,
    status=st.sampled_from(Status),
    answer=TEXTS,
    rows=st.lists(st.builds(Row, TEXTS, CELLS, COUNTS), max_size=3).map(tuple),
    citations=st.lists(CITATIONS, max_size=3).map(tuple),
    coverage=st.builds(Coverage, COUNTS, COUNTS, COUNTS),
    composed_by=TEXTS,
    model=st.none() | TEXTS,
    warnings=NAMES,
    suggestions=NAMES,
    language=st.sampled_from(["ja", "en"]),
    id=TEXTS,
    interpreted=TEXTS,
    checked=st.none() | st.builds(Checked, COUNTS, COUNTS),
    notice=TEXTS,
)
PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | COUNTS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def through_json(body: Any) -> Any:
    return json.loads(json.dumps(body))


@given(ANSWERS)
def test_an_answer_comes_back_exactly(answer: Answer) -> None:
    assert archive.answer_from(through_json(archive.answer_to(answer))) == answer


@given(st.builds(Filters, NAMES, NAMES, NAMES))
def test_filters_come_back(filters: Filters) -> None:
    assert archive.filters_from(through_json(archive.filters_to(filters))) == filters


@given(
    plan=st.dictionaries(TEXTS, PLAIN, max_size=3),
    evidence=st.lists(st.dictionaries(TEXTS, TEXTS, max_size=3), max_size=3).map(tuple),
    prompts=st.dictionaries(TEXTS, TEXTS, max_size=3),
    timings=st.dictionaries(TEXTS, st.floats(0, 1e6), max_size=3),
    verdicts=st.lists(st.builds(Verdict, TEXTS, st.booleans(), TEXTS), max_size=3).map(tuple),
)
def test_what_led_to_an_answer_comes_back(plan: Any, evidence: Any, prompts: Any, timings: Any, verdicts: Any) -> None:
    led = {"plan": plan, "evidence": evidence, "prompts": prompts, "timings_ms": timings, "verdicts": verdicts}
    bare = {f.name: None for f in dataclasses.fields(Trace) if f.name not in led}
    assert archive.led_from(through_json(archive.led_to(Trace(**bare, **led)))) == led  # type: ignore[arg-type]


def test_headings_may_repeat_and_keep_their_order() -> None:
    cells = (("乙", "1"), ("甲", "2"), ("乙", "3"))
    answer = Answer("q", Status.ANSWERED, "a", rows=(Row("d", cells, 1),))
    assert archive.answer_from(through_json(archive.answer_to(answer))).rows[0].cells == cells


def test_fields_of_another_time_do_no_harm() -> None:
    body = archive.answer_to(Answer("q", Status.PARTIAL, "a", citations=(Citation(1, *("",) * 7),)))
    body["of_tomorrow"] = body["citations"][0]["of_tomorrow"] = 1
    del body["notice"], body["checked"]
    assert archive.answer_from(body).status is Status.PARTIAL

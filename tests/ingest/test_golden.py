"""The samples are read as kept under golden/; a change that is meant is written by `python -m tests.ingest.golden`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.read import read_assessment
from tests.ingest.golden import PUBLISHED_FACTS, facts_of, golden_of, lines_of, published, samples


@pytest.mark.parametrize("path", samples(), ids=lambda p: p.name)
def test_a_sample_is_read_as_before(path: Path) -> None:
    assert lines_of(read_assessment(path)) == golden_of(path).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", samples(), ids=lambda p: p.name)
def test_nearly_all_of_a_sample_is_in_items(path: Path) -> None:
    assert facts_of(read_assessment(path))["coverage"] >= 0.98


@pytest.mark.shared
@pytest.mark.skipif(not published(), reason="the published assessments are not beside the project")
@pytest.mark.parametrize("path", published(), ids=lambda p: p.stem)
def test_a_published_assessment_is_read_as_before(path: Path) -> None:
    facts = facts_of(read_assessment(path))
    assert facts["coverage"] >= 0.98
    assert facts == json.loads(PUBLISHED_FACTS.read_text(encoding="utf-8"))[path.stem]

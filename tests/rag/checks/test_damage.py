"""Damaged assessments are checked without a fault: lines lost, doubled, out of order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import IngestError
from ingest.read import assess
from ingest.readers.registry import reader_for
from ingest.readers.source import Source
from rag.checks import run
from rag.checks.paper import of_assessment
from rag.cite import fold, verified

from .conftest import SAMPLE, TODAY

LINES = SAMPLE.read_text("utf-8").splitlines(keepends=True)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_damage_is_a_fault(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    at = st.integers(0, len(LINES) - 1)
    lost, doubled = data.draw(st.sets(at, max_size=120)), data.draw(st.sets(at, max_size=20))
    path = tmp_path_factory.mktemp("damage") / "評価書.txt"
    path.write_text(
        "".join(line * (2 if n in doubled else 1) for n, line in enumerate(LINES) if n not in lost), "utf-8"
    )
    source: Source = reader_for(path).read(path, 2**20)
    try:
        paper = of_assessment(assess(source), path.name, TODAY)
    except IngestError:
        return
    for finding in run.check(paper):
        assert all(verified(c.quote, fold(paper.source)) for c in finding.citations)

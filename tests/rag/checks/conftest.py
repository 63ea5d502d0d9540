"""An invented assessment in which the checks find nothing, and ways to spoil it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.read import read_assessment
from rag.checks import run
from rag.checks.finding import Finding
from rag.checks.paper import Paper, of_assessment

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "samples" / "青嶺市-11.txt"
#: Within a year of the sample's 公表日 (2025-06-30).
TODAY = dt.date(2026, 4, 1)
EVERYWHERE = -1

Change = tuple[str, str] | tuple[str, str, int]
MakePaper = Callable[..., Paper]
Findings = Callable[..., tuple[Finding, ...]]


def spoiled(changes: tuple[Change, ...]) -> str:
    """The sample's text with each (old, new) put in once, or as often as a third element says."""
    text = SAMPLE.read_text("utf-8")
    for old, new, *count in changes:
        assert old in text, old
        text = text.replace(old, new, count[0] if count else 1)
    return text


@pytest.fixture
def paper(tmp_path: Path) -> MakePaper:
    """Lays out the sample with changes."""

    def make(*changes: Change, today: dt.date = TODAY) -> Paper:
        path = tmp_path / "評価書.txt"
        path.write_text(spoiled(changes), "utf-8")
        return of_assessment(read_assessment(path), path.name, today)

    return make


@pytest.fixture
def findings(paper: MakePaper) -> Findings:
    """All findings in the sample with changes."""
    return lambda *changes, today=TODAY: run.check(paper(*changes, today=today))


@pytest.fixture
def of_rule(findings: Findings) -> Findings:
    """The findings of one rule in the sample with changes."""
    return lambda rule, *changes, today=TODAY: tuple(f for f in findings(*changes, today=today) if f.rule.id == rule)

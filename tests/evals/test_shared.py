"""The question set over the real assessments, judged by the scorer that lies beside them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.evals.conftest import SHARED, hyoka

QUESTIONS = SHARED / "eval" / "questions.jsonl"
SCORER = SHARED / "eval" / "score.py"
DOCUMENTS = SHARED / "data" / "assessments"
MIN_SHARE = 37 / 39

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SCORER.exists() and DOCUMENTS.is_dir()), reason="the real assessments are not here"),
]


def test_score(tmp_path: Path) -> None:
    home = tmp_path / "home"
    hyoka(home, "load", str(DOCUMENTS))
    answers = tmp_path / "answers.jsonl"
    answers.write_text(hyoka(home, "ask", "--batch", str(QUESTIONS), "--json").stdout, "utf-8")
    command = [sys.executable, str(SCORER), str(QUESTIONS), str(answers), str(DOCUMENTS), "--show"]
    report = subprocess.run(command, capture_output=True, text=True, encoding="utf-8").stdout
    figure = re.search(r"passed (\d+)/(\d+).*wrong or invented (\d+)\s*$", report)
    assert figure, report
    passed, asked, wrong = map(int, figure.groups())
    assert wrong == 0, report
    assert passed / asked >= MIN_SHARE, report

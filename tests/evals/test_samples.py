"""The question set over the samples: every question passes, through the command as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

from rag.catalog import Catalog
from tests.evals.conftest import QUESTIONS, hyoka
from tests.evals.scoring import faults, fold, read_questions


def test_every_question_passes(sample_home: Path) -> None:
    questions = read_questions(QUESTIONS)
    done = hyoka(sample_home, "ask", "--batch", str(QUESTIONS), "--json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == [question.question for question in questions]
    catalog = Catalog.open("", sample_home)
    sources = {v.document: fold(catalog.source(v.id)) for v in catalog.versions()}
    catalog.close()
    wrong = {q.question: found for q, a in zip(questions, answers, strict=True) if (found := faults(q, a, sources))}
    assert wrong == {}

"""What is measured on: the real assessments and their questions where they lie beside the project, else the samples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.evals.scoring import Question, read_questions

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents and questions; `answerable` leaves out those that must not be answered."""

    name: str
    documents: Path
    questions: tuple[Question, ...]

    @property
    def answerable(self) -> tuple[Question, ...]:
        """The questions that have an answer in the documents."""
        return tuple(question for question in self.questions if not question.abstain)


def corpus() -> Corpus:
    """The corpus at hand."""
    documents, questions = SHARED / "data" / "assessments", SHARED / "eval" / "questions.jsonl"
    if documents.is_dir() and questions.exists():
        return Corpus("real assessments", documents, tuple(read_questions(questions)))
    return Corpus("samples", ROOT / "samples", tuple(read_questions(ROOT / "tests" / "evals" / "questions.jsonl")))

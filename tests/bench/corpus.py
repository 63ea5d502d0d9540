"""What is measured on: the real assessments and their questions where they lie beside the project, else the samples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rag.evals.cases import Case, read_cases, shipped_cases

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents and questions; `answerable` leaves out those that must not be answered."""

    name: str
    documents: Path
    questions: tuple[Case, ...]

    @property
    def answerable(self) -> tuple[Case, ...]:
        """The questions that have an answer in the documents."""
        return tuple(question for question in self.questions if not question.abstain)


def corpus() -> Corpus:
    """The corpus at hand."""
    documents, questions = SHARED / "data" / "assessments", SHARED / "eval" / "questions.jsonl"
    if documents.is_dir() and questions.exists():
        return Corpus("real assessments", documents, tuple(read_cases(questions)))
    return Corpus("samples", ROOT / "samples", tuple(shipped_cases()))

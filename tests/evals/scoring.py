"""Judges answers to a question set: facts that must and must not stand there, sources, verbatim quotes.

A line of the set: id, type, question, must (one of each inner list must stand in text or rows), must_not, documents (to
be cited, and only these), section (part and number to be cited), abstain (nothing may be answered).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ANSWERING = ("answered", "partial")


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question set."""

    id: str
    type: str
    question: str
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    documents: tuple[str, ...]
    section: str
    abstain: bool


def read_questions(path: Path) -> list[Question]:
    """The questions of a file."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Question(
            id=line["id"],
            type=line["type"],
            question=line["question"],
            must=tuple(tuple(group) for group in line["must"]),
            must_not=tuple(line["must_not"]),
            documents=tuple(line["documents"]),
            section=line["section"],
            abstain=line["abstain"],
        )
        for line in lines
    ]


def fold(text: str) -> str:
    """NFKC without markup and white space: what two spellings of a passage share."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", re.sub(r"<[^>]*>", "", text)))


def said(answer: Mapping[str, Any]) -> str:
    """Text and rows of an answer, folded."""
    return fold(answer["answer"]) + fold(json.dumps(answer["rows"], ensure_ascii=False))


def has_facts(question: Question, folded: str) -> bool:
    """Whether each fact stands in the folded text."""
    return all(any(fold(one) in folded for one in group) for group in question.must)


def faults(question: Question, answer: Mapping[str, Any], sources: Mapping[str, str]) -> list[str]:
    """What falls short, nothing where the answer passes. `sources` are folded texts by document."""
    text = said(answer)
    found = [f"says {bad}" for bad in question.must_not if fold(bad) in text]
    answered = answer["status"] in ANSWERING
    if answered is question.abstain:
        found.append(f"status {answer['status']}")
    if question.abstain or not answered:
        return found
    found += ["lacks " + " | ".join(group) for group in question.must if not any(fold(one) in text for one in group)]
    return found + citing_faults(question, answer["citations"], sources)


def citing_faults(question: Question, citations: list[dict[str, Any]], sources: Mapping[str, str]) -> list[str]:
    """What is wrong with the citations of an answer."""
    found = [f"no such quote: {c['quote'][:40]}" for c in citations if not quoted(c, sources)]
    documents = {c["document"] for c in citations}
    if documents != set(question.documents):
        found.append(f"cites {sorted(documents)}")
    if question.section and question.section not in {c["section"].split(" ")[0] for c in citations}:
        found.append(f"does not cite {question.section}")
    return found


def quoted(citation: Mapping[str, Any], sources: Mapping[str, str]) -> bool:
    """Whether the quote stands verbatim in its document."""
    quote = fold(citation["quote"])
    return bool(quote) and quote in sources.get(citation["document"], "")

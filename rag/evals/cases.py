"""A question set: a file of JSON lines, read and checked before the first question is asked.

A line: `id`, `type`, `question`, or in its place `turns`, the questions of one conversation, whose last answer is
judged; `must` (one of each inner list must stand in text or rows), `must_not`; `documents` (to be cited, and only
these); `section` (part and item to be cited, alternatives split by " / "); `abstain` (nothing may be answered). Only
`question` or `turns` is needed. Other keys are notes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from rag.errors import BadQuestion

#: The set that ships; it asks about the documents of `samples/`.
SHIPPED = "questions.jsonl"
MAX_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what its answer must be like. `earlier`: the questions before it in one conversation."""

    id: str
    type: str
    question: str
    earlier: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    section: str = ""
    abstain: bool = False

    @property
    def settled(self) -> bool:
        """Whether it says what a right answer is; where not, a person has to complete it."""
        return self.abstain or bool(self.must)


Question = Annotated[str, Field(pattern=r"\S")]


class _Line(BaseModel):
    """The layout of a line."""

    model_config = ConfigDict(strict=True)

    id: str = ""
    type: str = ""
    question: Question = ""
    turns: list[Question] = []
    must: list[list[str]] = []
    must_not: list[str] = []
    documents: list[str] = []
    section: str = ""
    abstain: bool = False

    @model_validator(mode="after")
    def _asks_once(self) -> _Line:
        if bool(self.question) == bool(self.turns):
            raise ValueError("either question or turns")
        return self


def shipped_cases() -> list[Case]:
    """The question set that ships."""
    return parse_cases(SHIPPED, resources.files(__package__).joinpath(SHIPPED).read_bytes())


def read_cases(path: Path) -> list[Case]:
    """The question set of a file. Raises BadQuestion where it cannot be read, is empty or has faulty lines."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadQuestion(f"質問集 {path} を開けません。場所と権限を確かめてください。") from error
    return parse_cases(path.name, raw)


def parse_cases(name: str, raw: bytes) -> list[Case]:
    """The question set in the bytes of a file. Raises BadQuestion, which names the lines, as `read_cases`."""
    try:
        lines = raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise BadQuestion(f"質問集 {name} が UTF-8 ではありません。UTF-8 で保存し直してください。") from error
    cases: list[Case] = []
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cases.append(_case(_Line.model_validate(json.loads(line)), number))
        except (ValidationError, ValueError, RecursionError) as error:
            faults.append(f"{number}行目({_fault(error)})")
    if faults:
        more = f"、ほか{len(faults) - MAX_SHOWN}行" if len(faults) > MAX_SHOWN else ""
        raise BadQuestion(f"質問集 {name} に読めない行があります: {'、'.join(faults[:MAX_SHOWN])}{more}。")
    if not cases:
        raise BadQuestion(f'質問集 {name} が空です。一行に一つ {{"question": "…", "must": [["…"]]}} と書いてください。')
    return cases


def of_types(cases: Sequence[Case], types: Sequence[str]) -> list[Case]:
    """The cases of these types, all where none is named. Raises BadQuestion where a type has no case."""
    known = dict.fromkeys(case.type for case in cases)
    unknown = [name for name in types if name not in known]
    if unknown:
        raise BadQuestion(f"種類「{unknown[0]}」の質問はありません。この質問集の種類: {'、'.join(filter(None, known))}")
    return [case for case in cases if not types or case.type in types]


def expected_documents(cases: Sequence[Case]) -> Iterator[str]:
    """The documents that the cases ask about, each once."""
    yield from dict.fromkeys(document for case in cases for document in case.documents)


def _case(line: _Line, number: int) -> Case:
    *earlier, question = line.turns or [line.question]
    return Case(
        id=line.id or f"{number}行目",
        type=line.type,
        question=question,
        earlier=tuple(earlier),
        must=tuple(tuple(group) for group in line.must),
        must_not=tuple(line.must_not),
        documents=tuple(line.documents),
        section=line.section,
        abstain=line.abstain,
    )


def _fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        named = dict.fromkeys(str(e["loc"][0]) if e["loc"] else "question か turns" for e in error.errors())
        return f"{'、'.join(named)} の値が違う"
    return "JSON ではない"

"""Asks the cases of a set, one after the other, and judges each answer."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.answer import Answerer
from rag.catalog import Catalog
from rag.errors import BadQuestion, NotFound
from rag.evals.cases import Case, expected_documents
from rag.evals.meter import Meter, Tokens
from rag.evals.scoring import Judgement, SourceOf, fold, judge
from rag.types import Answer, Citation, Past, Status

#: Folded sources that are kept at once.
KEPT_SOURCES = 256

#: Called after each case with how many are done, of how many, and the case.
Progress = Callable[[int, int, Case], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case: its answer, the judgement, milliseconds and tokens."""

    case: Case
    answer: Answer
    judgement: Judgement
    ms: float
    tokens: Tokens


def run(cases: Sequence[Case], answerer: Answerer, meter: Meter | None, progress: Progress) -> Iterator[Result]:
    """The results in the order of the cases. `meter`: the model of the answerer, where it has one."""
    _warm(answerer, cases)
    source_of = sources_in(answerer.library.catalog)
    for number, case in enumerate(cases, 1):
        earlier = _conversation(answerer, case.earlier)
        if meter:
            meter.take()
        started = time.perf_counter()
        answer = _ask(answerer, case.question, earlier)
        ms = (time.perf_counter() - started) * 1000
        yield Result(case, answer, judge(case, answer, source_of), round(ms, 2), meter.take() if meter else Tokens())
        progress(number, len(cases), case)


def sources_in(catalog: Catalog) -> SourceOf:
    """Finds the folded source of a citation's version in a catalog."""

    @functools.lru_cache(KEPT_SOURCES)
    def source(version_id: int, document: str) -> str | None:
        try:
            known = catalog.version_by_id(version_id).document == document
            return fold(catalog.source(version_id)) if known else None
        except NotFound:
            return None

    def source_of(citation: Citation) -> str | None:
        return source(citation.version, citation.document)

    return source_of


def _warm(answerer: Answerer, cases: Sequence[Case]) -> None:
    """Loads what a running server has loaded: encoder, indexes, and the documents that the cases ask about."""
    library = answerer.library
    library.vectors.search(library.question_vector("準備"), 1)
    answerer.plan(cases[0].question)
    wanted = set(expected_documents(cases))
    for version in answerer.shelf.versions():
        if version.document in wanted:
            answerer.shelf.open(version)


def _conversation(answerer: Answerer, questions: Sequence[str]) -> list[Past]:
    """The earlier turns of a case, as they were answered."""
    past: list[Past] = []
    for question in questions:
        answer = _ask(answerer, question, past)
        past.append(Past(answer.interpreted or question, answer))
    return past


def _ask(answerer: Answerer, question: str, earlier: Sequence[Past]) -> Answer:
    """The answer; a question that is not taken is one that is refused."""
    try:
        return answerer.ask(question, earlier=earlier)
    except BadQuestion as error:
        return Answer(question, Status.REFUSED, str(error), composed_by="rules")

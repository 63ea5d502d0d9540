"""The steps from a question to its answer, in one visible list.

    guard → plan → scope → read → find → compose

Each step is Turn → Turn; the runner stops once a step has set the answer. Nothing here depends on a language model.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields, replace

from ingest.assessment import Record, Stated
from rag import compose, lacking, ways
from rag.bodies import Gazetteer
from rag.errors import BadQuestion
from rag.finding import Finding
from rag.guard import has_personal_number
from rag.library import Library
from rag.nearness import nearness_of
from rag.places import normal
from rag.question import Plan, Shape, make_plan
from rag.scope import Scope, find_scope
from rag.search import nearest_documents
from rag.shelf import Book, Shelf
from rag.suggest import suggestions
from rag.tokens import Words
from rag.types import Answer, Filters, Status, Version

#: More documents than this are not read sentence by sentence: search picks the ones to read.
READ_AT_MOST = 60
#: Kinds of record that answering looks up.
KINDS = ("covers", "systems", "files", "contracts", "provisions", "transfers", "changes")


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a question so far."""

    question: str
    filters: Filters
    plan: Plan | None = None
    scope: Scope | None = None
    books: tuple[Book, ...] = ()
    finding: Finding | None = None
    answer: Answer | None = None

    def known(self) -> tuple[Plan, Scope]:
        """Plan and scope, for the steps after those that set them."""
        assert self.plan is not None
        assert self.scope is not None
        return self.plan, self.scope


class Answerer:
    """Answers questions from a library. Safe to use from several threads."""

    def __init__(self, library: Library, *, max_question_chars: int = 2000) -> None:
        self.library = library
        self.max_question_chars = max_question_chars
        self.shelf = Shelf(library, KINDS)
        self.words = Words()
        self._lock = threading.Lock()
        self._gazetteer: tuple[tuple[str, ...], Gazetteer] | None = None
        self.steps: tuple[Callable[[Turn], Turn], ...] = (
            self.guard,
            self.understand,
            self.delimit,
            self.read,
            self.find,
            self.word,
        )

    def ask(self, question: str, filters: Filters | None = None) -> Answer:
        """The answer. Raises BadQuestion where the question is empty or longer than the limit."""
        turn = Turn(question, filters or Filters())
        for step in self.steps:
            turn = step(turn)
            if turn.answer is not None:
                return _noted(turn.answer, turn.filters)
        raise AssertionError("the last step always answers")

    # -- steps -------------------------------------------------------------------------------------------------

    def guard(self, turn: Turn) -> Turn:
        """Empty, endless and dangerous questions."""
        if not turn.question.strip():
            raise BadQuestion("質問が空です。知りたいことを入力してください。")
        length, limit = len(turn.question), self.max_question_chars
        if length > limit:
            raise BadQuestion(f"質問が長すぎます({length}文字)。{limit}文字以内にまとめてください。")
        if has_personal_number(turn.question):
            return replace(turn, answer=lacking.refused(turn.question))
        return turn

    def understand(self, turn: Turn) -> Turn:
        """Question → plan."""
        return replace(turn, plan=make_plan(turn.question, self.gazetteer(), self.words, self._stands_in_documents))

    def delimit(self, turn: Turn) -> Turn:
        """Plan → documents; or why there are none."""
        plan = turn.plan
        assert plan is not None
        scope = find_scope(plan, self.shelf, turn.filters)
        if scope.versions:
            return replace(turn, scope=scope)
        return replace(turn, scope=scope, answer=lacking.not_collected(plan, scope, self.shelf.versions()))

    def read(self, turn: Turn) -> Turn:
        """Opens the documents; where they are many, those that search finds nearest to the question."""
        plan, scope = turn.known()
        versions: Sequence[Version] = scope.versions
        if len(versions) > READ_AT_MOST and not plan.shapes & {Shape.WHICH, Shape.COUNT, Shape.LIST}:
            versions = self._nearest(turn.question, versions)
        return replace(turn, books=tuple(self.shelf.open(v) for v in versions))

    def find(self, turn: Turn) -> Turn:
        """The first way that finds something."""
        plan, scope = turn.known()
        plan = ways.without_duty(plan, turn.books)
        near = functools.cache(lambda: nearness_of(self.library, turn.question, turn.books))
        ask = ways.Ask(plan, turn.books, ways.namings_of(plan, turn.books), scope.narrowed, near)
        ask = _filtered(ask, turn.filters)
        finding = next((f for way in ways.WAYS if (f := way(ask)) is not None), None)
        if finding is not None and finding.status in {Status.UNREADABLE, Status.NOT_STATED}:
            finding = ways.beside(ask) or finding
        return replace(turn, finding=finding)

    def word(self, turn: Turn) -> Turn:
        """Finding → answer with verified citations."""
        plan, scope = turn.known()
        finding = turn.finding
        if finding is None:
            return replace(turn, answer=lacking.nothing_found(plan, scope, turn.books))
        if plan.missing:
            finding = lacking.beside(plan, finding)
        if plan.excluded:
            finding = lacking.left_out(plan, finding)
        finding = replace(finding, suggestions=suggestions(turn.question, finding, turn.books))
        books = {b.version.id: b for b in turn.books}
        answer = compose.compose(turn.question, plan.language, finding, lambda ref: books[ref.version.id])
        return replace(turn, answer=answer)

    # -- what the steps look up ----------------------------------------------------------------------------------

    def gazetteer(self) -> Gazetteer:
        """The municipalities of the current generation."""
        names = tuple(sorted({v.municipality for v in self.shelf.versions()}))
        with self._lock:
            if self._gazetteer is None or self._gazetteer[0] != names:
                self._gazetteer = (names, Gazetteer(names, self.words))
            return self._gazetteer[1]

    def _stands_in_documents(self, name: str) -> bool:
        """Whether a place name stands in a document: then it is no municipality that lacks here."""
        keys = [h.chunk for h in self.library.lexical.search(name, 8)]
        return any(name in normal(c.text) for c in self.library.catalog.chunks(keys))

    def _nearest(self, question: str, versions: Sequence[Version]) -> Sequence[Version]:
        by_id = {v.id: v for v in versions}
        found = nearest_documents(self.library, question, list(by_id), READ_AT_MOST)
        return [by_id[id] for id in found] or versions[:READ_AT_MOST]


def _filtered(ask: ways.Ask, filters: Filters) -> ways.Ask:
    """Only places, items and records of the parts that the person ticked."""
    if not filters.parts:
        return ask
    namings = tuple(n for n in ask.namings if n.place.part in filters.parts)
    return replace(ask, namings=namings, books=tuple(_part_of(book, filters.parts) for book in ask.books))


def _noted(answer: Answer, filters: Filters) -> Answer:
    """What is not found in the parts that were ticked may stand in the others: the answer says so."""
    if not filters.parts or answer.status not in {Status.NOT_STATED, Status.OUT_OF_SCOPE}:
        return answer
    note = f"選んだ章({'、'.join(filters.parts)})だけを調べました。ほかの章に記載があるかもしれません。"
    return replace(answer, answer=f"{answer.answer}\n\n{note}")


def _sources(record: Record) -> set[str]:
    """Keys of the items that a record is read from."""
    cells = (getattr(record, f.name) for f in fields(record))
    return {cell.item for cell in cells if isinstance(cell, Stated) and cell.item}


def _part_of(book: Book, parts: Collection[str]) -> Book:
    """A book with the items, passages and records of some parts only; it can be cited as before."""
    items = tuple(item for item in book.items if item.part in parts)
    keys = {item.key for item in items}
    records = {kind: tuple(r for r in rows if keys.issuperset(_sources(r))) for kind, rows in book.records.items()}
    passages = tuple(p for p in book.passages if p.item.key in keys)
    return replace(book, items=items, by_key={i.key: i for i in items}, passages=passages, records=records)

"""The steps from a question to its answer, in one visible list.

    guard → rewrite → understand → delimit → read → find → word → narrate → keep

Up to `word` each step is Turn → Turn; the runner goes on to `narrate` once a step has set the answer. Only `rewrite`,
`understand` and `narrate` ask the language model, where there is one; what it adds is checked, and dropped where the
documents do not bear it.
"""

from __future__ import annotations

import datetime as dt
import functools
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ingest.assessment import Record, Stated
from rag import compose, followup, lacking, narrate, proposal, ways
from rag.bodies import Gazetteer
from rag.errors import BadQuestion
from rag.events import Done, Event, Found, Understood
from rag.finding import Finding
from rag.guard import has_personal_number
from rag.library import Library
from rag.narrate import Narration
from rag.nearness import nearness_of
from rag.places import normal
from rag.ports import ChatModel
from rag.question import Plan, Shape, make_plan
from rag.scope import Scope, find_scope
from rag.search import nearest_documents
from rag.shelf import Book, Shelf
from rag.stop import Stop
from rag.suggest import suggestions
from rag.tokens import Words
from rag.types import Answer, Filters, Past, Status, Trace, Version

#: More documents than this are not read sentence by sentence: search picks the ones to read.
READ_AT_MOST = 60
#: Kinds of record that answering looks up.
KINDS = ("covers", "systems", "files", "contracts", "provisions", "transfers", "changes")

#: Takes the trace of an answer, the conversation that it belongs to and the turn whose place it takes ("" for none).
Keep = Callable[[Trace, str, str], None]


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a question so far: `asked` as it came, `question` as it is answered.

    prompts   name → hash of each prompt that was used
    """

    asked: str
    question: str
    filters: Filters
    earlier: tuple[Past, ...] = ()
    stop: Stop = field(default_factory=Stop)
    prompts: tuple[tuple[str, str], ...] = ()
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
    """Answers questions from a library. Safe to use from several threads.

    model   words the answers, where it is given
    keep    takes the trace of every answer but those that were refused
    """

    def __init__(
        self,
        library: Library,
        *,
        max_question_chars: int = 2000,
        model: ChatModel | None = None,
        keep: Keep | None = None,
    ) -> None:
        self.library = library
        self.max_question_chars = max_question_chars
        self.model = model
        self.shelf = Shelf(library, KINDS)
        self.words = Words()
        self._keep = keep
        self._lock = threading.Lock()
        self._gazetteer: tuple[tuple[str, ...], Gazetteer] | None = None
        self.steps: tuple[Callable[[Turn], Turn], ...] = (
            self.guard,
            self.rewrite,
            self.understand,
            self.delimit,
            self.read,
            self.find,
            self.word,
        )

    def ask(
        self, question: str, filters: Filters | None = None, *, conversation: str = "", earlier: Sequence[Past] = ()
    ) -> Answer:
        """The answer. Raises BadQuestion where the question is empty or longer than the limit."""
        events = self.stream(question, filters, conversation=conversation, earlier=earlier)
        return next(event.answer for event in events if isinstance(event, Done))

    def stream(
        self,
        question: str,
        filters: Filters | None = None,
        *,
        conversation: str = "",
        earlier: Sequence[Past] = (),
        stop: Stop | None = None,
        id: str = "",
        replaces: str = "",
    ) -> Iterator[Event]:
        """The answer while it is made (see `rag.events`). Raises BadQuestion as `ask`, before the first event.

        earlier   turns of the conversation before this one, oldest first
        stop      ends the model's part: what was verified by then does not count, the composed answer stands
        id        of the turn; made up where it is empty and the answer is kept
        replaces  the turn of the conversation that is answered anew
        """
        asked_at = dt.datetime.now(dt.UTC)
        id = id or (secrets.token_hex(8) if self._keep else "")
        clock = _Clock()
        turn = Turn(question, question, filters or Filters(), tuple(earlier), stop or Stop())
        for step in self.steps:
            turn = clock.timed(step, turn)
            if step == self.rewrite:
                yield Understood(id, turn.question, turn.question != turn.asked)
            if turn.answer is not None:
                break
        assert turn.answer is not None, "the last step always answers"
        refused = turn.answer.status is Status.REFUSED
        composed = replace(_noted(turn.answer, turn.filters), id="" if refused else id)
        if turn.question != turn.asked:
            composed = replace(composed, question=turn.asked, interpreted=turn.question)
        narration = Narration(composed)
        worded = self.model is not None and narrate.can_be_worded(composed)
        yield Found(composed, worded)
        if self.model is not None and worded:
            with clock.timing("narrate"):
                narration = yield from narrate.narrate(composed, self.gazetteer().names, self.model, self.words, turn.stop)
        trace = _trace(asked_at, turn, narration, clock.times)
        if self._keep is not None and not refused:
            self._keep(trace, conversation, replaces)
        yield Done(narration.answer, trace)

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

    def rewrite(self, turn: Turn) -> Turn:
        """A follow-up → the question that it stands for, with what the conversation had named."""
        if not turn.earlier:
            return turn
        rewritten = followup.rewrite(
            turn.question, turn.earlier, self.plan, self.shelf.versions(), self.model, turn.stop
        )
        return replace(turn, question=rewritten.question, prompts=turn.prompts + rewritten.prompts)

    def understand(self, turn: Turn) -> Turn:
        """Question → plan; where that names too little, with what the model proposes of the form's own terms."""
        plan = self.plan(turn.question)
        if self.model is None or not proposal.is_thin(plan):
            return replace(turn, plan=plan)
        proposed = proposal.propose(plan, self.plan, self.shelf.versions(), self.model, turn.stop)
        return replace(turn, plan=proposed.plan, prompts=turn.prompts + proposed.prompts)

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
        answer = compose.compose(turn.asked, plan.language, finding, lambda ref: books[ref.version.id])
        return replace(turn, answer=answer)

    # -- what the steps look up ----------------------------------------------------------------------------------

    def plan(self, question: str) -> Plan:
        """The plan of a question that stands alone, without a model."""
        return make_plan(question, self.gazetteer(), self.words, self._stands_in_documents)

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


class _Clock:
    """Milliseconds of each step."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}

    def timed(self, step: Callable[[Turn], Turn], turn: Turn) -> Turn:
        with self.timing(step.__name__):
            return step(turn)

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.times[name] = round((time.perf_counter() - started) * 1000, 2)


def _trace(asked_at: dt.datetime, turn: Turn, narration: Narration, times: dict[str, float]) -> Trace:
    return Trace(
        id=narration.answer.id,
        asked_at=asked_at,
        question=turn.asked,
        standing=turn.question,
        filters=turn.filters,
        answer=narration.answer,
        plan=_plan_facts(turn.plan) if turn.plan else {},
        evidence=narration.evidence,
        prompts=dict(turn.prompts + narration.prompts),
        timings_ms=times,
        verdicts=narration.verdicts,
    )


def _plan_facts(plan: Plan) -> dict[str, Any]:
    """What was understood of a question, as plain JSON."""
    return {
        "language": plan.language,
        "municipalities": list(plan.collected),
        "missing": list(plan.missing),
        "excluded": list(plan.excluded),
        "duties": [d.duty.name for d in plan.duties],
        "places": [n.place.id for n in plan.places],
        "shapes": sorted(plan.shapes),
        "terms": [t.surface for t in plan.terms],
        "as_of": plan.as_of.isoformat() if plan.as_of else "",
    }

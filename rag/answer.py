"""The steps from a question to its answer, in one visible list.

    guard → rewrite → understand → delimit → read → find → word → reconsider → narrate → keep

Up to `reconsider` each step is Turn → Turn; once a step has set the answer, the rest up to there is passed over. Only
`rewrite`, `reconsider` and `narrate` ask the language model, where there is one; what it adds is checked, and dropped
where the documents do not bear it.
"""

from __future__ import annotations

import datetime as dt
import functools
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rag import compose, followup, injection, lacking, narrate, parts, proposal, telling, ways
from rag.accounts.who import LOCAL
from rag.bodies import Gazetteer
from rag.errors import BadQuestion, StoreError
from rag.events import Done, Event, Found, Understood
from rag.guard import has_personal_number
from rag.library import Library
from rag.narrate import Narration
from rag.nearness import nearness_of
from rag.places import normal
from rag.ports import ChatModel
from rag.question import Plan, Shape, make_plan
from rag.scope import find_scope
from rag.search import nearest_documents
from rag.shelf import Shelf
from rag.stop import Stop
from rag.suggest import suggestions
from rag.tokens import Words
from rag.turn import Clock, Turn, trace_of
from rag.types import Answer, Filters, Past, Status, Trace, Version
from rag.wording import say

#: More documents than this are not read sentence by sentence: search picks the ones to read.
READ_AT_MOST = 60
#: Kinds of record that answering looks up.
KINDS = ("covers", "systems", "files", "contracts", "provisions", "transfers", "changes")

#: Takes the trace of an answer, the conversation that it belongs to, the turn whose place it takes ("" for none), and
#: the id of the person who asked.
Keep = Callable[[Trace, str, str, str], None]


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
        owner: str = LOCAL.id,
    ) -> Iterator[Event]:
        """The answer while it is made (see `rag.events`). Raises BadQuestion as `ask`, before the first event.

        earlier   turns of the conversation before this one, oldest first
        stop      ends the model's part: what was verified by then does not count, the composed answer stands
        id        of the turn; made up where it is empty and the answer is kept
        replaces  the turn of the conversation that is answered anew
        owner     the id of the person who asks
        """
        asked_at = dt.datetime.now(dt.UTC)
        id = id or (secrets.token_hex(8) if self._keep else "")
        clock = Clock()
        turn = Turn(question, question, filters or Filters(), tuple(earlier), stop or Stop())
        turn = clock.timed(self.guard, turn)
        if turn.answer is None:
            turn = clock.timed(self.rewrite, turn)
            yield Understood(id, turn.question, turn.question != turn.asked)
            turn = clock.timed(self.reconsider, self._through(turn, clock))
        assert turn.answer is not None, "the last step always answers"
        refused = turn.answer.status is Status.REFUSED
        composed = replace(parts.noted(turn.answer, turn.filters), id="" if refused else id)
        if turn.question != turn.asked:
            composed = replace(composed, question=turn.asked, interpreted=turn.question)
        composed, worded = self._may_be_worded(composed)
        narration = Narration(composed)
        yield Found(composed, worded)
        if self.model is not None and worded:
            with clock.timing("narrate"):
                narration = yield from narrate.narrate(
                    composed, self.gazetteer().names, self.model, self.words, turn.stop
                )
        trace = trace_of(asked_at, turn, narration, clock.times)
        if self._keep is not None and not refused:
            trace = _kept(self._keep, trace, conversation, replaces, owner)
        yield Done(trace.answer, trace)

    # -- steps -------------------------------------------------------------------------------------------------

    def guard(self, turn: Turn) -> Turn:
        """Empty, endless and dangerous questions; what is no question is left out of the others."""
        if not turn.question.strip():
            raise BadQuestion("質問が空です。知りたいことを入力してください。")
        length, limit = len(turn.question), self.max_question_chars
        if length > limit:
            raise BadQuestion(f"質問が長すぎます({length}文字)。{limit}文字以内にまとめてください。")
        if has_personal_number(turn.question) or has_personal_number(injection.visible(turn.question)):
            return replace(turn, answer=lacking.refused(turn.question))
        question = injection.question_in(turn.question, self._names_something)
        if not question:
            return replace(turn, answer=lacking.no_question(turn.question))
        return replace(turn, question=question)

    def rewrite(self, turn: Turn) -> Turn:
        """A follow-up → the question that it stands for, with what the conversation had named."""
        if not turn.earlier:
            return turn
        rewritten = followup.rewrite(
            turn.question, turn.earlier, self.plan, self.shelf.versions(), self.model, turn.stop
        )
        return replace(turn, question=rewritten.question, prompts=turn.prompts + rewritten.prompts)

    def understand(self, turn: Turn) -> Turn:
        """Question → plan."""
        return replace(turn, plan=self.plan(turn.question))

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
        ask = parts.narrowed(ask, turn.filters)
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

    def reconsider(self, turn: Turn) -> Turn:
        """A question without an answer, as the model proposes that it is meant (see `rag.proposal`)."""
        answer, plan = turn.answer, turn.plan
        if self.model is None or answer is None or plan is None or answer.status not in proposal.ASKED_AFTER:
            return turn
        meant = proposal.propose(plan, self.plan, self.shelf.versions(), self.model, self.words, turn.stop)
        turn = replace(turn, prompts=turn.prompts + meant.prompts)
        if meant.question:
            again = self._through(replace(turn, question=meant.question, finding=None, answer=None), Clock())
            if again.answer is not None and again.answer.status not in proposal.ASKED_AFTER:
                return again
        return replace(turn, answer=replace(answer, suggestions=answer.suggestions + meant.offers))

    def _through(self, turn: Turn, clock: Clock) -> Turn:
        """The turn after the steps that find its answer."""
        for step in self.steps:
            turn = clock.timed(step, turn)
            if turn.answer is not None:
                break
        return turn

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

    def _may_be_worded(self, composed: Answer) -> tuple[Answer, bool]:
        """Whether a model is to word the answer; where a document speaks to it, it is not, and the answer says so."""
        if self.model is None or not narrate.can_be_worded(composed):
            return composed, False
        if injection.told_by_documents(composed):
            return replace(composed, notice=telling.told_by_documents(composed.language)), False
        return composed, True

    def _names_something(self, text: str) -> bool:
        """Whether a text names a municipality, a duty or a place of the form."""
        plan = self.plan(text)
        return bool(plan.bodies or plan.duties or plan.places)

    def _nearest(self, question: str, versions: Sequence[Version]) -> Sequence[Version]:
        by_id = {v.id: v for v in versions}
        found = nearest_documents(self.library, question, list(by_id), READ_AT_MOST)
        return [by_id[id] for id in found] or versions[:READ_AT_MOST]


def _kept(keep: Keep, trace: Trace, conversation: str, replaces: str, owner: str) -> Trace:
    """Keeps the trace; where that fails, the answer says so and is not lost."""
    try:
        keep(trace, conversation, replaces, owner)
    except StoreError as error:
        answer = trace.answer
        failed = say(answer.language, f"この回答は記録に残せませんでした。{error}", "This answer could not be kept.")
        return replace(trace, answer=replace(answer, id="", notice=f"{answer.notice} {failed}".strip()))
    return trace

"""The steps from a question to its answer, in one visible list.

    guard → plan → scope → read → find → compose

Each step is Turn → Turn; the runner stops once a step has set the answer. Nothing here depends on a language model.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from rag import compose, ways
from rag.bodies import Gazetteer, listed
from rag.errors import BadQuestion
from rag.finding import Finding, Statement
from rag.guard import has_personal_number
from rag.library import Library
from rag.nearness import nearness_of
from rag.places import normal
from rag.question import Plan, Shape, make_plan
from rag.scope import Scope, find_scope
from rag.shelf import Book, Shelf
from rag.suggest import suggestions
from rag.tokens import Words
from rag.types import Answer, Coverage, Filters, Status, Version
from rag.wording import name, say

#: More documents than this are not read sentence by sentence: search picks the ones to read.
READ_AT_MOST = 60
#: Kinds of record that answering looks up.
KINDS = ("covers", "systems", "files", "contracts", "provisions", "transfers", "changes")

_WAYS: tuple[Callable[[ways.Ask], Finding | None], ...] = (
    ways.future,
    ways.referred,
    ways.past,
    ways.either,
    ways.superseded,
    ways.over_all,
    ways.compared,
    ways.incident,
    ways.records,
    ways.facts,
    ways.quotes,
    ways.once,
)


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


class Answerer:
    """Answers questions from a library. Safe to use from several threads."""

    def __init__(self, library: Library, *, max_question_chars: int = 2000) -> None:
        self.library = library
        self.max_question_chars = max_question_chars
        self.shelf = Shelf(library, KINDS)
        self.words = Words()
        self._lock = threading.Lock()
        self._gazetteer: tuple[tuple[str, ...], Gazetteer] | None = None
        self.steps: tuple[Callable[[Turn], Turn], ...] = (self.guard, self.understand, self.delimit, self.read, self.find, self.word)

    def ask(self, question: str, filters: Filters | None = None) -> Answer:
        """The answer. Raises BadQuestion where the question is empty or longer than the limit."""
        turn = Turn(question, filters or Filters())
        for step in self.steps:
            turn = step(turn)
            if turn.answer is not None:
                return turn.answer
        raise AssertionError("the last step always answers")

    # -- steps -------------------------------------------------------------------------------------------------

    def guard(self, turn: Turn) -> Turn:
        """Empty, endless and dangerous questions."""
        if not turn.question.strip():
            raise BadQuestion("質問が空です。知りたいことを入力してください。")
        if len(turn.question) > self.max_question_chars:
            raise BadQuestion(f"質問が長すぎます({len(turn.question)}文字)。{self.max_question_chars}文字以内にまとめてください。")
        if has_personal_number(turn.question):
            ja = "質問に個人番号(マイナンバー)と思われる12桁の数字が含まれているため、処理しませんでした。番号を除いて質問し直してください。質問は保存していません。"
            en = "The question seems to contain an Individual Number (個人番号), so it was not processed. Please ask again without the number."
            return replace(turn, answer=compose.plain_status(_masked(turn.question), "ja", Status.REFUSED, ja, en))
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
        return replace(turn, scope=scope, answer=self._not_collected(turn.question, plan, scope))

    def read(self, turn: Turn) -> Turn:
        """Opens the documents; where they are many, those that search finds nearest to the question."""
        assert turn.scope is not None and turn.plan is not None
        versions = turn.scope.versions
        if len(versions) > READ_AT_MOST and not ({Shape.WHICH, Shape.COUNT, Shape.LIST} & turn.plan.shapes):
            versions = self._nearest(turn.question, versions)
        return replace(turn, books=tuple(self.shelf.open(v) for v in versions))

    def find(self, turn: Turn) -> Turn:
        """The first way that finds something."""
        assert turn.plan is not None and turn.scope is not None
        near = functools.cache(lambda: nearness_of(self.library, turn.question, turn.books))
        plan = ways.without_duty(turn.plan, turn.books)
        ask = ways.Ask(plan, turn.books, ways.namings_of(plan, turn.books), turn.scope.narrowed, near)
        ask = _filtered(ask, turn.filters)
        finding = next((f for way in _WAYS if (f := way(ask)) is not None), None)
        if finding is not None and finding.status in {Status.UNREADABLE, Status.NOT_STATED}:
            finding = ways.beside(ask) or finding
        return replace(turn, finding=finding)

    def word(self, turn: Turn) -> Turn:
        """Finding → answer with verified citations."""
        assert turn.plan is not None and turn.scope is not None
        if turn.finding is None:
            return replace(turn, answer=self._nothing(turn))
        finding = turn.finding
        if turn.plan.missing:
            lacks = listed(turn.plan.missing)
            text = say(turn.plan.language, f"{lacks}の評価書は収録していません(未収載)。", f"{lacks}: not collected here (未収載).")
            status = Status.PARTIAL if finding.status is Status.ANSWERED else finding.status
            finding = replace(finding, status=status, statements=(*finding.statements, Statement(text)))
        finding = replace(finding, suggestions=suggestions(turn.question, finding, turn.books))
        books = {b.version.id: b for b in turn.books}
        answer = compose.compose(turn.question, turn.plan.language, finding, lambda ref: books[ref.version.id])
        return replace(turn, answer=answer)

    # -- helpers of the steps ----------------------------------------------------------------------------------

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

    def _nearest(self, question: str, versions: tuple[Version, ...]) -> tuple[Version, ...]:
        allowed = {v.document: v for v in versions}
        hits = self.library.lexical.search(question, 400)
        documents = dict.fromkeys(h.chunk.split("@")[0] for h in hits)
        return tuple(allowed[d] for d in documents if d in allowed)[:READ_AT_MOST]

    def _not_collected(self, question: str, plan: Plan, scope: Scope) -> Answer:
        versions = self.shelf.versions()
        considered = Coverage(len(versions), 0, 0)
        if not versions:
            ja = "評価書がまだ1件も収録されていません。`hyoka load フォルダ` で読み込んでください。"
            return compose.plain_status(question, plan.language, Status.NOT_COLLECTED, ja, "No assessment has been loaded yet. Load some with `hyoka load FOLDER`.", coverage=considered)
        near = "、".join(name(v) for v in scope.near[:8])
        if scope.lacking == "body":
            who = listed(plan.missing)
            cities = listed([v.municipality for v in versions][:20])
            ja = f"{who}の評価書は収録していません(未収載)。収録しているのは{cities}の{len(versions)}件です。" + (f"同じ種類の事務では{near}があります。" if near else "") + "答えるには、その評価書を読み込んでください。"
            en = f"No assessment of {who} is collected here (未収載). Collected: {cities} ({len(versions)})." + (f" Of the same kind of duty: {near}." if near else "")
        elif scope.lacking == "duty":
            who = listed(plan.collected)
            ja = f"{who + 'の' if who else ''}{scope.wanted_duty}に関する評価書は収録していません(未収載)。" + (f"{who + 'で' if who else ''}収録しているのは{near}です。" if near else "")
            en = f"No assessment of {scope.wanted_duty}{' of ' + who if who else ''} is collected here (未収載)." + (f" Collected: {near}." if near else "")
        else:
            ja, en = "絞り込みに当てはまる評価書がありません。自治体や事務の絞り込みを外してください。", "No assessment matches the filters."
        return compose.plain_status(question, plan.language, Status.NOT_COLLECTED, ja, en, coverage=considered)

    def _nothing(self, turn: Turn) -> Answer:
        plan, scope = turn.plan, turn.scope
        assert plan is not None and scope is not None
        coverage = Coverage(len(turn.books), 0, 0)
        if not scope.narrowed and not plan.places:
            ja = "評価書に書かれている事柄(委託先、保管場所、リスク対策、開示請求の窓口など)についてお尋ねください。この質問には、収録した評価書から答えられません。"
            en = "This cannot be answered from the collected assessments. Ask about what they contain: contractors, storage, risk measures, contact desks."
            return compose.plain_status(turn.question, plan.language, Status.OUT_OF_SCOPE, ja, en, coverage=coverage)
        who = "、".join(name(b.version) for b in turn.books[:4]) + ("ほか" if len(turn.books) > 4 else "")
        ja = f"{who}には、お尋ねの内容の記載がありません(記載なし)。評価書にない事柄は、担当部署または問合せ先(IV.2)に確認してください。"
        en = f"{who}: what you ask for is not stated there (記載なし). For matters outside the assessment, ask the desk named in IV.2."
        return compose.plain_status(turn.question, plan.language, Status.NOT_STATED, ja, en, coverage=coverage)


def _filtered(ask: ways.Ask, filters: Filters) -> ways.Ask:
    """Only places of the parts that the person ticked."""
    if not filters.parts:
        return ask
    return replace(ask, namings=tuple(n for n in ask.namings if n.place.part in filters.parts))


def _masked(question: str) -> str:
    return "".join("*" if c.isdigit() else c for c in question)

"""Each ask of an inquiry → its numbered part of the reply, from the documents that it is aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer import Answerer
from rag.reply.aims import Aim, not_here, other, other_duty
from rag.reply.cases import with_cases
from rag.reply.conflicts import conflicts
from rag.reply.desks import QUESTIONS, desk_at, tell_request
from rag.reply.elsewhere import ask_elsewhere, former_names, names_former
from rag.reply.heads import head_of
from rag.reply.inquiry import plain
from rag.reply.page import Page
from rag.reply.rows import tell_rows
from rag.reply.telling import tell
from rag.reply.topics import Topic, expression, topics
from rag.reply.types import Ask, Kind, Line, Part, Told
from rag.reply.voice import dated
from rag.shelf import Book
from rag.types import Past, Status, Version

#: For contradictions among rows, in the language they are told in.
_ROWS, _ROWS_EN = "委託先と再委託の有無は", "who are the contractors and is the work subcontracted"
#: Topics that are asked of one duty's data; of the others a second duty may be a source or a recipient.
_HANDLING = frozenset(
    {
        "contracts",
        "subcontract",
        "handlers",
        "supervision",
        "storage",
        "retention",
        "users",
        "access",
        "leak_prevention",
    }
)
_SAYS = (Status.ANSWERED, Status.PARTIAL)


@dataclass(frozen=True)
class Desking:
    """What answers the asks of one inquiry."""

    page: Page
    answerer: Answerer
    aim: Aim

    def parts(self, asks: Sequence[Ask]) -> tuple[Part, ...]:
        """One part for each ask, in order."""
        found: list[Part] = []
        judged = next((ask for ask in asks if ask.legal), None)
        earlier: list[Past] = []
        for ask in asks:
            elsewhere = self._elsewhere(ask) if ask.kind is Kind.QUESTION else None
            aim = elsewhere or self.aim
            told = self._over(aim, ask, earlier) if aim.versions else lacking(self.page, aim)
            missing = not_here(self.answerer, ask.sentence) if aim.versions and not elsewhere else ""
            if missing:
                line = self.page.line("not_collected_body", who=missing)
                told = Told((*told.lines, line), merged([told.status, Status.NOT_COLLECTED]))
            if ask.legal and aim.versions and (ask is judged or not told.lines):
                told = replace(told, lines=(*told.lines, self.page.line("legal")))
            twin = any(p.ask.text == ask.text for p in found) or sum(a.text == ask.text for a in asks) > 1
            former = any(names_former(ask.text, former_names(self.answerer.shelf.open(v))) for v in self.aim.versions)
            found.append(Part(ask, head_of(self.page.voice, ask, twin, former), told))
        return tuple(found)

    def _elsewhere(self, ask: Ask) -> Aim | None:
        """Other documents than the letter's, where an ask names another municipality or the data of another duty."""
        found = other(self.answerer, ask.sentence, self.aim)
        if found is None and self.aim.versions and ask.topic in _HANDLING:
            found = other_duty(self.answerer, ask.sentence, self.aim)
        return found

    def _over(self, aim: Aim, ask: Ask, earlier: list[Past]) -> Told:
        """What the documents say, each headed by its title and date."""
        told = []
        for version in aim.versions:
            book = self.answerer.shelf.open(version)
            one = self._by(book, ask, earlier)
            stated = not (ask.wish or ask.kind is Kind.COMPLAINT) and any("[" in line.text for line in one.lines)
            aside = ask.wish or ask.kind is Kind.COMPLAINT or not one.lines
            head = () if aside and len(aim.versions) == 1 else (heading(self.page, version, stated),)
            told.append(replace(one, lines=(*head, *_present(self.page, book, ask, one.lines))))
        lines = tuple(line for one in told for line in one.lines)
        return Told((*self._own(ask), *lines, *self._after(ask)), merged([one.status for one in told], ask))

    def _by(self, book: Book, ask: Ask, earlier: list[Past]) -> Told:
        """What one document says to an ask."""
        asked = plain(f"{ask.sentence}\n{ask.text}")
        if ask.wish:
            return tell_request(self.page, book, ask, asked)
        if ask.kind is Kind.COMPLAINT:
            return self._complaint(book)
        if ask.legal and not ask.topic:
            return Told((), Status.NOT_STATED)
        name = _topic_of(book, ask)
        if not name and (expression("points").search(ask.text) or expression("once").search(plain(ask.text))):
            return Told((self.page.line("not_stated"),), Status.NOT_STATED)
        topic = topics().get(name)
        if topic is None or topic.answerer:
            question = topic.answerer if topic else ask.text
            asked_there = ask_elsewhere(self.page, self.answerer, book, question, earlier, book.version.municipality)
            if asked_there.past is not None:
                earlier.append(asked_there.past)
            return asked_there.told
        told = self._topic(book, topic, asked)
        earlier.append(_past(self.answerer, topic))
        return self._with_company(book, ask, topic, told)

    def _topic(self, book: Book, topic: Topic, asked: str) -> Told:
        if topic.unstated:
            return Told((self.page.line("not_stated"),), Status.NOT_STATED)
        if not topic.rows:
            told = tell(self.page, book, topic, asked)
            if topic.name == "contact":
                return self._contact(book, told)
            told = replace(told, lines=(*told.lines, *conflicts(self.page, book, topic, told)))
            return with_cases(self.page, book, topic, told)
        english = self.page.voice.name == "en"
        plan = self.answerer.plan(_ROWS_EN if english else _ROWS)
        rows = tell_rows(self.page, book, topic.rows, asked, plan)
        points = [k for k in topic.lacks if k.asked.search(asked) and not k.found.search(_text(rows))]
        lines = [self.page.line("lacks", label=k.names[self.page.voice.name]) for k in points]
        if topic.places and rows.status in _SAYS:
            more = tell(self.page, book, topic, "")
            lines = [*(more.lines if more.status in _SAYS else ()), *lines]
        return Told((*rows.lines, *lines), Status.PARTIAL if points and rows.status in _SAYS else rows.status)

    def _contact(self, book: Book, told: Told) -> Told:
        """That the desk is quoted below, and how it takes questions, where that is stated."""
        if not desk_at(self.page, book, QUESTIONS).text:
            return told
        more = told.lines if told.status in _SAYS else ()
        return Told((self.page.line("contact_below"), *more), Status.ANSWERED)

    def _complaint(self, book: Book) -> Told:
        told = tell(self.page, book, topics()["contact"], "")
        return Told((self.page.line("complaint"), *(told.lines if told.status in _SAYS else ())), Status.ANSWERED)

    def _with_company(self, book: Book, ask: Ask, topic: Topic, told: Told) -> Told:
        """That a company which the resident names is none of the present contractors."""
        if topic.rows in {"contracts", "subcontract", "handlers"} and names_former(ask.sentence, former_names(book)):
            return replace(told, lines=(self.page.line("company_absent"), *told.lines))
        return told

    def _own(self, ask: Ask) -> tuple[Line, ...]:
        return (self.page.line("own"), self.page.line("own_about")) if ask.own else ()

    def _after(self, ask: Ask) -> tuple[Line, ...]:
        return (self.page.line("promise"),) if ask.promise else ()


def heading(page: Page, version: Version, stated: bool) -> Line:
    """`「…評価書」(令和8年2月3日公表)の内容は、次のとおりです。`; where nothing is cited, that it was looked at."""
    return page.line(
        "prefix" if stated else "looked",
        title=version.title,
        date=dated(page.voice, version),
        city=version.municipality,
    )


def lacking(page: Page, aim: Aim) -> Told:
    """That there is no document to answer from, and whom to ask."""
    if aim.lacking == "body":
        return Told((page.line("not_collected_body", who=aim.who),), Status.NOT_COLLECTED)
    if aim.lacking == "duty":
        line = page.line("not_collected_duty", who=aim.who, duty=aim.duty)
        return Told((Line(line.text.removeprefix("の")),), Status.NOT_COLLECTED)
    examples = "、".join(f"{v.municipality}の{v.duty}" for v in aim.near[:3])
    return Told((page.line("which_duty", examples=examples),), Status.OUT_OF_SCOPE)


def merged(statuses: Sequence[Status], ask: Ask | None = None) -> Status:
    """How several outcomes end together; what happened to one person is never fully answered."""
    kinds = set(statuses)
    if kinds == {Status.ANSWERED} and not (ask and (ask.own or ask.legal or ask.promise)):
        return Status.ANSWERED
    if kinds & set(_SAYS):
        return Status.PARTIAL
    order = (Status.UNREADABLE, Status.NOT_STATED, Status.NOT_COLLECTED, Status.OUT_OF_SCOPE)
    return next((s for s in order if s in kinds), Status.OUT_OF_SCOPE)


def _present(page: Page, book: Book, ask: Ask, lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without any that names a former contractor, unless the past is what was asked for."""
    names = former_names(book)
    if ask.topic == "former" or not names:
        return lines
    return [line for line in lines if not any(n in line.text for n in names)] or [page.line("not_stated")]


def _topic_of(book: Book, ask: Ask) -> str:
    """The topic of an ask; naming a contractor, present or past, asks who the contractors are."""
    if ask.topic in {"", "unstated"}:
        here = {i.text for i in book.items if i.part == "II" and i.number == "4" and i.sub == "③" and i.text}
        if names_former(ask.text, former_names(book) | frozenset(here)):
            return "contracts"
    return ask.topic or ("leak_prevention" if ask.promise else "")


def _text(told: Told) -> str:
    return "\n".join(line.text for line in told.lines)


def _past(answerer: Answerer, topic: Topic) -> Past:
    """A topic as an earlier question of the letter, for what follows it up."""
    from rag.types import Answer

    question = f"{topic.names['ja']}は"
    return Past(question, Answer(question, Status.ANSWERED, ""))

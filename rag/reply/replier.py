"""The steps from an inquiry to its reply, in one visible list.

    mask → sentences → asks → aim → parts → desks → letter

Nothing is kept, nothing logged; what leaves here holds tokens in place of personal data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answer import Answerer
from rag.errors import BadQuestion
from rag.reply import desks
from rag.reply.aims import Aim, aim_of, named
from rag.reply.answering import Desking, lacking, merged
from rag.reply.asks import asks_of
from rag.reply.inquiry import addressee, sentences
from rag.reply.letter import lay_out
from rag.reply.page import Page
from rag.reply.smoothing import Smoothed, smooth
from rag.reply.topics import topics
from rag.reply.types import Ask, Body, Desk, Kind, Length, Mask, MaskedLike, Part, Reply, Told, Variant
from rag.reply.voice import Voice
from rag.stop import Stop
from rag.types import Checked, Status, Version

#: A longer inquiry is no letter; the staff should paste the part that asks.
MAX_CHARS = 20_000
#: Asks beyond these are not answered one by one.
MAX_ASKS = 20
NUMBER = "個人番号"


class Replier:
    """Makes replies from a library. Safe to use from several threads.

    mask   replaces personal data by tokens (`rag.privacy`)
    """

    def __init__(self, answerer: Answerer, mask: Mask) -> None:
        self.answerer = answerer
        self.mask = mask

    def reply(
        self,
        text: str,
        *,
        variant: Variant = Variant.LETTER,
        length: Length = Length.NORMAL,
        document: str = "",
        stop: Stop | None = None,
    ) -> Reply:
        """The reply to an inquiry.

        document   the assessment that the staff chose, "" for the one it speaks of
        stop       ends the model's part: the composed paragraphs stand

        Raises BadQuestion where the inquiry is empty or too long, BadEntry where the document is not collected.
        """
        _refuse_wrong(text)
        masked = self.mask(text)
        asks = asks_of(sentences(masked.text))
        aim = self._aim(masked.text, asks, document)
        page = Page(Voice(variant.voice), length)
        smoothed = self._smoothed(page, self._parts(page, aim, asks), stop or Stop())
        parts = smoothed.parts
        wished = any(ask.wish for ask in asks)
        shown = self._desks(page, aim, wished)
        body = Body(
            parts=parts,
            desks=shown,
            citations=page.citations.all(),
            versions=aim.versions,
            addressee=addressee(masked.text),
            sender=self._sender(aim),
            city="" if "、" in aim.who else aim.who,
            numbered=any(f.kind == NUMBER for f in masked.found),
        )
        made = _reply(masked, asks, body, lay_out(page, body, variant), wished, variant, length, aim)
        model = self.answerer.model
        if model is None or not smoothed.checked.written:
            return made
        by = "model" if smoothed.worded else made.composed_by
        return replace(made, composed_by=by, model=model.card.name, checked=smoothed.checked, prompts=smoothed.prompts)

    def _aim(self, text: str, asks: Sequence[Ask], document: str) -> Aim:
        if document:
            return named(self.answerer, document)
        return aim_of(self.answerer, text, [ask.sentence for ask in asks])

    def _parts(self, page: Page, aim: Aim, asks: Sequence[Ask]) -> tuple[Part, ...]:
        if not asks:
            told = Told((page.line("no_question"),), Status.OUT_OF_SCOPE)
            return (Part(Ask(""), page.voice.say("subject"), told),)
        parts = Desking(page, self.answerer, aim).parts(asks[:MAX_ASKS])
        return parts if aim.versions else _told_once(page, aim, parts)

    def _smoothed(self, page: Page, parts: tuple[Part, ...], stop: Stop) -> Smoothed:
        """The parts in the model's words where there is a model; やさしい日本語 has its own, which stay."""
        if self.answerer.model is None or page.voice.name != "ja":
            return Smoothed(parts, Checked(0, 0))
        return smooth(parts, page.citations.all(), self.answerer, self.answerer.model, stop)

    def _desks(self, page: Page, aim: Aim, wished: bool) -> tuple[Desk, ...]:
        """The blocks that are quoted: where a request is made its desk first, then the one for questions."""
        versions = aim.versions or _of_same_city(aim)
        sections = (desks.REQUESTS, desks.QUESTIONS) if wished else (desks.QUESTIONS,)
        return tuple(desks.desk_at(page, self.answerer.shelf.open(v), s) for s in sections for v in versions)

    def _sender(self, aim: Aim) -> str:
        """The department of the document, where there is but one."""
        return desks.sender_of(self.answerer.shelf.open(aim.versions[0])) if len(aim.versions) == 1 else ""


def _refuse_wrong(text: str) -> None:
    if not text.strip():
        raise BadQuestion("問い合わせの文面が空です。住民からの手紙、メール、電話メモの文面を入れてください。")
    if len(text) > MAX_CHARS:
        raise BadQuestion(
            f"問い合わせの文面が長すぎます({len(text):,}文字)。{MAX_CHARS:,}文字以内の、お尋ねの部分だけにしてください。"
        )


def _of_same_city(aim: Aim) -> tuple[Version, ...]:
    """One document of the same municipality, whose desk may serve where the duty is not collected."""
    return aim.near if aim.lacking == "duty" and len(aim.near) == 1 else ()


def _told_once(page: Page, aim: Aim, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Where there is no document at all, that is told once, below the last of the asks."""
    told = lacking(page, aim)
    if _of_same_city(aim):
        told = Told((*told.lines, page.line("other_desk")), told.status)
    return tuple(Part(p.ask, p.head, told) for p in parts)


def _reply(
    masked: MaskedLike,
    asks: Sequence[Ask],
    body: Body,
    letter: str,
    wished: bool,
    variant: Variant,
    length: Length,
    aim: Aim,
) -> Reply:
    return Reply(
        masked=masked.text,
        found=tuple((f.kind, f.count) for f in masked.found),
        questions=_questions(asks, body),
        letter=letter,
        desk=desks.REQUESTS if wished else desks.QUESTIONS,
        citations=body.citations,
        status=merged([part.told.status for part in body.parts]),
        variant=variant,
        length=length,
        notice=_notice(asks, body, aim),
        documents=tuple(v.document for v in body.versions),
    )


def _questions(asks: Sequence[Ask], body: Body) -> tuple[str, ...]:
    """What was understood: in the resident's words, by topic where one sentence asks two things."""
    found: list[str] = []
    for part in body.parts:
        if part.ask.text and (part.ask.kind is not Kind.COMPLAINT or len(body.parts) == 1):
            topic = topics().get(part.ask.topic)
            about = topic.names["ja"] if topic else part.head
            found += [text if text not in found else f"{text}({about})" for text in part.ask.wordings]
    return tuple(found)


def _notice(asks: Sequence[Ask], body: Body, aim: Aim) -> str:
    """What the staff must look at before the reply is sent."""
    words = []
    if len(asks) > MAX_ASKS:
        words.append(f"お尋ねが{len(asks)}点あり、はじめの{MAX_ASKS}点だけに答えています。残りを別に入れてください。")
    if aim.versions and not body.sender:
        words.append("担当部署(I.6)が読み取れないか、評価書が複数あるため、差出人を書き入れてください。")
    if not body.addressee:
        words.append("宛名が文面から分からないため、書き入れてください。")
    if aim.lacking == "which":
        words.append("どの評価書についてのお尋ねか分かりません。評価書を指定して作り直せます。")
    if aim.lacking in {"body", "duty"}:
        words.append("収録していない評価書についてのお尋ねです。")
    if any(p.told.status is Status.UNREADABLE for p in body.parts):
        words.append("読み取れない欄があります。原本を確かめてください。")
    return "".join(words)

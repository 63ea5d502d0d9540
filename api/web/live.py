"""What an answer tells while it is made, as fragments of the page: each goes to its place by htmx.

Found brings the turn with everything but the text, each sentence the text so far, Done the turn as it stands.
"""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.errors import told_of
from api.markdown import MARKER, plain_text
from api.run import Asked
from api.services import Services
from api.sse import message
from api.web.listing import listing
from api.web.templating import fragment, render
from api.web.turn import TurnView, answer_turn, held_lines, lead, live_turn, text_so_far, worded_turn
from rag.events import Done, Event, Found, Said
from rag.types import Answer

UNFINISHED = (
    "文章にする途中で問題が起きました({})。記録と原文から組み立てた回答を示します。この回答は会話に残っていません。"
)


class Telling:
    """Puts the events of one answer as fragments."""

    def __init__(self, request: Request, services: Services, asked: Asked) -> None:
        self.request = request
        self.services = services
        self.asked = asked
        self.composed: Answer | None = None
        self.text = ""

    def finished(self, answer: Answer) -> HTMLResponse:
        """The response where no model words the answer: the whole turn at once."""
        return render(self.request, "step_part.html", self._last(answer, self.asked.replaces, 0))

    def told(self, event: Event) -> list[bytes]:
        """The messages of the stream for an event."""
        if isinstance(event, Found):
            self.composed = event.answer
            return [self._message(self._step(live_turn(event.answer, self.asked.conversation), self.asked.replaces))]
        if isinstance(event, Said) and self.composed is not None:
            self.text += joint(self.text, event.text) + event.text
            html = text_so_far(self.composed, self.text)
            said = {"id": self.asked.id, "html": html, "spoken": spoken(event.text)}
            return [message(fragment(self.request, "said_part.html", said))]
        if isinstance(event, Done):
            return [self._message(self._last(event.answer, self.asked.id, self._held()))]
        return []

    def failed(self, error: Exception) -> list[bytes]:
        """The last message where the stream broke: the composed answer, with what happened."""
        if self.composed is None:
            return []
        answer = replace(self.composed, id="", notice=UNFINISHED.format(told_of(error)[1].rstrip("。")))
        turn = worded_turn(answer, self.asked.conversation, self._held())
        return [self._message(self._step(turn, self.asked.id, spoken(answer.notice)))]

    def _held(self) -> int:
        return held_lines(self.composed) if self.composed else 0

    def _last(self, answer: Answer, place: str, held: int) -> dict[str, object]:
        """The turn as it stands, with the list of conversations where it is kept."""
        kept = bool(answer.id and self.asked.conversation)
        turn = (
            worded_turn(answer, self.asked.conversation, held) if held else answer_turn(answer, self.asked.conversation)
        )
        step = self._step(turn, place, spoken(lead(answer)) if answer.composed_by != "model" else "")
        return {**step, "listing": self._listing() if kept else None}

    def _step(self, turn: TurnView, place: str, words: str = "") -> dict[str, object]:
        return {
            "turn": turn,
            "place": place,
            # The same turn again changes where it differs; what has the focus keeps it.
            "swap": "outerMorph" if place == turn.id else "outerHTML",
            "asked": self.asked,
            "spoken": words,
            "listing": None,
            "latest": False,
        }

    def _listing(self) -> object:
        return listing(self.services.conversations, current=self.asked.conversation)

    def _message(self, context: dict[str, object]) -> bytes:
        return message(fragment(self.request, "step_part.html", context))


def joint(before: str, sentence: str) -> str:
    """What stands between two sentences: nothing in Japanese, a space before a Latin letter."""
    return " " if before.strip() and before[-1:].strip() and sentence[:1].isascii() and sentence[:1].strip() else ""


def spoken(text: str) -> str:
    """A text as it is read out: no marks of Markdown, no numbers of sources."""
    return " ".join(MARKER.sub("", plain_text(text)).split())

"""An answer in the shapes of OpenAI's Chat Completions: whole, or in pieces as server-sent events."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from api.errors import openai_fault, told_of
from api.message import write
from api.openai_schemas import (
    MODEL,
    AnnotationOut,
    ChoiceOut,
    CompletionOut,
    MessageOut,
    UrlCitationOut,
    UsageOut,
)
from api.schemas import AnswerOut
from api.sse import message
from api.web import links
from api.web.wording import cited_place
from rag.events import Done, Event, Found
from rag.types import Answer, Citation

END = message("[DONE]")


@dataclass(frozen=True, slots=True)
class Completion:
    """One response under way. `server`: the address that its pages begin with."""

    turn: str
    server: str
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def id(self) -> str:
        """Names the response; behind the prefix stands the id of the turn, as in the answer's trace."""
        return f"chatcmpl-{self.turn}"

    def whole(self, answer: Answer) -> CompletionOut:
        """The response at once."""
        content = write(answer, self.page_of)
        told = MessageOut(
            content=content,
            annotations=[self.annotation(cited, content) for cited in answer.citations],
            hyoka=AnswerOut.model_validate(answer.as_dict()),
        )
        return CompletionOut(id=self.id, created=self.created, choices=[ChoiceOut(message=told)])

    def page_of(self, cited: Citation) -> str:
        """The page of a citation's item; without the quote, for it stands beside it in the message."""
        return self.server + links.citation(replace(cited, quote=""))

    def annotation(self, cited: Citation, content: str) -> AnnotationOut:
        """A source with the first place in the message where its marker stands."""
        marker = f"[{cited.marker}]"
        start = content.index(marker)
        return AnnotationOut(
            url_citation=UrlCitationOut(
                url=self.server + links.citation(cited),
                title=f"{cited.document} {cited_place(cited)}",
                start_index=start,
                end_index=start + len(marker),
            )
        )


@dataclass(frozen=True, slots=True)
class Pieces:
    """The response as a stream. `with_usage`: a last piece has the usage, and the others say that they have none."""

    completion: Completion
    with_usage: bool

    def told(self, event: Event) -> list[bytes]:
        """The messages for an event: the role once the answer is composed, all the rest once it stands."""
        if isinstance(event, Found):
            return [self.piece({"role": "assistant", "content": ""})]
        if isinstance(event, Done):
            return list(self.rest(event.answer))
        return []

    def failed(self, error: Exception) -> list[bytes]:
        """The last message where the stream broke."""
        code, sentence = told_of(error)
        return [as_message(openai_fault(500, code, sentence, None)[1])]

    def rest(self, answer: Answer) -> Iterator[bytes]:
        """The text line by line, then its sources with the whole answer, the usage, the end."""
        whole = self.completion.whole(answer).choices[0].message
        for line in whole.content.splitlines(keepends=True):
            yield self.piece({"content": line})
        yield self.piece(whole.model_dump(mode="json", include={"annotations", "hyoka"}), finish="stop")
        if self.with_usage:
            yield as_message(self.head() | {"choices": [], "usage": UsageOut().model_dump()})
        yield END

    def piece(self, delta: dict[str, Any], finish: str | None = None) -> bytes:
        """One piece of the message."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return as_message(self.head() | {"choices": [choice]} | ({"usage": None} if self.with_usage else {}))

    def head(self) -> dict[str, Any]:
        """What every piece begins with."""
        return {
            "id": self.completion.id,
            "object": "chat.completion.chunk",
            "created": self.completion.created,
            "model": MODEL,
        }


def as_message(value: dict[str, Any]) -> bytes:
    """A value as a message of the stream."""
    return message(json.dumps(value, ensure_ascii=False))

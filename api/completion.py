"""An answer in the shapes of OpenAI's Chat Completions: whole, or in pieces as server-sent events."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from api.message import PageOf, write
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
from api.web.wording import cited_place
from rag.types import Answer, Citation

END = "data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Completion:
    """One response under way. `page_of`: the address of a citation's place on this server."""

    turn: str
    page_of: PageOf
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def id(self) -> str:
        """Names the response; behind the prefix stands the id of the turn, as in the answer's trace."""
        return f"chatcmpl-{self.turn}"

    def whole(self, answer: Answer) -> CompletionOut:
        """The response at once."""
        content = write(answer, self.page_of)
        message = MessageOut(
            content=content,
            annotations=[self.annotation(cited, content) for cited in answer.citations],
            hyoka=AnswerOut.model_validate(answer.as_dict()),
        )
        return CompletionOut(id=self.id, created=self.created, choices=[ChoiceOut(message=message)])

    def opening(self, with_usage: bool) -> str:
        """The first piece, which only says whose turn it is."""
        return self.piece({"role": "assistant", "content": ""}, with_usage)

    def pieces(self, answer: Answer, with_usage: bool) -> Iterator[str]:
        """The rest: the message line by line, then its sources with the whole answer, the usage, the end."""
        message = self.whole(answer).choices[0].message
        for line in message.content.splitlines(keepends=True):
            yield self.piece({"content": line}, with_usage)
        last = message.model_dump(mode="json", include={"annotations", "hyoka"})
        yield self.piece(last, with_usage, finish="stop")
        if with_usage:
            yield event(self.head() | {"choices": [], "usage": UsageOut().model_dump()})
        yield END

    def piece(self, delta: dict[str, Any], with_usage: bool, finish: str | None = None) -> str:
        """One piece of the message; where a piece with the usage is to come, the others say that they have none."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return event(self.head() | {"choices": [choice]} | ({"usage": None} if with_usage else {}))

    def head(self) -> dict[str, Any]:
        """What every piece begins with."""
        return {"id": self.id, "object": "chat.completion.chunk", "created": self.created, "model": MODEL}

    def annotation(self, cited: Citation, content: str) -> AnnotationOut:
        """A source with the first place in the message where its marker stands."""
        marker = f"[{cited.marker}]"
        start = content.index(marker)
        return AnnotationOut(
            url_citation=UrlCitationOut(
                url=self.page_of(cited),
                title=f"{cited.document} {cited_place(cited)}",
                start_index=start,
                end_index=start + len(marker),
            )
        )


def event(value: dict[str, Any]) -> str:
    """One server-sent event."""
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"

"""An answer as an object, inside the loop: in the best way that the server offers, validated strictly as a whole.

LangChain's own parsers complete JSON that was cut, so only its requests are used; the answer is read here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from prompts import Message, load
from rag.errors import ModelError
from rag.llm.concessions import is_conceded
from rag.llm.faults import Kind, kind_of, status_of
from rag.llm.line import Line
from rag.llm.telling import as_langchain
from rag.llm.thinking import without_thoughts
from rag.ports import Structure

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

#: Statuses by which servers say that they do not know a way of asking; some fail over it.
NOT_THIS_WAY = {400, 415, 422, 500, 501}
MALFORMED = "言語モデルの答えが求めた形ではありません。その答えは使いません。"


class Way(StrEnum):
    """How an object can be asked for, the surest first; the names are LangChain's, but for the last."""

    SCHEMA = "json_schema"
    TOOL = "function_calling"
    JSON = "json_mode"
    WORDS = "words"


#: Ways that need the schema in the prompt.
TOLD = {Way.JSON, Way.WORDS}


@dataclass
class Ways:
    """The ways that may work with a model; the first is taken. `proven`: it has worked."""

    left: list[Way] = field(default_factory=lambda: list(Way))
    proven: bool = False

    def drop(self, way: Way) -> None:
        """Takes the next way from now on. Raises ModelError where none is left, or this one has worked before."""
        if self.left[0] is not way:  # another request has found that out
            return
        if self.proven or way is Way.WORDS:
            raise ModelError(MALFORMED, retryable=True)
        del self.left[0]


async def shaped(line: Line, ways: Ways, messages: Sequence[Message], shape: type[Structure]) -> Structure:
    """The answer as an object of `shape`. Raises ModelError."""
    async with line.turn() as deadline:
        while True:
            way = ways.left[0]
            asking = Asking(line, way, ways.proven, messages, shape.model_json_schema())
            text = await line.tried(partial(asking.attempt, deadline), deadline)
            answer = read(text, shape)
            if answer is not None:
                ways.proven = ways.left[0] is way
                return answer
            if _body(text).startswith("{"):  # the way is right, the object wrong or cut
                raise ModelError(MALFORMED, retryable=True)
            ways.drop(way)


@dataclass(frozen=True, slots=True)
class Asking:
    """One object asked for in one way. `proven`: the server knows it."""

    line: Line
    way: Way
    proven: bool
    messages: Sequence[Message]
    schema: dict[str, Any]

    async def attempt(self, deadline: float) -> str:
        """JSON as the model wrote it; "" where the server knows no such way. Raises what the package raises."""
        try:
            async with asyncio.timeout_at(deadline):
                return _json_of(await self._ask())
        except Exception as error:
            if self._is_about_the_way(error):
                return ""
            raise

    async def _ask(self) -> AIMessage:
        chat: Any = self.line.chat
        messages = as_langchain(told(self.messages, self.schema) if self.way in TOLD else self.messages)
        if self.way is Way.WORDS:
            message: AIMessage = await chat.ainvoke(messages)
        else:
            asked = chat.with_structured_output(self.schema, method=self.way.value, include_raw=True)
            message = (await asked.ainvoke(messages))["raw"]
        return message

    def _is_about_the_way(self, error: Exception) -> bool:
        if self.proven or self.way is Way.WORDS or is_conceded(self.line.chat, error):
            return False
        return status_of(error) in NOT_THIS_WAY or kind_of(error) is Kind.OTHER


def told(messages: Sequence[Message], schema: dict[str, Any]) -> list[Message]:
    """The messages with the schema in the last of them, for models that are told of it in no other way."""
    request = load("json_answer").render({"schema": json.dumps(schema, ensure_ascii=False)})
    *before, last = messages
    return [*before, Message(last.role, "\n\n".join([last.text, *(message.text for message in request)]))]


def read(text: str, shape: type[Structure]) -> Structure | None:
    """The object that a whole text is; None where it is none, or more than one."""
    try:
        return shape.model_validate_json(_body(text), strict=True)
    except ValidationError:
        return None


def _body(text: str) -> str:
    """The text without the fence that may stand around the whole of it."""
    body = text.strip()
    if body.startswith("```") and body.endswith("```"):
        body = body.removeprefix("```").removeprefix("json").removesuffix("```").strip()
    return body


def _json_of(message: AIMessage) -> str:
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"], ensure_ascii=False)
    return without_thoughts(message.text)

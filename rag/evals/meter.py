"""A language model with a meter: passes every call on to the real one and counts the tokens that go in and come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prompts import Message
from rag.llm.limits import prompt_tokens, tokens_of
from rag.ports import ChatModel, Structure
from rag.stop import Stop
from rag.types import ModelCard


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of prompts and of answers, estimated from the texts."""

    prompt: int = 0
    answer: int = 0


class Meter:
    """A ChatModel around another. Not for several threads at once."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._counted = Tokens()

    @property
    def card(self) -> ModelCard:
        """The card of the model inside."""
        return self._model.card

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and answer may take together."""
        return self._model.context_tokens

    def stream(self, messages: Sequence[Message], stop: Stop) -> Iterator[str]:
        """As the model inside."""
        self._count(prompt=prompt_tokens(messages))
        said = []
        try:
            for piece in self._model.stream(messages, stop):
                said.append(piece)
                yield piece
        finally:
            self._count(answer=tokens_of("".join(said)))

    def structured(self, messages: Sequence[Message], shape: type[Structure], stop: Stop) -> Structure:
        """As the model inside."""
        self._count(prompt=prompt_tokens(messages))
        answer = self._model.structured(messages, shape, stop)
        self._count(answer=tokens_of(answer.model_dump_json()))
        return answer

    def close(self) -> None:
        """Closes the model inside."""
        self._model.close()

    def take(self) -> Tokens:
        """What was counted since it was last taken."""
        counted, self._counted = self._counted, Tokens()
        return counted

    def _count(self, prompt: int = 0, answer: int = 0) -> None:
        self._counted = Tokens(self._counted.prompt + prompt, self._counted.answer + answer)

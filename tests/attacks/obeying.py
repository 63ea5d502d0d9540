"""A language model that does what an attack asks for: it says its own instructions, a link, an invention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_type_hints

from pydantic import ValidationError

from prompts import Message
from rag.errors import ModelError
from rag.ports import Structure
from rag.stop import Stop
from rag.types import ModelCard, Reach


class ObeyingModel:
    """A ChatModel that says `text` to everything; `$system`, `$all` and `$spaced` are what it was told itself.

    said    what it has said, to tell whether it was asked at all
    heard   what it was told
    """

    context_tokens = 8192

    def __init__(self, text: str) -> None:
        self.card = ModelCard("obeying:model", Reach.MACHINE)
        self.said: list[str] = []
        self.heard: list[str] = []
        self._text = text

    def stream(self, messages: Sequence[Message], stop: Stop) -> Iterator[str]:
        """The text, a few characters at a time."""
        text = self._said(messages)
        yield from (text[start : start + 7] for start in range(0, len(text), 7))

    def structured(self, messages: Sequence[Message], shape: type[Structure], stop: Stop) -> Structure:
        """An object with the text wherever one may stand."""
        text = self._said(messages)
        hints = get_type_hints(shape)
        filled = {name: text if hints[name] is str else [text] for name in shape.model_fields}
        try:
            return shape.model_validate(filled)
        except ValidationError as error:
            raise ModelError("言語モデルの答えの形が正しくありません。") from error

    def close(self) -> None:
        """Nothing to let go of."""

    def _said(self, messages: Sequence[Message]) -> str:
        system = messages[0].text
        everything = "\n".join(m.text for m in messages)
        text = self._text.replace("$system", system).replace("$all", everything).replace("$spaced", " ".join(system))
        self.said.append(text)
        self.heard.append(everything)
        return text

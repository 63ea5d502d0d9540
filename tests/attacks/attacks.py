"""The attacks as they stand in questions.yaml and documents.yaml."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent


class QuestionAttack(BaseModel):
    """A hostile question; see questions.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    of: str
    asks: str
    repeats: str = ""
    times: int = 0
    ends: str | list[str]
    obeys: str = "承知しました。何でも答えます。"
    never: tuple[str, ...] = ()

    def question(self, harmless: str) -> str:
        """The hostile question around the harmless one."""
        return self.asks.replace("{}", harmless) + self.repeats * self.times


class DocumentAttack(BaseModel):
    """A hostile text in a document; see documents.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    at: str
    text: str
    replaces: bool = False
    hidden: bool = False
    obeys: str
    never: tuple[str, ...] = ()


class _Questions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    harmless: dict[str, str]
    attacks: list[QuestionAttack]


class _Documents(BaseModel):
    model_config = ConfigDict(extra="forbid")

    attacks: list[DocumentAttack]


_QUESTIONS = _Questions.model_validate(yaml.safe_load((FOLDER / "questions.yaml").read_text("utf-8")))
_DOCUMENTS = _Documents.model_validate(yaml.safe_load((FOLDER / "documents.yaml").read_text("utf-8")))

HARMLESS = _QUESTIONS.harmless
QUESTIONS = {attack.id: attack for attack in _QUESTIONS.attacks}
DOCUMENTS = {attack.id: attack for attack in _DOCUMENTS.attacks}

assert len(QUESTIONS) == len(_QUESTIONS.attacks), "two questions of one id"
assert len(DOCUMENTS) == len(_DOCUMENTS.attacks), "two documents of one id"

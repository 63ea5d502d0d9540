"""Prompts for language models, one YAML file each: purpose, variables, system and user text, examples.

Read strictly: unknown keys, undeclared and missing variables are errors. Text of documents and questions goes in
through `data`, which keeps it from closing the marks around it. The hash of a prompt is kept with each answer.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Role = Literal["system", "user", "assistant"]


class PromptError(Exception):
    """A prompt's file or its use is wrong: a fault of the program, not of its user."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a chat model."""

    role: Role
    text: str


class Example(BaseModel):
    """One exchange shown to the model before the real one; `user` is a text as the rendered one would be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user: str
    assistant: str


class _File(BaseModel):
    """The layout of a prompt's file. `variables`: name → what it holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str
    variables: dict[str, str]
    system: str
    user: str
    examples: list[Example] = []


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt. `hash` changes with every character of its file."""

    name: str
    hash: str
    purpose: str
    variables: tuple[str, ...]
    system: str
    user: str
    examples: tuple[Example, ...]

    def render(self, values: Mapping[str, str]) -> list[Message]:
        """The messages with the values put in. Raises PromptError where a variable lacks or is not declared."""
        if set(values) != set(self.variables):
            raise PromptError(f"{self.name}: variables {sorted(values)} instead of {sorted(self.variables)}")
        shown = [m for e in self.examples for m in (Message("user", e.user), Message("assistant", e.assistant))]
        fill = (Template(text).substitute(values).strip() for text in (self.system, self.user))
        system, user = fill
        return [Message("system", system), *shown, Message("user", user)]


@functools.cache
def load(name: str) -> Prompt:
    """The prompt of `prompts/NAME.yaml`. Raises PromptError where the file is missing or not as it must be."""
    try:
        raw = files(__package__).joinpath(f"{name}.yaml").read_bytes()
    except OSError as error:
        raise PromptError(f"{name}.yaml: {error}") from error
    return parse(name, raw)


def parse(name: str, raw: bytes) -> Prompt:
    """A prompt from the bytes of its file. Raises PromptError."""
    try:
        file = _File.model_validate(yaml.safe_load(raw))
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise PromptError(f"{name}.yaml: {error}") from error
    used = {v for text in (file.system, file.user) for v in _identifiers(name, text)}
    if used != set(file.variables):
        raise PromptError(f"{name}.yaml: uses {sorted(used)}, declares {sorted(file.variables)}")
    digest = hashlib.sha256(raw).hexdigest()[:12]
    return Prompt(name, digest, file.purpose, tuple(file.variables), file.system, file.user, tuple(file.examples))


def data(text: str) -> str:
    """Text that is no instruction: it cannot open or close the marks (<…>) that stand around it."""
    return text.replace("<", "\uff1c").replace(">", "\uff1e")


def _identifiers(name: str, text: str) -> list[str]:
    template = Template(text)
    if not template.is_valid():
        raise PromptError(f"{name}.yaml: a lone $ must be written $$")
    return template.get_identifiers()

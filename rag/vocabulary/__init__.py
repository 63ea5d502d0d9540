"""What people say for what the form says, as data: one YAML file a topic, checked when it is loaded.

`rag.question` and what it is made of (places, duties, options, shapes, terms, kinds of evidence) take their words from
here. All patterns are regular expressions on normalised text (NFKC, lower case).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


class VocabularyError(ValueError):
    """A file of the vocabulary is not what its reader expects; the message names the file and the entry."""


def load(topic: str, layout: type[T]) -> T:
    """The data of one topic (`places` for places.yaml) in its layout. Raises VocabularyError."""
    return parse(topic, resources.files(__name__).joinpath(f"{topic}.yaml").read_text(encoding="utf-8"), layout)


def parse(topic: str, text: str, layout: type[T]) -> T:
    """As `load`, from text."""
    try:
        data: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return TypeAdapter(layout).validate_python(data)
    except yaml.YAMLError as error:
        raise VocabularyError(f"{topic}.yaml is no YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " › ".join(str(step) for step in first["loc"])
        raise VocabularyError(f"{topic}.yaml, {where}: {first['msg']}") from error


def pattern(topic: str, entry: str, expressions: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches where any of the expressions does; of none, a pattern that never matches.

    Raises VocabularyError for an expression that cannot be compiled.
    """
    checked = []
    for expression in expressions:
        try:
            re.compile(expression)
        except re.error as error:
            raise VocabularyError(f"{topic}.yaml, {entry}: {expression!r} is no regular expression: {error}") from error
        checked.append(f"(?:{expression})")
    return re.compile("|".join(checked) or r"(?!)")

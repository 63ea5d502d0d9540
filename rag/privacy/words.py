"""The words around personal data, as data: rag/vocabulary/privacy.yaml in its layout."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag import vocabulary

TOPIC = "privacy"


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How the 個人番号 is called, what is said between its groups, digits read aloud → figures."""

    names: list[str]
    between: list[str]
    read_aloud: dict[str, str]


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """What names an office, what may stand between one and its telephone number, mail addresses of public bodies."""

    names: list[str]
    before_telephone: list[str]
    mail: list[str]


@dataclass(frozen=True, slots=True)
class NameWords:
    """What is said around people's names."""

    labels: list[str]
    family: list[str]
    roles: list[str]
    given: list[str]
    families: list[str]
    honorifics: list[str]
    not_people: list[str]
    never: list[str]


@dataclass(frozen=True, slots=True)
class PrivacyWords:
    """The layout of privacy.yaml."""

    personal_number: NumberWords
    numbers: dict[str, list[str]]
    telephone_labels: list[str]
    offices: OfficeWords
    names: NameWords


@functools.cache
def words() -> PrivacyWords:
    """The vocabulary, read once."""
    return vocabulary.load(TOPIC, PrivacyWords)


def any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all of them, letters of both cases."""
    return re.compile("|".join(f"(?:{e})" for e in expressions), re.IGNORECASE)

"""The sentences of a reply: plain Japanese, やさしい日本語, English (reply_voice.yaml, reply_labels.yaml)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from ingest.assessment import Item
from rag.places import places
from rag.types import Version
from rag.vocabulary import load

#: What stands in a document and would read as a marker of ours.
_MARKER = re.compile(r"\[(\d{1,4})\]")
_BLOCK_NUMBER = re.compile(r"(委託事項|提供先|移転先|システム|リスク)\d+")
_SIGNS = re.compile(r"^[①-⑳]|[※\s]+$|^[(（]別添\d[)）]\s*")


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the voices: ja, easy, en."""

    name: str

    def say(self, sentence: str, **values: object) -> str:
        """A sentence with its values."""
        return _sentences()[sentence][self.name].format(**values)

    def label(self, place: str) -> str:
        """What a place of the form is called; its own label where the vocabulary has none."""
        entry = _labels().get(place)
        if entry is not None:
            return entry[self.name]
        known = places().get(place)
        return known.label if known and known.label else place

    def label_of(self, item: Item) -> str:
        """What the place of an item is called."""
        section = item.section
        for known in (section, _BLOCK_NUMBER.sub(r"\1", section), item.part):
            if known in _labels():
                return str(_labels()[known][self.name])
        return _SIGNS.sub("", _SIGNS.sub("", item.label)) or section


class Easy(BaseModel):
    """reply_easy.yaml: readings of key words, and what is explained."""

    model_config = ConfigDict(extra="forbid")

    readings: dict[str, str]
    terms: dict[str, str]


@functools.cache
def easy() -> Easy:
    """The vocabulary of やさしい日本語."""
    return load("reply_easy", Easy)


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def dated(voice: Voice, version: Version) -> str:
    """The date of publication as printed; in English with the Western one before it."""
    day = version.published_on
    if voice.name != "en" or day is None:
        return version.published
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}, {version.published}"


def quote(text: str) -> str:
    """A document's text inside 「」: on one line, nothing in it looking like a marker or closing the quote early."""
    flat = " ".join(text.split())
    return _MARKER.sub(r"［\1］", flat)


@functools.cache
def _sentences() -> dict[str, dict[str, str]]:
    return load("reply_voice", dict[str, dict[str, str]])


@functools.cache
def _labels() -> dict[str, dict[str, str]]:
    return load("reply_labels", dict[str, dict[str, str]])

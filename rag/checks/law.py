"""番号法 as far as assessments cite it: which law a citation belongs to, and the entry of its table for a duty."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from ingest.labels import fold

#: The law itself, however it is written, and whatever else may have tables and articles of its own.
_LAW = re.compile(r"番号(?:利用)?法|識別するための番号の利用等に関する法律")
_OTHER = re.compile(r"条例|規則|命令|省令|政令|要綱|要領")
#: A citation belongs to the law named last before it in the same sentence or entry of a list.
_PIECES = re.compile(r"\n|(?<=。)|(?:(?<=\s)|^)(?=・)")
#: 別表の27の項, 別表24の項; also the further numbers of 別表の27の項及び52の項.
_ENTRY = re.compile(r"別表(?:の)?(?:第)?(\d{1,3}(?:の\d)?)の?項")
_FURTHER = re.compile(r"(?:、|及び|並びに|・)(\d{1,3}(?:の\d)?)の?項")


class Entry(BaseModel):
    """One entry of 別表: its number, the law it rests on, the duties that cite it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: str
    law: str
    words: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A place where a text cites: `printed` is NFKC without blanks, `piece` the sentence as the document has it."""

    printed: str
    piece: str
    owner: str  # law | other | ""


def citations(text: str, pattern: re.Pattern[str]) -> Iterator[Cited]:
    """What a pattern finds in a text (NFKC, blanks kept), each with the law it belongs to."""
    for piece in _PIECES.split(text):
        normal = unicodedata.normalize("NFKC", piece)
        for match in pattern.finditer(normal):
            yield Cited(fold(match[0]), piece.strip(), _owner(normal[: match.start()]))


def _owner(before: str) -> str:
    law = max((m.end() for m in _LAW.finditer(before)), default=-1)
    other = max((m.end() for m in _OTHER.finditer(before)), default=-1)
    return "" if law == other else "law" if law > other else "other"


@functools.cache
def table() -> tuple[Entry, ...]:
    """The entries of 別表 that are known here."""
    text = resources.files(__package__).joinpath("law.yaml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[Entry, ...]).validate_python(yaml.safe_load(text))


def entries_for(duty: str) -> tuple[Entry, ...]:
    """The entries that the name of a duty tells; empty where it tells none."""
    name = unicodedata.normalize("NFKC", duty)
    return tuple(e for e in table() if any(re.search(word, name) for word in e.words))


def entry_numbers(text: str) -> tuple[str, ...]:
    """The numbers of 別表 that a text cites from 番号法, in today's form (別表の27の項)."""
    found: list[str] = []
    for piece in _PIECES.split(text):
        folded = fold(piece)
        for match in _ENTRY.finditer(folded):
            if _owner(folded[: match.start()]) != "other":
                found += [match[1], *_FURTHER.findall(_own(folded[match.end() :]))]
    return tuple(dict.fromkeys(found))


def _own(rest: str) -> str:
    """What follows a citation, without what stands in parentheses and up to another law's table."""
    bare = re.sub(r"[(（][^()（）]*[)）]", "", rest)
    return re.split(r"条例|別表", bare)[0]

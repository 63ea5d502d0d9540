"""Names of people in a folded text: by the dictionary, by what is said around them, and again wherever they recur."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rag.privacy import introduced, signed
from rag.privacy.folding import Span
from rag.privacy.people import given_behind, other_words_as_names, people, stays
from rag.privacy.reading import Reading, is_person, read

#: A shorter name is too often part of another word.
_MIN_RECURRING = 2


def names(text: str) -> list[Span]:
    """Where people are named; spans may overlap."""
    reading = read(text)
    found = [
        *people(reading),
        *other_words_as_names(reading),
        *((start, given_behind(reading, end)) for start, end in introduced.labelled_names(reading)),
        *introduced.introductions(reading),
        *introduced.pairs(reading),
        *introduced.relatives(reading),
        *signed.signatures(reading),
        *signed.english_names(reading),
    ]
    found += signed.furigana(reading, found)
    return [*found, *_again(reading, found)]


def _again(reading: Reading, found: Iterable[Span]) -> Iterator[Span]:
    """Other places of the names and of their parts, no word of the language cut in two."""
    said = {part for span in found for part in _parts(reading, span)}
    edges = {m.start for m in reading.morphemes}, {m.end for m in reading.morphemes}
    for part in sorted(said):
        blanks = r"\s?".join(map(re.escape, re.sub(r"\s", "", part))) if not part.isascii() else re.escape(part)
        for match in re.finditer(rf"\b{blanks}\b" if part.isascii() else blanks, reading.text):
            whole = match.start() in edges[0] and match.end() in edges[1]
            if whole and not stays(reading.text, match.span()):
                yield match.span()


def _parts(reading: Reading, span: Span) -> Iterator[str]:
    """A name, its parts between blanks, and its family and given name."""
    name = reading.text[span[0] : span[1]]
    pieces = [name, *re.split(r"[ ・=,]+", name), *(m.surface for m in reading.within(span) if is_person(m))]
    for piece in pieces:
        if len(piece) >= _MIN_RECURRING and (len(piece) >= 3 or not piece.isascii()):
            yield piece.strip()

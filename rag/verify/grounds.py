"""A composed answer → what each of its citations bears: the quote, the line that cites it, its row, its document."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from rag.places import normal
from rag.tokens import Words
from rag.types import Answer, Citation, Row
from rag.verify.facts import canonical, dates, folded, plain, quotations
from rag.verify.reading import Clause, cases, clauses

_MARKERS = re.compile(r"\[(\d{1,4})\]")
_HISTORY = re.compile(r"別添[23](?:\s|$)")
_QUOTED = re.compile(r"「([^「」]+)」")
_MARKUP = re.compile(r"^\s*(?:[-*]\s+|#+\s+)|\*\*")
#: A line that only heads those below it: a retelling says itself whose evidence it tells.
_HEADING = re.compile(r"\*\*[^*]+\*\*|#+ .*|[^。]*[:：]")
#: Headings of a row that tell what was before a change, and what after it.
BEFORE, AFTER = "変更前", "変更後"


@dataclass(frozen=True)
class Ground:
    """What one citation bears. `lines`: those of the composed answer that cite it, without markers."""

    citation: Citation
    lines: tuple[str, ...]
    row: Row | None
    words: Words

    @property
    def history(self) -> bool:
        """Whether it is a change: true of the past, not of today."""
        return _HISTORY.match(self.citation.section) is not None

    @functools.cached_property
    def said(self) -> str:
        """Everything that it says, one text a line."""
        cells = (f"{heading}: {value}" for heading, value in self.row.cells) if self.row else ()
        return "\n".join((self.citation.quote, *self.lines, *cells))

    @functools.cached_property
    def about(self) -> str:
        """What it is taken from: municipality, title, place in the form, date of publication."""
        c = self.citation
        return "\n".join((c.municipality, c.title, c.section, c.label, c.document, c.published))

    @functools.cached_property
    def text(self) -> str:
        """All of it, folded."""
        return folded(self.said) + "\n" + folded(self.about)

    @functools.cached_property
    def numbers(self) -> str:
        """All of it for looking up numbers."""
        return canonical(self.said) + "\n" + canonical(self.about)

    @functools.cached_property
    def days(self) -> frozenset[object]:
        """The days that it names."""
        return frozenset(day for text in (self.said, self.about) for _, day in dates(text) if day)

    @functools.cached_property
    def claims(self) -> tuple[Clause, ...]:
        """What it claims, read: quote and values, without the labels and headings that only ask."""
        values = (value for _, value in self.row.cells) if self.row else ()
        quoted = (q for line in self.lines for q in quotations(line))
        return tuple(clauses("\n".join((self.citation.quote, *values, *quoted)), self.words))

    @functools.cached_property
    def cases(self) -> tuple[tuple[str, str], ...]:
        """Runs of nouns with the particle behind them, as it says them."""
        return tuple(cases(plain(self.said), self.words))

    @functools.cached_property
    def normals(self) -> frozenset[str]:
        """Normal forms of all its words."""
        found = set(self.words(self.said)) | set(self.words(self.about))
        return frozenset(folded(word) for word in found) | {n for c in self.claims for n in c.content}

    def has(self, surface: str, normal_form: str) -> bool:
        """Whether a word, folded, stands in it."""
        return (len(surface) > 1 and surface in self.text) or normal_form in self.normals or surface in self.normals


@dataclass(frozen=True)
class Grounds:
    """All evidence of an answer.

    lead, tail   the lines of the composed answer that cite nothing: true of all of it, they stay as they are
    cited        the lines that cite, without markup, with markers
    """

    answer: Answer
    by_token: dict[int, Ground]
    lead: tuple[str, ...]
    cited: tuple[str, ...]
    tail: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """The lines that cite; a row that none of them tells is a line of its own."""
        told = {int(n) for line in self.cited for n in _MARKERS.findall(line)}
        return [*self.cited, *(_line_of(row) for row in self.answer.rows if row.marker not in told)]

    @functools.cached_property
    def uncited(self) -> str:
        """The lines that cite nothing, folded."""
        return folded("\n".join((*self.lead, *self.tail)))

    @property
    def documents(self) -> frozenset[str]:
        """The documents that are cited."""
        return frozenset(g.citation.document for g in self.by_token.values())

    @property
    def bodies(self) -> frozenset[str]:
        """The municipalities that are cited."""
        return frozenset(g.citation.municipality for g in self.by_token.values())

    def read(self) -> None:
        """Reads all evidence now, so that the first sentence need not wait for it."""
        for ground in self.by_token.values():
            _ = ground.claims, ground.cases, ground.normals, ground.numbers, ground.days, ground.text


def parted(answer: Answer) -> tuple[list[str], list[str], list[str]]:
    """The lines of a composed answer that cite, with those that cite nothing before and after; no headings."""
    lead: list[str] = []
    cited: list[str] = []
    tail: list[str] = []
    for line in answer.answer.splitlines():
        if _MARKERS.search(line):
            cited.append(line)
        elif line.strip() and not _HEADING.fullmatch(line.strip()):
            (tail if cited else lead).append(line)
    return lead, cited, tail


def grounds_of(answer: Answer, words: Words) -> Grounds:
    """The evidence of a composed answer."""
    lead, cited, tail = parted(answer)
    by_token = {c.marker: Ground(c, _lines_of(c, cited), _row_of(c.marker, answer), words) for c in answer.citations}
    kept = {m: g for m, g in by_token.items() if g.lines or g.row}
    return Grounds(answer, kept, tuple(lead), tuple(_clean(line) for line in cited), tuple(tail))


def _lines_of(citation: Citation, lines: list[str]) -> tuple[str, ...]:
    """The lines that cite it; of one that quotes several things for several citations only what is its own."""
    found = []
    for line in lines:
        markers = _MARKERS.findall(line)
        if str(citation.marker) in markers:
            shared = len(markers) > 1 and len(_QUOTED.findall(line)) > 1
            found.append(_MARKERS.sub("", _clean(_own(line, citation) if shared else line)))
    return tuple(found)


def _own(line: str, citation: Citation) -> str:
    quote = folded(citation.quote)
    return _QUOTED.sub(lambda m: m[0] if folded(m[1]) in quote or quote in folded(m[1]) else " ", line)


def _line_of(row: Row) -> str:
    return "、".join(f"{heading}「{value}」" for heading, value in row.cells if value) + f"[{row.marker}]"


def _row_of(marker: int, answer: Answer) -> Row | None:
    return next((row for row in answer.rows if row.marker == marker), None)


def _clean(line: str) -> str:
    return _MARKUP.sub("", line).strip()


def municipalities_in(text: str, known: frozenset[str]) -> list[str]:
    """Those of the known municipalities that a text names."""
    folded = normal(text)
    return [name for name in known if normal(name) in folded]

"""The value types that travel between the modules of `rag` and out to `api`. No I/O.

An `Answer` is the same from the command line, over HTTP and in the page (`as_dict` gives its JSON form).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a question ended. Each is a value with its own wording and next step; none is an exception."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_COLLECTED = "not_collected"
    NOT_STATED = "not_stated"
    UNREADABLE = "unreadable"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the form and a verbatim quote of it. `item` is the key of the item in its version."""

    marker: int
    document: str
    municipality: str
    title: str
    section: str
    label: str
    published: str
    quote: str
    page: int | None = None
    item: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a complete list. `cells` are (heading, value) in the table's order; `marker` is its citation."""

    document: str
    cells: tuple[tuple[str, str], ...]
    marker: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The denominator: documents looked at, those that match, those whose place is lost or unreadable."""

    considered: int = 0
    matched: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one sentence that a model wrote. `reason`: what its evidence does not bear; "" where kept."""

    sentence: str
    kept: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """How many sentences a model wrote, and how many of them were verified and are shown."""

    written: int
    verified: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question; `answer` is Markdown with markers like [1].

    id           names the turn: its trace, its place in a conversation
    interpreted  the standing question that was answered, where it differs from the one asked
    composed_by  records | quotes | rules | model
    model        the model that was asked to word the answer, also where its words were not shown
    checked      of a model's sentences; None where none was asked
    notice       a word on what happened where a model's words are not shown, or not all of them
    """

    question: str
    status: Status
    answer: str
    rows: tuple[Row, ...] = ()
    citations: tuple[Citation, ...] = ()
    coverage: Coverage = Coverage()
    composed_by: str = "records"
    model: str | None = None
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    language: str = "ja"
    id: str = ""
    interpreted: str = ""
    checked: Checked | None = None
    notice: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form of the contract in the README."""
        return {
            "question": self.question,
            "status": self.status.value,
            "answer": self.answer,
            "rows": [{"document": r.document, **dict(r.cells), "marker": r.marker} for r in self.rows],
            "citations": [
                {
                    "marker": c.marker,
                    "document": c.document,
                    "municipality": c.municipality,
                    "title": c.title,
                    "section": c.section,
                    "label": c.label,
                    "published": c.published,
                    "page": c.page,
                    "quote": c.quote,
                    "item": c.item,
                    "version": c.version,
                }
                for c in self.citations
            ],
            "coverage": {
                "considered": self.coverage.considered,
                "matched": self.coverage.matched,
                "unreadable": self.coverage.unreadable,
            },
            "composed_by": self.composed_by,
            "model": self.model,
            "warnings": list(self.warnings),
            "suggestions": list(self.suggestions),
            "id": self.id,
            "interpreted": self.interpreted,
            "checked": {"written": self.checked.written, "verified": self.checked.verified} if self.checked else None,
            "notice": self.notice,
        }


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an assessment in the catalog, without its text.

    `current` is True for the version that answers. `published_on` orders versions; None sorts first.
    """

    id: int
    document: str
    municipality: str
    prefecture: str
    body: str
    number: str
    title: str
    duty: str
    form: str
    published: str
    published_on: dt.date | None
    current: bool
    abridged_from: str
    source_name: str
    content_hash: str
    loaded_at: dt.datetime
    items: int = 0
    gaps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What the person narrowed the question to; empty means everything. `parts` are I … V, 別添2 …"""

    municipalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Reach(StrEnum):
    """How far a question and its evidence travel to reach the model."""

    MACHINE = "machine"  # a loopback address
    NETWORK = "network"  # a server of one's own, by an address that was set
    OUTSIDE = "outside"  # a service of the provider's


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Which model words the answers: `name` as set (ollama:qwen3:8b), and the `host` that it is reached at."""

    name: str
    reach: Reach
    host: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier turn of the conversation, as far as a follow-up needs it: the standing question and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Trace:
    """All that led to an answer. Everything in it is plain JSON but for `answer` and `filters`.

    plan        what was understood: municipalities, duties, places, shapes, language
    evidence    what the model was shown: token, place, quote (with document and section); empty where none was asked
    prompts     name → hash of each prompt that was used
    timings_ms  step → milliseconds
    """

    id: str
    asked_at: dt.datetime
    question: str
    standing: str
    filters: Filters
    answer: Answer
    plan: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[dict[str, str], ...] = ()
    prompts: dict[str, str] = field(default_factory=dict)
    timings_ms: dict[str, float] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found by search. `score`: higher is better, comparable within one search only."""

    chunk: str
    score: float


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """One line of a load report: what became of one file, in `outcome`; `message` is Japanese."""

    name: str
    outcome: str  # added | replaced | unchanged | older | superseded | failed
    document: str = ""
    published: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What `Library.load` did, file by file, in the order given."""

    files: tuple[LoadedFile, ...] = field(default=())

    @property
    def failed(self) -> bool:
        """True where at least one file could not be taken in."""
        return any(f.outcome == "failed" for f in self.files)

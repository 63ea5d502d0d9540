"""A sentence → its clauses that belong together, each with the topics that it names.

A sentence is cut where its topics change: どこに保管していて、誰が見るのか are two questions, though one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.reply.inquiry import plain
from rag.reply.topics import expression, topics

#: Where a sentence may be cut.
_CUTS = re.compile(
    r"(?<=[、,，;；?])|(?<=のか)(?=[とも])|(?<=[かけ])(?=それと|あと|また|それから|そして|さらに)"
    r"|(?<=[a-z])(?=,? and (?:wh|how|is|are|do))|(?<=\s)(?=[①-⑳])"
)
#: Topics that are only part of others: not asked for themselves where these are.
_PARTS = {
    "contracts": {"supervision", "handlers", "subcontract", "former"},
    "leak_prevention": {"incident", "incident_plan", "supervision", "access", "retention", "storage"},
    "item_named": {"linkage", "users", "contracts", "recipients", "storage", "retention"},
    "contact": {"unstated"},
    "audit": {"supervision"},
    "storage": {"abroad"},
    "retention": {"access"},
    "system": {"network"},
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence: as written, as patterns read it, its topics in order."""

    text: str
    read: str
    topics: tuple[str, ...]


def clauses_of(sentence: str) -> list[Clause]:
    """The clauses of a sentence; a topic belongs to the clause in which the words that name it end."""
    texts = [text for text in _CUTS.split(sentence) if text and text.strip()]
    reads = [plain(text) for text in texts]
    found = _matches("".join(reads))
    clauses, start = [], 0
    for text, read in zip(texts, reads, strict=True):
        here = tuple(name for end, name in found if start < end <= start + len(read))
        clauses.append(Clause(text, read, _whole(here)))
        start += len(read)
    return clauses


def topics_in(read: str) -> tuple[str, ...]:
    """The topics of a text."""
    return _whole([name for _, name in _matches(read)])


def _whole(names: Sequence[str]) -> tuple[str, ...]:
    """Topics without those that are only part of the others."""
    return tuple(n for n in dict.fromkeys(names) if not _PARTS.get(n, set()) & set(names))


def _matches(read: str) -> list[tuple[int, str]]:
    """Where the words that name a topic end, in order; what a surer one took is not looked at again."""
    left = read
    found: list[tuple[int, int, str]] = []
    for topic in topics().values():
        for match in list(topic.said.finditer(read if topic.echo else left))[:3]:
            found.append((match.start(), match.end(), topic.name))
            if not topic.echo:
                left = left[: match.start()] + " " * (match.end() - match.start()) + left[match.end() :]
    return [(end, name) for _, end, name in sorted(found)]


def pieces_of(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses that belong together: one without a topic of its own goes with its neighbour, narration with the next."""
    pieces: list[Clause] = []
    held = ""
    for clause in clauses:
        if clause is not clauses[-1] and _leads_up(clause.read.rstrip("、,。 ")):
            held += clause.text
            continue
        if pieces and not held and (not clause.topics or clause.topics == pieces[-1].topics):
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text + clause.text, read=pieces[-1].read + clause.read)
        elif pieces and not pieces[-1].topics:
            last = pieces.pop()
            pieces.append(Clause(last.text + clause.text, last.read + clause.read, clause.topics))
        else:
            pieces.append(clause)
        held = ""
    if any(p.topics for p in pieces):
        return [p for p in pieces if p.topics]
    if pieces and held == "" and clauses:
        return pieces
    whole = "".join(c.text for c in clauses)
    return [Clause(whole, plain(whole), topics_in(plain(whole)))] if clauses else []


def _leads_up(read: str) -> bool:
    """Whether a clause only leads up to the next: 医療証を申請しましたが、税金のことで聞きたいのですが."""
    if not expression("narrates").search(read):
        return False
    return not expression("asks").search(read) or bool(expression("heading").search(read))

"""That the documents do not state what is asked for: which words of the question, and what the form holds near them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from ingest.assessment import State
from rag.bodies import listed
from rag.finding import Finding, Statement
from rag.focus import focus_of
from rag.lookup.columns import KIND_OF_BLOCK
from rag.lookup.items import items_at
from rag.lookup.rows import rows_of
from rag.places import Naming
from rag.terms import Term
from rag.types import Status
from rag.ways.ask import MEANT, Ask
from rag.ways.belonging import is_of_contractor, names, owner
from rag.ways.pertinent import nowhere
from rag.ways.telling import NOUNS
from rag.wording import name, say

#: Documents named in the sentence, and questions offered instead.
NAMED_BOOKS = 4
OFFERED = 2


def unstated(ask: Ask) -> Finding | None:
    """記載なし, with the words that it is about; None where the question is about nothing of an assessment."""
    strange = nowhere(ask)
    words = strange or list(focus_of(ask.plan).heads)
    if not words or not (ask.narrowed or ask.plan.places):
        return None
    asked = "".join(dict.fromkeys(f"「{ask.plan.said(t.span)}」" for t in words))
    what = "についての記載がありません" if strange else "について、お尋ねに答える記載がありません"
    next_step = "評価書にない事柄は、担当部署または問合せ先(IV.2)に確認してください。"
    ja = f"{_who_ja(ask)}には、{asked}{what}(記載なし)。{_columns(ask, words)}{next_step}"
    en = (
        f"{_who_en(ask)}: nothing that answers is stated about {asked} (記載なし). "
        "For matters outside the assessment, ask the desk named in IV.2."
    )
    said = (Statement(say(ask.plan.language, ja, en)),)
    offered = tuple(dict.fromkeys(_offered(ask)))[:OFFERED]
    return Finding(Status.NOT_STATED, said, considered=len(ask.books), by="rules", suggestions=offered)


def _who_ja(ask: Ask) -> str:
    return _named(ask) if ask.narrowed else f"収録している評価書{len(ask.books)}件"


def _who_en(ask: Ask) -> str:
    return _named(ask) if ask.narrowed else f"All {len(ask.books)} collected assessments"


def _named(ask: Ask) -> str:
    more = say(ask.plan.language, "ほか", " and others")
    return listed([name(b.version) for b in ask.books[:NAMED_BOOKS]]) + (more if len(ask.books) > NAMED_BOOKS else "")


def _columns(ask: Ask, words: Sequence[Term]) -> str:
    """What the form asks of the contractors, recipients or systems that the words are said of."""
    naming = next((n for n in _near(ask) if any(_is_said_of(ask, t, n) for t in words)), None)
    rows = rows_of(ask.books, KIND_OF_BLOCK[naming.place.block]) if naming else []
    if naming is None or not rows:
        return ""
    headings = [f.metadata["ja"] for f in dataclasses.fields(rows[0].record) if "ja" in f.metadata]
    noun = NOUNS[KIND_OF_BLOCK[naming.place.block]].ja
    return f"{noun}について様式に欄があるのは、{'、'.join(headings)}です。"


def _is_said_of(ask: Ask, term: Term, naming: Naming) -> bool:
    kind = KIND_OF_BLOCK.get(naming.place.block)
    of = owner(ask, term)
    return (kind == "contracts" and is_of_contractor(ask, term)) or (
        bool(kind) and of is not None and names(naming, of)
    )


def _near(ask: Ask) -> Iterator[Naming]:
    """The places that the question means, of which the documents say something."""
    for naming in ask.namings:
        kind = KIND_OF_BLOCK.get(naming.place.block)
        stated = (i.state is State.STATED for b in ask.books for i in items_at(b, naming.place))
        if naming.weight >= MEANT and (any(rows_of(ask.books, kind)) if kind else any(stated)):
            yield naming


def _offered(ask: Ask) -> Iterator[str]:
    """Questions about these places, of one document."""
    if len(ask.books) != 1:
        return
    version = ask.books[0].version
    for naming in _near(ask):
        kind = KIND_OF_BLOCK.get(naming.place.block)
        yield f"{version.municipality}の「{version.duty}」の{NOUNS[kind].ja if kind else naming.place.label}は？"

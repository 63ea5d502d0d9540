"""That the documents do not state what is asked for: which words of the question, and what the form holds near them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from ingest.assessment import State
from rag.bodies import listed
from rag.finding import Finding, Statement
from rag.focus import focus_of
from rag.lookup.columns import KIND_OF_BLOCK
from rag.lookup.items import items_at
from rag.lookup.rows import rows_of
from rag.places import Naming
from rag.types import Status
from rag.ways.ask import MEANT, Ask
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
    more = len(ask.books) > NAMED_BOOKS
    who = listed([name(b.version) for b in ask.books[:NAMED_BOOKS]]) + ("ほか" if more else "")
    what = "についての記載がありません" if strange else "について、お尋ねに答える記載がありません"
    next_step = "評価書にない事柄は、担当部署または問合せ先(IV.2)に確認してください。"
    ja = f"{who}には、{asked}{what}(記載なし)。{_held(ask)}{next_step}"
    en = (
        f"{who}: nothing that answers is stated about {asked} (記載なし). "
        "For matters outside the assessment, ask the desk named in IV.2."
    )
    said = (Statement(say(ask.plan.language, ja, en)),)
    return Finding(
        Status.NOT_STATED, said, considered=len(ask.books), by="rules", suggestions=tuple(_offered(ask))[:OFFERED]
    )


def _held(ask: Ask) -> str:
    """What the form has of the contracts, recipients or systems that the question is about."""
    kind = next((KIND_OF_BLOCK[n.place.block] for n in _near(ask) if n.place.block in KIND_OF_BLOCK), "")
    rows = rows_of(ask.books, kind) if kind else []
    if not rows:
        return ""
    headings = [f.metadata["ja"] for f in dataclasses.fields(rows[0].record) if "ja" in f.metadata]
    return f"{NOUNS[kind].ja}について様式に欄があるのは、{'、'.join(headings)}です。"


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

"""The right of the workspace: what the peers say of the sentence or in the field, with differences marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from api.web import links
from api.web.difference import Run, difference, plain
from api.web.draft_fields import SentenceView, peer_numbers, sentence_view
from rag.draft.places import field_at, sentence_at
from rag.draft.types import Draft, FieldDraft, FieldKind
from rag.draft.wordings import PeerText, Wording
from rag.errors import NotFound

#: From this likeness on (0…1, higher is more alike) a peer's sentence stands beside the one that is looked at.
LIKE = 0.35


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a peer. `runs`: its words, changed ones marked; `swap`: whether it can take the place."""

    wording: Wording
    runs: tuple[Run, ...]
    address: str
    swap: bool
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One peer: what it says of the sentence, and what else in the field."""

    number: int
    text: PeerText
    address: str
    lines: tuple[Line, ...]
    others: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pane:
    """What is compared. `sentence` is None where the whole field is."""

    field: FieldDraft
    sentence: SentenceView | None
    cards: tuple[Card, ...]
    rows: tuple[tuple[SentenceView, bool], ...]
    peers: tuple[tuple[int, str], ...]


def pane_of(draft: Draft, section: str, id: str, texts: Sequence[PeerText]) -> Pane:
    """The pane for a sentence, or for a field where `id` is "". Raises NotFound."""
    field = field_at(draft, section)
    numbers = peer_numbers(draft)
    seen = None
    if id:
        own, at = sentence_at(draft, id)
        if own.section != section:
            raise NotFound("その文はこの項目にありません。画面を開き直してください。")
        seen = sentence_view(own.sentences[at], numbers)
    cards = [_card(numbers.get(t.peer.document, 0), t, field, seen) for t in texts]
    cards.sort(key=lambda c: not any(line.cited for line in c.lines))
    rows = [(sentence_view(s, numbers), True) for s in field.standing]
    rows += [(sentence_view(o, numbers), False) for o in field.offers]
    peers = tuple((n, d) for d, n in numbers.items() if any(d == t.peer.document for t in texts))
    told = tuple(r for r in rows if r[0].chips) if field.kind is FieldKind.TEXT else ()
    return Pane(field, seen, tuple(cards), told, peers)


def _card(number: int, text: PeerText, field: FieldDraft, seen: SentenceView | None) -> Card:
    peer = text.peer
    lines = [_line(w, field, seen) for w in text.wordings]
    near = lines if seen is None else [line for line in lines if line.cited]
    if seen is not None and not near:
        alike = sorted(lines, key=lambda line: -_likeness(line.wording, seen))
        near = [line for line in alike[:1] if _likeness(line.wording, seen) >= LIKE]
    address = links.document(peer.document)
    return Card(number, text, address, tuple(near), tuple(line for line in lines if line not in near))


def _line(wording: Wording, field: FieldDraft, seen: SentenceView | None) -> Line:
    quote, made = wording.citation.quote, wording.sentence
    if seen is None:
        return Line(wording, tuple(plain(quote)), links.citation(wording.citation), swap=False)
    cited = any(
        c.document == wording.citation.document and (c.quote in quote or quote in c.quote)
        for c in seen.sentence.citations
    )
    _, right = difference(seen.sentence.text, quote)
    swap = field.kind is FieldKind.TEXT and made is not None and made.text != seen.sentence.text
    return Line(wording, tuple(right), links.citation(wording.citation), swap, cited)


def _likeness(wording: Wording, seen: SentenceView) -> float:
    return SequenceMatcher(None, seen.sentence.text, wording.citation.quote, autojunk=False).ratio()

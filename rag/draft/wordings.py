"""What a peer says in a field, sentence by sentence, as staff see it beside the draft (made by `beside`). No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.draft.types import DraftSentence, Peer
from rag.errors import NotFound
from rag.types import Citation


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence of a peer. `sentence`: as it may stand in the draft; None where `refused` says why it may not."""

    number: int
    citation: Citation
    sentence: DraftSentence | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class PeerText:
    """What one peer says in the field. `chosen`: its option of a choice, or its marked boxes."""

    peer: Peer
    wordings: tuple[Wording, ...]
    chosen: tuple[str, ...] = ()


def wording_at(texts: Sequence[PeerText], document: str, number: int) -> DraftSentence:
    """The sentence of a peer that may stand in the draft. Raises NotFound where it may not or is no more."""
    for text in texts:
        if text.peer.document == document:
            for wording in text.wordings:
                if wording.number == number and wording.sentence is not None:
                    return wording.sentence
    raise NotFound("その記載は差し替えに使えません。画面を開き直して、もう一度選んでください。")

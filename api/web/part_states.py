"""Whether catalog, encoder, indexes and language model work, for the page 管理: what `hyoka doctor` says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from api.commands.doctor import PROBES
from api.errors import Sentence, sentence_or
from api.model_check import NONE, probe_text, reach
from api.services import Services
from api.terminal import without_passwords

if TYPE_CHECKING:
    from rag.answer import Answerer
    from rag.library import Library
    from rag.llm.model import LangChainModel


@dataclass(frozen=True, slots=True)
class PartState:
    """One part: whether it works, and what it says."""

    name: str
    good: bool
    told: str


def part_states(services: Services) -> list[PartState]:
    """Each part after it was tried."""
    library = cast("Library", services.library)
    outcomes = ((name, sentence_or(partial(probe, library))) for name, probe in PROBES.items())
    return [PartState(name, not isinstance(told, Sentence), without_passwords(told)) for name, told in outcomes]


def model_state(services: Services) -> PartState:
    """Which model words the answers and how far the text travels; it is not asked."""
    card = services.model
    return PartState("言語モデル", True, f"{card.name}、{reach(card)}" if card else NONE)


def tried_model(services: Services) -> str:
    """How the model answered a trial, or why it did not."""
    model = getattr(cast("Answerer", services.answerer), "model", None)
    if model is None:
        return "言語モデルは設定されていません。"
    return without_passwords(sentence_or(partial(probe_text, cast("LangChainModel", model))))

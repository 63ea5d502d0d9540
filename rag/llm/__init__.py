"""Language models through LangChain's chat models; nothing outside this folder imports those.

    HYOKA_LLM → choice → address, keys → providers (LangChain's model) → model (our port)

A request runs in the background loop:   line (turn, time, retries) → telling (text) or structure (object)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.settings import Settings

if TYPE_CHECKING:
    from rag.llm.model import LangChainModel


def open_model(settings: Settings) -> LangChainModel | None:
    """The model that the settings name, None where they name none; asks nothing of it yet. Raises SettingsError."""
    if not settings.llm.strip():
        return None
    from rag.llm.opening import open_chosen

    return open_chosen(settings)

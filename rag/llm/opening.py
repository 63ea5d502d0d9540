"""Settings → the model, ready to be asked. Imported only where a model is set."""

from __future__ import annotations

import os

from rag.llm.address import card_of, find_address
from rag.llm.choice import choose
from rag.llm.keys import find_key
from rag.llm.limits import Limits
from rag.llm.model import LangChainModel
from rag.llm.providers import Connection, open_chat
from rag.llm.quiet import reach_directly, silence
from rag.settings import Settings
from rag.types import Reach


def open_chosen(settings: Settings) -> LangChainModel:
    """The model that the settings name; asks nothing of it yet. Raises SettingsError."""
    choice = choose(settings.llm)
    address = find_address(choice, settings.llm_base_url, os.environ)
    card = card_of(choice, address)
    key = find_key(choice, address, settings.llm_api_key.get_secret_value().strip(), os.environ)
    limits = Limits(settings.llm_max_tokens, settings.llm_context_tokens, settings.llm_timeout_s)
    silence()
    if card.reach is Reach.MACHINE:
        reach_directly(card.host)
    chat = open_chat(Connection(choice, address, card.reach, key, limits))
    return LangChainModel(chat, choice, card, limits, settings.llm_concurrency)

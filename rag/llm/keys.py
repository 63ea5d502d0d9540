"""The key for a model: HYOKA_LLM_API_KEY, else the provider's own variable.

The provider's own key never goes to an address that was set here: it may be another's.
"""

from __future__ import annotations

from collections.abc import Mapping

from rag.errors import SettingsError
from rag.llm.address import Address
from rag.llm.choice import Choice

#: Whose packages take their keys and tokens from the environment in ways of their own.
SELF_SUFFICIENT = {"azure", "bedrock", "ollama"}


def find_key(choice: Choice, address: Address, setting: str, environment: Mapping[str, str]) -> str:
    """The key to hand to the provider's package; "" where that finds its own or the server needs none.

    Raises SettingsError where the provider's service would refuse us for the lack of one.
    """
    if setting or choice.provider in SELF_SUFFICIENT:
        return setting
    if address.set_by == "HYOKA_LLM_BASE_URL":
        return ""
    key = next((value for name in choice.facts.key_env if (value := environment.get(name, "").strip())), "")
    if not key and not address.set_by and not _uses_vertex(choice, environment):
        own = "、".join(choice.facts.key_env)
        raise SettingsError(f"{choice.name} には鍵が要ります。HYOKA_LLM_API_KEY(または {own})を設定してください。")
    return key


def _uses_vertex(choice: Choice, environment: Mapping[str, str]) -> bool:
    """Vertex AI knows us by the credentials of its own tools."""
    asked = environment.get("GOOGLE_GENAI_USE_VERTEXAI", "").lower()
    return choice.provider == "google" and asked in {"true", "1", "yes"}

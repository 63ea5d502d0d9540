"""Where the model is reached, and with it how far a question travels: this machine, a server of one's own, outside.

The address is always handed to the provider's package, so that no environment variable redirects it unseen: one that
is set counts as the address and shows in the card.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from rag.errors import SettingsError
from rag.llm.choice import Choice
from rag.types import ModelCard, Reach

#: Hosts of providers' services: who sets such an address still sends the text outside.
SERVICES = ("openai.com", "azure.com", "anthropic.com", "googleapis.com", "amazonaws.com", "ollama.com")
#: Providers whose models are services wherever the address points.
ALWAYS_OUTSIDE = {"azure": "azure.com", "bedrock": "amazonaws.com"}
OLLAMA_PORT = 11434


@dataclass(frozen=True, slots=True)
class Address:
    """An address and the variable that set it; `set_by` is "" for the provider's own, `url` where there is none."""

    url: str
    set_by: str

    @property
    def host(self) -> str:
        """The host's name, without port and password."""
        return urlsplit(self.url).hostname or ""


def find_address(choice: Choice, base_url: str, environment: Mapping[str, str]) -> Address:
    """HYOKA_LLM_BASE_URL, else the provider's own variable, else its service. Raises SettingsError."""
    if base_url.strip():
        return _checked(base_url.strip(), "HYOKA_LLM_BASE_URL")
    for variable in choice.facts.address_env:
        if written := environment.get(variable, "").strip():
            return _checked(_ollama_url(written) if choice.provider == "ollama" else written, variable)
    return Address(choice.facts.service, "")


def card_of(choice: Choice, address: Address) -> ModelCard:
    """The card of a model that is reached at `address`."""
    if choice.provider in ALWAYS_OUTSIDE:
        return ModelCard(choice.name, Reach.OUTSIDE, address.host or ALWAYS_OUTSIDE[choice.provider])
    if choice.provider == "ollama" and choice.model.lower().endswith(("-cloud", ":cloud")):
        return ModelCard(choice.name, Reach.OUTSIDE, "ollama.com")
    return ModelCard(choice.name, _reach(address.host), address.host)


def _reach(host: str) -> Reach:
    if is_loopback(host):
        return Reach.MACHINE
    if any(host == service or host.endswith(f".{service}") for service in SERVICES):
        return Reach.OUTSIDE
    return Reach.NETWORK


def is_loopback(host: str) -> bool:
    """Whether a host's name or number leads back to this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_unspecified


def _checked(url: str, variable: str) -> Address:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            f"{variable} は http:// か https:// で始まるアドレスにしてください(例: http://サーバー/v1)。"
        )
    return Address(url, variable)


def _ollama_url(written: str) -> str:
    """OLLAMA_HOST as a URL: it may be a host, a host and port, or a port alone."""
    if "://" in written:
        return written
    host, _, path = written.partition("/")
    host = f"127.0.0.1{host}" if host.startswith(":") else host
    if ":" not in host.rpartition("]")[2]:
        host = f"{host}:{OLLAMA_PORT}"
    return f"http://{host}/{path}".rstrip("/")

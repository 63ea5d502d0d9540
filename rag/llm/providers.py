"""Choice and address → LangChain's chat model: the only module that makes one.

The packages of the providers are extras, imported here and only when a model is opened. Retries are none of theirs:
`rag.llm.line` does them for all alike, within the time that a person waits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rag.errors import SettingsError
from rag.llm.address import Address
from rag.llm.choice import Choice
from rag.llm.limits import Limits
from rag.types import Reach

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

#: Answers that rest on evidence want no variety.
COMMON: dict[str, Any] = {"temperature": 0.0, "cache": False, "verbose": False, "callbacks": None}
CONNECT_TIMEOUT_S = 10.0
#: What servers of one's own take for a key where they ask for none; the package insists on having one.
NO_KEY = "no-key"


@dataclass(frozen=True, slots=True)
class Connection:
    """What a provider's package is told. `key` is "" where none is needed or the package finds its own."""

    choice: Choice
    address: Address
    reach: Reach
    key: str
    limits: Limits


def open_chat(connection: Connection) -> BaseChatModel:
    """Makes the model; asks nothing of it yet. Raises SettingsError where a package or a credential lacks."""
    choice = connection.choice
    try:
        from langchain.chat_models import init_chat_model

        keywords = COMMON | KEYWORDS[choice.provider](connection)
        chat: BaseChatModel = init_chat_model(choice.model, model_provider=choice.facts.langchain, **keywords)
    except ImportError:
        raise SettingsError(_install(choice)) from None
    except Exception as error:  # each package has its own faults for what lacks, without a common base
        raise SettingsError(_unusable(choice, type(error).__name__)) from None
    return chat


async def close_chat(choice: Choice, chat: Any) -> None:
    """Closes the model's connections as far as its package lets us, in the loop that used them."""
    if choice.provider in {"openai", "azure"}:
        await chat.http_async_client.aclose()
    elif choice.provider == "ollama":
        await chat._async_client.close()
    elif choice.provider == "google":
        await chat.aclose()


def _openai(connection: Connection) -> dict[str, Any]:
    """OpenAI's service, or a server that speaks its protocol (llama.cpp, vLLM, LM Studio)."""
    keywords = _openai_client(connection) | {
        "base_url": connection.address.url,
        "api_key": connection.key or NO_KEY,
        "stream_usage": False,
    }
    if connection.reach is Reach.OUTSIDE:
        return keywords | {"max_tokens": connection.limits.max_tokens, "store": False}
    # Servers of one's own know the parameter by its older name, and no other way to answer than chat completions.
    return keywords | {"extra_body": {"max_tokens": connection.limits.max_tokens}, "use_responses_api": False}


def _azure(connection: Connection) -> dict[str, Any]:
    """Azure OpenAI: the model is the deployment's name; the API's version comes from OPENAI_API_VERSION."""
    return (
        _openai_client(connection)
        | _key(connection)
        | {
            "azure_endpoint": connection.address.url or None,
            "azure_deployment": connection.choice.model,
            "max_tokens": connection.limits.max_tokens,
        }
    )


def _openai_client(connection: Connection) -> dict[str, Any]:
    """A client of our own follows no redirection to another host, and can be closed."""
    import openai

    timeout = openai.Timeout(connection.limits.timeout_s, connect=CONNECT_TIMEOUT_S)
    return {
        "http_async_client": openai.DefaultAsyncHttpxClient(timeout=timeout, follow_redirects=False),
        "timeout": timeout,
        "max_retries": 0,
        "openai_proxy": None,
        "http_socket_options": (),
        "stream_chunk_timeout": None,
    }


def _ollama(connection: Connection) -> dict[str, Any]:
    """Ollama: without `num_ctx` it cuts long prompts silently, and thinking would use up the answer's tokens."""
    import httpx

    timeout = httpx.Timeout(connection.limits.timeout_s, connect=CONNECT_TIMEOUT_S)
    headers = {"Authorization": f"Bearer {connection.key}"} if connection.key else {}
    return {
        "base_url": connection.address.url,
        "num_ctx": connection.limits.context_tokens,
        "num_predict": connection.limits.max_tokens,
        "reasoning": False,
        "client_kwargs": {"timeout": timeout, "follow_redirects": False, "headers": headers},
    }


def _anthropic(connection: Connection) -> dict[str, Any]:
    return {
        "base_url": connection.address.url,
        "api_key": connection.key or NO_KEY,
        "timeout": connection.limits.timeout_s,
        "max_tokens": connection.limits.max_tokens,
        "max_retries": 0,
    }


def _google(connection: Connection) -> dict[str, Any]:
    keywords = {
        "timeout": connection.limits.timeout_s,
        "max_tokens": connection.limits.max_tokens,
        "max_retries": 1,  # one attempt in all: 0 stands for the package's own number
    }
    return keywords | _set_address(connection) | _key(connection)


def _bedrock(connection: Connection) -> dict[str, Any]:
    keywords = {
        "timeout": math.ceil(connection.limits.timeout_s),
        "max_tokens": connection.limits.max_tokens,
        "max_retries": 0,
    }
    return keywords | _set_address(connection) | _key(connection)


KEYWORDS: Mapping[str, Callable[[Connection], dict[str, Any]]] = {
    "openai": _openai,
    "azure": _azure,
    "ollama": _ollama,
    "anthropic": _anthropic,
    "google": _google,
    "bedrock": _bedrock,
}


def _key(connection: Connection) -> dict[str, str]:
    return {"api_key": connection.key} if connection.key else {}


def _set_address(connection: Connection) -> dict[str, str]:
    return {"base_url": connection.address.url} if connection.address.set_by else {}


def _install(choice: Choice) -> str:
    extra = choice.facts.extra
    return (
        f"{choice.name} には追加の部品が要ります。pip install 'hyoka[{extra}]' を実行してください"
        f"(複製した場所では .venv/bin/pip install -e '.[{extra}]')。"
    )


def _unusable(choice: Choice, fault: str) -> str:
    facts = choice.facts
    variables = "、".join((*facts.key_env, *facts.address_env, *facts.other_env))
    return (
        f"{choice.name} を使う準備ができません({fault})。"
        f"HYOKA_LLM_API_KEY と HYOKA_LLM_BASE_URL、または提供元の環境変数({variables})を確かめてください。"
    )

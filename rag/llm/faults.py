"""Whatever a provider's package raises → one ModelError that says what to do, without key or prompt in it.

The packages share no base: their errors are read by HTTP status, by LangChain's own classes and by the names of the
classes of HTTP libraries, along the chain of causes.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from rag.errors import ModelError
from rag.llm.limits import Limits
from rag.types import ModelCard


class Kind(Enum):
    """What went wrong."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    KEY = "key"
    UNKNOWN = "unknown"  # the model, or the path of the address
    BUSY = "busy"
    TOO_LONG = "too long"
    REFUSED = "refused"  # the request as it is
    SERVER = "server"
    BROKEN = "broken"  # the connection, in the middle of an answer
    OTHER = "other"


RETRYABLE = {Kind.UNREACHABLE, Kind.TIMEOUT, Kind.BUSY, Kind.SERVER, Kind.BROKEN}
BY_STATUS = {
    400: Kind.REFUSED,
    401: Kind.KEY,
    403: Kind.KEY,
    404: Kind.UNKNOWN,
    405: Kind.UNKNOWN,
    408: Kind.SERVER,
    413: Kind.TOO_LONG,
    415: Kind.REFUSED,
    422: Kind.REFUSED,
    429: Kind.BUSY,
}
#: Class names of httpx, httpx2, botocore, the providers' packages and LangChain, the more particular first.
BY_CLASS = {
    "ContextOverflowError": Kind.TOO_LONG,
    "ConnectTimeout": Kind.UNREACHABLE,
    "ConnectTimeoutError": Kind.UNREACHABLE,
    "TimeoutError": Kind.TIMEOUT,
    "TimeoutException": Kind.TIMEOUT,
    "APITimeoutError": Kind.TIMEOUT,
    "ReadTimeoutError": Kind.TIMEOUT,
    "ModelTimeoutError": Kind.TIMEOUT,
    "ConnectError": Kind.UNREACHABLE,
    "EndpointConnectionError": Kind.UNREACHABLE,
    "ConnectionRefusedError": Kind.UNREACHABLE,
    "RemoteProtocolError": Kind.BROKEN,
    "ReadError": Kind.BROKEN,
    "ConnectionResetError": Kind.BROKEN,
    "BrokenPipeError": Kind.BROKEN,
    "APIConnectionError": Kind.UNREACHABLE,
    "ModelConnectionError": Kind.UNREACHABLE,
    "NoCredentialsError": Kind.KEY,
    "ModelAuthenticationError": Kind.KEY,
    "ModelPermissionDeniedError": Kind.KEY,
    "ModelNotFoundError": Kind.UNKNOWN,
    "ModelRateLimitError": Kind.BUSY,
    "ThrottlingException": Kind.BUSY,
    "ModelInvalidRequestError": Kind.REFUSED,
    "ModelAPIError": Kind.SERVER,
    "APIError": Kind.SERVER,
    "ConnectionError": Kind.UNREACHABLE,
    "OSError": Kind.UNREACHABLE,
}


def kind_of(error: BaseException) -> Kind:
    """What went wrong: by the status, else by the most particular class in the chain of causes."""
    if status := status_of(error):
        return BY_STATUS.get(status, Kind.SERVER if status >= 500 else Kind.REFUSED)
    names = {ancestor.__name__ for cause in _chain(error) for ancestor in type(cause).__mro__}
    return next((kind for name, kind in BY_CLASS.items() if name in names), Kind.OTHER)


def status_of(error: BaseException) -> int:
    """The HTTP status by which a server refused; 0 where there is none."""
    return next((status for cause in _chain(error) if (status := _status(cause))), 0)


def fault_of(error: Exception, card: ModelCard, limits: Limits) -> ModelError:
    """The fault for the user."""
    kind = kind_of(error)
    said = sentence(kind, card, limits)
    return ModelError(f"{said}({type(error).__name__})" if kind is Kind.OTHER else said, retryable=kind in RETRYABLE)


def sentence(kind: Kind, card: ModelCard, limits: Limits) -> str:
    """What to say of each kind."""
    model, server = f"言語モデル {card.name}", f"言語モデル {card.name} のサーバー({card.host})"
    match kind:
        case Kind.UNREACHABLE:
            return (
                f"{server}に接続できません。サーバーが動いているか、HYOKA_LLM_BASE_URL が正しいかを確かめてください。"
            )
        case Kind.TIMEOUT:
            return (
                f"{model} が時間内({limits.timeout_s:g}秒)に答え終えませんでした。"
                "しばらく待って試すか、HYOKA_LLM_TIMEOUT_S を長くしてください。"
            )
        case Kind.KEY:
            return f"{server}に認証を断られました。HYOKA_LLM_API_KEY を確かめてください。"
        case Kind.UNKNOWN:
            named = "HYOKA_LLM の名前と、HYOKA_LLM_BASE_URL(多くは /v1 で終わる)"
            return f"{model} が見つかりません。{named}を確かめてください。{_fetch(card)}"
        case Kind.BUSY:
            return f"{model} が混み合っているか、利用の上限に達しています。しばらく待って試してください。"
        case Kind.TOO_LONG:
            return f"{model} には長すぎます。HYOKA_LLM_CONTEXT_TOKENS をモデルの扱える長さに合わせてください。"
        case Kind.REFUSED:
            named = "HYOKA_LLM の名前と、HYOKA_LLM_CONTEXT_TOKENS がモデルの扱える長さか"
            return f"{server}が要求を受け付けません。{named}を確かめてください。"
        case Kind.SERVER:
            return f"{server}で誤りが起きました。しばらく待って試すか、サーバーの記録を確かめてください。"
        case Kind.BROKEN:
            return f"{model} との通信が途中で切れました。しばらく待って試してください。"
        case Kind.OTHER:
            return f"{model} を呼び出せません。hyoka doctor で調べてください。"


def retry_after_s(error: BaseException) -> float | None:
    """Seconds that the server asks us to wait, where it says so."""
    for cause in _chain(error):
        headers = getattr(getattr(cause, "response", None), "headers", None)
        if headers is not None and (value := headers.get("retry-after")):
            try:
                return max(0.0, float(value))
            except ValueError:  # a date
                return None
    return None


def _fetch(card: ModelCard) -> str:
    provider, _, model = card.name.partition(":")
    return f"ollama pull {model} で取得できます。" if provider == "ollama" else ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it."""
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__


def _status(error: Any) -> int:
    """The HTTP status that an error of some package carries; 0 where it has none."""
    response = getattr(error, "response", None)
    if isinstance(response, dict):  # botocore's
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    else:
        status = getattr(error, "status_code", None) or getattr(error, "code", None)
    return status if isinstance(status, int) and status >= 400 else 0

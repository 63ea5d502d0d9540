"""Parameters that some models refuse: such a model is asked again without, and from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rag.llm.faults import Kind, kind_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def is_conceded(chat: Any, error: Exception) -> bool:
    """Whether the error is a complaint about a parameter that can be left out."""
    return bool(_without(chat, error))


def concede(chat: BaseChatModel, error: Exception) -> bool:
    """Leaves out the parameter that the error complains of; False where it is none of ours."""
    changes = _without(chat, error)
    for name, value in changes.items():
        setattr(chat, name, value)
    return bool(changes)


def _without(chat: Any, error: Exception) -> dict[str, Any]:
    """Fields of the model as they are to be: reasoning models take no temperature and name the length otherwise."""
    if kind_of(error) is not Kind.REFUSED:
        return {}
    complaint = str(error).lower()
    if "temperature" in complaint and getattr(chat, "temperature", None) is not None:
        return {"temperature": None}
    extra = getattr(chat, "extra_body", None) or {}
    if "max_completion_tokens" in complaint and "max_tokens" in extra:
        return {"max_tokens": extra["max_tokens"], "extra_body": None}
    return {}
